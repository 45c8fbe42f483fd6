import type { Format } from '../format.ts';
import { flattenedOf } from '../wide-table.ts';

/** A table of symbols side by side, as quantmod writes it, or pandas with flattened names. */
export const wideCsv: Format = {
  name: 'wide CSV',
  shownBy: 'the names of its columns are those of prices with symbols',
  when: (sample) => flattenedOf(sample) !== null,
  wide: flattenedOf,
};
