import { qualityPercent } from '../bars/quality.ts';
import type { Picture } from '../memory/picture.ts';

/** Orders of the rows of quality: as the plan has the symbols, the worst first, by name. */
export const rowOrders = ['as set up', 'worst first', 'by name'] as const;
export type RowOrder = (typeof rowOrders)[number];

/**
 * Places in the plan of the symbols whose names hold `part`, capitals aside, in that order. Equal qualities stay as the plan has
 * them; before a run all are equal.
 */
export function orderedRows(
  names: readonly string[],
  part: string,
  order: RowOrder,
  picture: Pick<Picture, 'streamed' | 'filled' | 'expected'> | undefined,
): number[] {
  const wanted = part.trim().toLowerCase();
  const places = [...names.keys()].filter((place) => names[place]!.toLowerCase().includes(wanted));
  if (order === 'by name') return places.sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
  if (order === 'as set up' || !picture) return places;
  const { streamed, filled, expected } = picture;
  const percents = names.map((_, s) => qualityPercent(streamed[s]! + filled[s]!, expected[s]!));
  return places.sort((a, b) => percents[a]! - percents[b]!);
}
