import type { Sweep } from '../../sweep/sweep.ts';
import type { FigureName, SweepRow } from '../../sweep/row.ts';

/** An upright axis: where each row meets it, 0 at the bottom to 1 at the top; NaN for a row without a value. */
export interface Upright {
  readonly name: string;
  readonly at: Float64Array;
  /** Labels and their places, from the bottom. */
  readonly marks: readonly (readonly [string, number])[];
}

/** An axis of a parameter: its values in even distances, in the order in which they are tried. */
export function paramAxis(name: string, rows: readonly SweepRow[], { param, values }: Sweep['axes'][number]): Upright {
  const placeOf = new Map(
    values.map((value, i) => [JSON.stringify(value), values.length === 1 ? 0.5 : i / (values.length - 1)]),
  );
  const at = Float64Array.from(rows, ({ params }) => placeOf.get(JSON.stringify(params[param])) ?? NaN);
  const every = Math.max(1, Math.ceil((values.length - 1) / 8));
  const marks = values.flatMap((value, i): [string, number][] =>
    i % every === 0 || i === values.length - 1 ? [[String(value), placeOf.get(JSON.stringify(value))!]] : [],
  );
  return { name, at, marks };
}

/** An axis of a figure, from its least to its greatest value. */
export function figureAxis(
  name: string,
  rows: readonly SweepRow[],
  figure: FigureName,
  words: (value: number) => string,
): Upright {
  const values = Float64Array.from(rows, ({ figures }) => figures[figure] ?? NaN);
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { name, at: values, marks: [] };
  const at = values.map((value) => (high === low ? 0.5 : (value - low) / (high - low)));
  return {
    name,
    at,
    marks: high === low ? [[words(low), 0.5]] : [0, 0.5, 1].map((place) => [words(low + (high - low) * place), place]),
  };
}

/** The row whose line passes nearest to a point; `x` counts axes from 0, `y` is 0 at the bottom to 1. -1 where there is none. */
export function nearestLine(axes: readonly Upright[], x: number, y: number): number {
  const left = Math.max(0, Math.min(axes.length - 2, Math.floor(x)));
  const [from, to] = [axes[left], axes[left + 1]];
  if (!from || !to) return -1;
  const part = Math.max(0, Math.min(1, x - left));
  let [nearest, least] = [-1, Infinity];
  for (let i = 0; i < from.at.length; i++) {
    const distance = Math.abs(from.at[i]! + (to.at[i]! - from.at[i]!) * part - y);
    if (distance < least) [nearest, least] = [i, distance];
  }
  return nearest;
}
