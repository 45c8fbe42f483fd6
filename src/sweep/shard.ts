/** A part of a sweep: of so many, the `part`-th, from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** Reads `3/64`; undefined for what is none. */
export function readShard(text: string): Shard | undefined {
  const [, part, of] = /^([1-9][0-9]{0,5})\/([1-9][0-9]{0,5})$/.exec(text) ?? [];
  return part !== undefined && Number(part) <= Number(of) ? { part: Number(part), of: Number(of) } : undefined;
}

/** The numbers of a shard's cells: every `of`-th one, so that slow corners of the grid are shared out. */
export function cellsOf(count: number, { part, of }: Shard): number[] {
  const cells: number[] = [];
  for (let cell = part; cell <= count; cell += of) cells.push(cell);
  return cells;
}
