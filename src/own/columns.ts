/** A piece that was put into a line: where it stands in the guarded text, and how long it is. Lines and columns count from 1. */
export type Inserted = readonly [line: number, column: number, length: number];

/** The column in the text of a column in the guarded text. */
export function columnIn(inserted: readonly Inserted[], line: number, column: number): number {
  let before = 0;
  for (const [at, from, length] of inserted)
    if (at === line && from < column) before += Math.min(length, column - from);
  return column - before;
}
