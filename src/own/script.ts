import type { OwnScript } from '../strategy/own-script.ts';
import { columnIn } from './columns.ts';
import type { Guarded } from './guards.ts';
import type { HookName } from './hooks.ts';
import { indicatorNames } from './indicators.ts';

/** Turns of loops and calls of functions between two looks at the clock. */
const turnsPerLook = 20_000;

/** The script that a guarded text becomes: an expression of which the first line is ours and the text's first line is the second. */
export function scriptOf({ text }: Guarded, hooks: readonly HookName[]): string {
  const head = `function($$k,$$i){"use strict";let $$n=0;const $$m=${turnsPerLook},$$t=$$k.check,$$a=$$k.at,$$p=$$k.params,{${indicatorNames.join(',')}}=$$i;return(function(){"use strict";`;
  return `${head}\n${text}\nreturn{${hooks.join(',')}}})()}`;
}

/**
 * The place in the text that an error comes from, by its stack: the first line of it that lies in the script, of which nothing but
 * the numbers at the end is read. Undefined where there is none.
 */
export function placeOf(
  stack: string,
  { lines, inserted }: Pick<OwnScript, 'lines' | 'inserted'>,
): { readonly line: number; readonly column: number } | undefined {
  for (const frame of stack.split('\n')) {
    const found = /(?:blob:.*|own-code\.js):(\d+):(\d+)\)?$/.exec(frame);
    const line = Number(found?.[1]) - 1;
    if (!(line >= 1 && line <= lines)) continue;
    return { line, column: columnIn(inserted, line, Number(found![2])) };
  }
  return undefined;
}
