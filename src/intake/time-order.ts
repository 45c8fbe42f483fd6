import type { Breathe } from './result.ts';

/**
 * The rows of a column from the smallest value to the largest; equal ones stay in their order. A merge sort over the runs
 * that are there already, falling ones among them: a file with the newest first, or files one after the other, take one
 * pass or a few.
 */
export async function timeOrder(starts: Float64Array, count: number, breathe: Breathe): Promise<Uint32Array> {
  let order = new Uint32Array(count);
  let spare = new Uint32Array(count);
  let runs = naturalRuns(starts, count, order);
  while (runs.length > 2) {
    const merged: number[] = [0];
    for (let i = 0; i + 1 < runs.length; i += 2) {
      const end = runs[i + 2] ?? runs[i + 1]!;
      merge(starts, order, spare, runs[i]!, runs[i + 1]!, end);
      merged.push(end);
      await breathe();
    }
    runs = merged;
    [order, spare] = [spare, order];
  }
  return order;
}

/** Fills `order` with rising runs; returns where they begin, and the end of the last. Short runs are sorted together. */
function naturalRuns(starts: Float64Array, count: number, order: Uint32Array): number[] {
  const runs = [0];
  let row = 0;
  while (row < count) {
    const first = row++;
    if (row < count && starts[row]! < starts[first]!) {
      while (row < count && starts[row]! < starts[row - 1]!) row++;
      for (let i = first; i < row; i++) order[i] = first + row - 1 - i;
    } else {
      while (row < count && starts[row]! >= starts[row - 1]!) row++;
      for (let i = first; i < row; i++) order[i] = i;
    }
    row = lengthened(starts, count, order, first, row);
    runs.push(row);
  }
  return runs;
}

const shortRun = 32;

/** Makes a run that is shorter than 32 that long, by insertion. */
function lengthened(starts: Float64Array, count: number, order: Uint32Array, first: number, end: number): number {
  let row = end;
  const wanted = Math.min(count, first + shortRun);
  for (; row < wanted; row++) {
    let at = row;
    for (; at > first && starts[order[at - 1]!]! > starts[row]!; at--) order[at] = order[at - 1]!;
    order[at] = row;
  }
  return row;
}

function merge(
  starts: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
  first: number,
  middle: number,
  end: number,
): void {
  let left = first;
  let right = middle;
  for (let out = first; out < end; out++) {
    if (right === end || (left < middle && starts[from[left]!]! <= starts[from[right]!]!)) to[out] = from[left++]!;
    else to[out] = from[right++]!;
  }
}
