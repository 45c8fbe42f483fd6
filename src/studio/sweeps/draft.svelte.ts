import type { Described, Param, Params } from '../../strategy/definition.ts';
import { isNumber, isSweepable } from './sweepable.ts';

/** What is written in the fields of a parameter's range. */
export interface DraftRange {
  isSwept: boolean;
  from: string;
  to: string;
  step: string;
}

/** The fields of the sweep that is about to be started; they stay while the page does. */
export class Draft {
  /** By strategy and parameter. */
  readonly ranges: Record<string, DraftRange> = $state({});
  isSample = $state(false);
  cells = $state('200');
  seed = $state('1');
  isWalk = $state(false);
  inSample = $state('60');
  outOfSample = $state('20');

  /** The fields of a parameter; they begin around the value that it has, and the first two numbers of a strategy are swept. */
  begin({ name, params }: Described, given: Params): void {
    const numbers = Object.keys(params).filter((key) => isNumber(params[key]!.kind));
    for (const [key, param] of Object.entries(params)) {
      if (!isSweepable(param) || this.ranges[`${name}/${key}`]) continue;
      const value = Object.hasOwn(given, key) ? given[key] : param.default;
      this.ranges[`${name}/${key}`] = {
        isSwept: numbers.indexOf(key) === 0 || numbers.indexOf(key) === 1,
        ...around(param, value),
      };
    }
  }

  /** The sweep as `readSpec` reads it. */
  input(settings: object, { name, params }: Described): object {
    const swept = Object.entries(params).flatMap(([key, param]): [string, unknown][] => {
      const range = this.ranges[`${name}/${key}`];
      return range?.isSwept ? [[key, valuesOf(param, range)]] : [];
    });
    return {
      config: settings,
      params: Object.fromEntries(swept),
      random: this.isSample ? { cells: numberOf(this.cells), seed: numberOf(this.seed) } : null,
      walkForward: this.isWalk ? { inSample: numberOf(this.inSample), outOfSample: numberOf(this.outOfSample) } : null,
    };
  }
}

function valuesOf({ kind }: Param<unknown>, { from, to, step }: DraftRange): unknown {
  if (kind.name === 'switch') return [false, true];
  if (kind.choices) return kind.choices;
  return { from: numberOf(from), to: numberOf(to), step: numberOf(step) };
}

/** From half to twice the value in about six steps, within what the parameter takes. */
function around({ kind }: Param<unknown>, value: unknown): Omit<DraftRange, 'isSwept'> {
  const middle = typeof value === 'number' && value !== 0 ? value : 1;
  const [min, max] = [kind.min ?? -Infinity, kind.max ?? Infinity];
  // A number may be meant as one of bars, where its author did not say that it is whole.
  const isWhole = kind.name === 'whole' || (Number.isInteger(middle) && Math.abs(middle) >= 4);
  const even = (number: number): number => (isWhole ? Math.round(number) : Number(number.toPrecision(3)));
  const step = isWhole ? Math.max(1, Math.round(Math.abs(middle) / 4)) : even(Math.abs(middle) / 4);
  const from = Math.max(min, even(middle - 2 * step));
  const to = Math.min(max, even(middle + 4 * step));
  return { from: String(from), to: String(to), step: String(step) };
}

/** A number, or the text as it is, so that the check names it. */
function numberOf(text: string): number | string {
  const trimmed = String(text).trim();
  return trimmed !== '' && !Number.isNaN(Number(trimmed)) ? Number(trimmed) : trimmed;
}
