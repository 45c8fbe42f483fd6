import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { guess, sure } from '../told.ts';

/** TradeStation. Where the volume is that of rising and falling prices by itself, it is left out. */
export const tradeStation: Format = {
  name: 'TradeStation',
  shownBy: 'its last columns are volume and open interest, or Up and Down',
  headers: ['Volume,OpenInt', 'Vol,OI', 'Up,Down'].flatMap((last) => [
    header(`Date,Time,Open,High,Low,Close,${last}`),
    header(`Date,Open,High,Low,Close,${last}`),
  ]),
  dateOrder: guess('mdy', 'TradeStation writes the month first unless it was told otherwise'),
  stamp: () => sure('end', 'TradeStation stamps bars with their closing time'),
};
