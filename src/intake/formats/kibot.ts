import type { Format } from '../format.ts';
import { field, fourPrices, inOrder } from '../format.ts';
import { guess, sure } from '../told.ts';

const date = /^\d\d\/\d\d\/\d{4}$/;

/** Kibot: days have no time of day. https://www.kibot.com/support.aspx */
export const kibot: Format = {
  name: 'Kibot',
  shownBy:
    'it has no header, a date with slashes and the year last, a time of day in a column of its own, and a volume',
  looksLike: 'others may write so too',
  records: [
    [date, field.clock, ...fourPrices, field.whole],
    [date, ...fourPrices, field.whole],
  ],
  columns: ({ rows }) =>
    rows[0]!.length === 7
      ? inOrder('date', 'clock', 'open', 'high', 'low', 'close', 'volume')
      : inOrder('time', 'open', 'high', 'low', 'close', 'volume'),
  dateOrder: sure('mdy', 'Kibot writes the month first'),
  zone: () => guess('America/New_York', 'Kibot gives US Eastern time'),
  stamp: () => guess('start', "Kibot's 10:00 is the bar from 10:00 to 10:01"),
};
