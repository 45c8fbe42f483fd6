import * as v from 'valibot';
import type { Described, Param, Params } from '../../strategy/definition.ts';
import { settingLabel } from '../setting-words.ts';
import { isNumber } from '../sweeps/sweepable.ts';

/** A number that can be dragged: a parameter of a run's strategy, around the value that the run has. */
export interface Slider {
  readonly param: string;
  readonly label: string;
  readonly unit: string | undefined;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Of the run. */
  readonly value: number;
}

/** Steps of a slider at least, where the parameter takes as many values. */
const leastSteps = 100;

/** A slider reaches to so many times the value of the run, or the default where that is larger. */
const reach = 3;

/** One for each numeric parameter, in the order of the strategy; `params` are those of the run, complete. */
export function slidersOf({ params: known }: Pick<Described, 'params'>, params: Params): readonly Slider[] {
  return Object.entries(known).flatMap(([key, param]) => {
    const value = params[key];
    return isNumber(param.kind) && typeof value === 'number' ? [sliderOf(key, param, value)] : [];
  });
}

function sliderOf(key: string, param: Param<unknown>, value: number): Slider {
  const { kind, default: initial, unit } = param;
  const isWhole = kind.name === 'whole';
  const size = Math.max(Math.abs(value), typeof initial === 'number' ? Math.abs(initial) : 0);
  const far = reach * (size || 1);
  const most = Math.min(kind.max ?? Infinity, isWhole ? Math.max(10, Math.ceil(far)) : far);
  const least = Math.max(kind.min ?? -Infinity, value < 0 ? -most : 0);
  const step = isWhole ? 1 : stepOf(least, most, value);
  // What must be above its least value begins a step later.
  const min = v.safeParse(kind.schema, least).success ? least : even(least + step);
  const max = even(min + Math.floor((most - min) / step + 1e-9) * step);
  return {
    param: key,
    label: settingLabel({ group: null, key, ...(unit !== undefined && { unit }) }),
    unit,
    min,
    max,
    step,
    value,
  };
}

/**
 * The largest power of ten that gives steps enough; a finer one where the value of the run would lie between two steps, unless that
 * has too many digits to be met.
 */
function stepOf(least: number, most: number, value: number): number {
  const digits = Math.ceil(-Math.log10((most - least) / leastSteps));
  const meets = (step: number): boolean => Math.abs((value - least) / step - Math.round((value - least) / step)) < 1e-6;
  const [coarse, ...finer] = [0, 1, 2, 3].map((more) => even(10 ** -(digits + more)));
  return [coarse!, ...finer].find(meets) ?? coarse!;
}

/** Without the last bits that steps of tenths leave. */
export function even(value: number): number {
  return Number(value.toPrecision(12));
}

/** `12 bars`. */
export function sliderWords({ unit }: Pick<Slider, 'unit'>, value: number): string {
  return unit === undefined ? String(value) : `${value} ${unit}`;
}
