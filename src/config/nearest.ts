/** Longer names than this are compared by their beginning: the work stays small whatever a link holds. */
const compared = 40;

/** A third of a name may be written wrong, or two letters that changed places. */
const slips = (name: string, other: string): number => {
  const longest = Math.min(compared, Math.max(name.length, other.length));
  return Math.min(Math.max(2, Math.floor(longest / 3)), Math.floor(longest / 2));
};

/** Names that are listed at most. */
const mostListed = 12;

/** The name of `names` that takes the fewest edits to reach, the first of several; undefined where none is near enough to be meant. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of names) {
    const distance = editDistance(name, candidate);
    if (distance < least && distance <= slips(name, candidate)) [best, least] = [candidate, distance];
  }
  return best;
}

/** What to say of a name that there is not: `the nearest is fast` or, where none is near, what there is. */
export function nearestWords(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near === undefined ? thereAre(names) : `the nearest is ${near}`;
}

/** `there are fast and slow`. */
export function thereAre(names: readonly string[]): string {
  if (names.length === 0) return 'there is none';
  if (names.length === 1) return `there is ${names[0]}`;
  const more = names.length - mostListed;
  const listed = names.slice(0, more > 0 ? mostListed : -1);
  return `there are ${listed.join(', ')} and ${more > 0 ? `${more} more` : names.at(-1)}`;
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
