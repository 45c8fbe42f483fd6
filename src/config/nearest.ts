/** Longer names than this are compared by their beginning: the work stays small whatever a link holds. */
const compared = 40;

/** The name of `names` that takes the fewest edits to reach; the first of several. `names` is not empty. */
export function nearest(name: string, names: readonly string[]): string {
  let best = names[0]!;
  let least = Infinity;
  for (const candidate of names) {
    const distance = editDistance(name, candidate);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions and changes of single characters (Levenshtein), without regard to case. */
export function editDistance(from: string, to: string): number {
  const a = from.slice(0, compared).toLowerCase();
  const b = to.slice(0, compared).toLowerCase();
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(change, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
