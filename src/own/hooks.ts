/** The hooks that own code may have, as functions of these names (src/strategy/strategy.ts tells when each is called). */
export const hookNames = [
  'start',
  'sessionOpen',
  'order',
  'trade',
  'lateBar',
  'bar',
  'instant',
  'sessionClose',
  'end',
] as const;
export type HookName = (typeof hookNames)[number];
