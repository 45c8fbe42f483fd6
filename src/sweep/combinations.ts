import { Chance } from '../chance/chance.ts';
import type { Params } from '../strategy/definition.ts';
import type { Sample } from './spec.ts';

/** A parameter and the values that are tried. */
export interface Axis {
  readonly param: string;
  readonly values: readonly unknown[];
}

export interface Combinations {
  /** Values of the swept parameters, in the order of their cells. */
  readonly list: readonly Params[];
  /** Combinations that came up and that the strategy does not take. */
  readonly leftOut: number;
}

/** Draws in a row without a new combination after which a sample is given up: what is left is hard to find, or nothing. */
const mostMisses = 10_000;

export function gridSize(axes: readonly Axis[]): number {
  return axes.reduce((size, { values }) => size * values.length, 1);
}

/** All combinations that `takes` lets pass, the last parameter changing fastest. */
export function gridOf(axes: readonly Axis[], takes: (params: Params) => boolean): Combinations {
  const size = gridSize(axes);
  const list: Params[] = [];
  for (let place = 0; place < size; place++) {
    const params = at(axes, placesOf(axes, place));
    if (takes(params)) list.push(params);
  }
  return { list, leftOut: size - list.length };
}

/** Combinations drawn with a seed, none twice, in the order in which they are drawn; a sample as large as the grid is the grid. */
export function sampleOf(
  axes: readonly Axis[],
  { cells, seed }: Sample,
  takes: (params: Params) => boolean,
): Combinations {
  if (gridSize(axes) <= cells) return gridOf(axes, takes);
  const chance = new Chance(seed);
  const seen = new Set<string>();
  const list: Params[] = [];
  for (let misses = 0; list.length < cells && misses < mostMisses; misses++) {
    const places = axes.map(({ values }) => chance.below(values.length));
    const key = places.join();
    if (seen.has(key)) continue;
    seen.add(key);
    const params = at(axes, places);
    if (!takes(params)) continue;
    list.push(params);
    misses = 0;
  }
  return { list, leftOut: seen.size - list.length };
}

/** By axis the place of its value. */
function placesOf(axes: readonly Axis[], place: number): number[] {
  const places: number[] = [];
  let rest = place;
  for (const { values } of [...axes].reverse()) {
    places.unshift(rest % values.length);
    rest = Math.floor(rest / values.length);
  }
  return places;
}

function at(axes: readonly Axis[], places: readonly number[]): Params {
  return Object.fromEntries(axes.map(({ param, values }, i) => [param, values[places[i]!]]));
}
