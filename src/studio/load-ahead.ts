import { firstSightMs, whenIdle } from './when-idle.ts';

/** What a run shows or tells in its first moment. */
const parts: readonly (() => Promise<unknown>)[] = [
  () => import('./doubts.ts'),
  () => import('./panels/BarlessPane.svelte'),
  () => import('./panels/ChartLegend.svelte'),
  () => import('./panels/Crosshair.svelte'),
];

/** Loads that while the page has nothing to do; returns what calls it off. Whoever needs a part that is not there loads it again. */
export function loadAhead(): () => void {
  return whenIdle(() => {
    for (const load of parts) load().catch(() => undefined);
  }, firstSightMs);
}
