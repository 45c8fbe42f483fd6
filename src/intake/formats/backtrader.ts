import type { Format } from '../format.ts';
import { field, header } from '../format.ts';
import { guess } from '../told.ts';

/** The files of backtrader: minutes have a time of day, which the header of some forgets. */
export const backtrader: Format = {
  name: 'backtrader',
  shownBy: 'its last column is OpenInterest',
  headers: [
    header('Date,Open,High,Low,Close,Volume,OpenInterest'),
    header('Date,Time,Open,High,Low,Close,Volume,OpenInterest'),
  ],
  names: ({ header: names, rows }) => {
    const [date, ...others] = names!;
    const isForgotten = rows[0]?.length === names!.length + 1 && field.clock.test(rows[0][1]!);
    return isForgotten ? [date!, 'Time', ...others] : names!;
  },
  stamp: () => guess('end', 'the files of backtrader are stamped with the end of the bar'),
};
