import { figureDefinitions, type FigureName, type SweepRow } from '../../sweep/row.ts';
import type { Axis } from '../../sweep/combinations.ts';

/** A square of the map: cells that have the two values, whatever their other parameters are. */
export interface HeatSquare {
  readonly rows: readonly SweepRow[];
  /** Mean of the figure over those that have one; null where none has. */
  readonly value: number | null;
}

export interface HeatMap {
  /** `[line][column]`; lines from the top, which has the highest value. */
  readonly squares: readonly (readonly HeatSquare[])[];
  readonly columns: readonly unknown[];
  readonly lines: readonly unknown[];
  /** Least and greatest value; NaN where there is none. */
  readonly low: number;
  readonly high: number;
}

export function heatMapOf(rows: readonly SweepRow[], across: Axis, down: Axis, figure: FigureName): HeatMap {
  const columns = across.values;
  const lines = [...down.values].reverse();
  const columnOf = new Map(columns.map((value, i) => [JSON.stringify(value), i]));
  const lineOf = new Map(lines.map((value, i) => [JSON.stringify(value), i]));
  const held = lines.map(() => columns.map((): SweepRow[] => []));
  for (const row of rows) {
    const column = columnOf.get(JSON.stringify(row.params[across.param]));
    const line = lineOf.get(JSON.stringify(row.params[down.param]));
    if (column !== undefined && line !== undefined) held[line]![column]!.push(row);
  }
  let [low, high] = [NaN, NaN];
  const squares = held.map((line) =>
    line.map((own) => {
      const values = own.flatMap(({ figures }) => figures[figure] ?? []);
      const value = values.length === 0 ? null : values.reduce((sum, each) => sum + each, 0) / values.length;
      if (value !== null && !(value >= low)) low = value;
      if (value !== null && !(value <= high)) high = value;
      return { rows: own, value };
    }),
  );
  return { squares, columns, lines, low, high };
}

/** How far a value is from the least (or from 0, where both signs occur) to the greatest: −1 to 1. */
export function heatOf(value: number, { low, high }: Pick<HeatMap, 'low' | 'high'>): number {
  if (low < 0 && high > 0) return value < 0 ? -value / low : value / high;
  return high === low ? 1 : (value - low) / (high - low);
}

export function unitOf(figure: FigureName) {
  return figureDefinitions.find(({ name }) => name === figure)!.unit;
}
