/**
 * Puts the first `count` cells, `slot * symbols + symbol` each, into `out` by symbol; cells of one symbol stay in their order.
 * `ends`, of `symbols + 1` words, is written over: afterwards `ends[s]` is where symbol s ends in `out`. Allocates nothing.
 */
export function orderBySymbol(
  cells: Int32Array,
  count: number,
  symbols: number,
  ends: Int32Array,
  out: Int32Array,
): void {
  ends.fill(0);
  for (let i = 0; i < count; i++) ends[(cells[i]! % symbols) + 1]!++;
  for (let s = 0; s < symbols; s++) ends[s + 1]! += ends[s]!;
  for (let i = 0; i < count; i++) out[ends[cells[i]! % symbols]!++] = cells[i]!;
}
