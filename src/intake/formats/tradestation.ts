import type { Format } from '../format.ts';
import { header, type ColumnsByRole } from '../format.ts';
import type { ColumnRole } from '../preview.ts';
import { guess, sure } from '../told.ts';

function placeOf(names: readonly string[] | null, name: string, role: ColumnRole): ColumnsByRole {
  const place = names?.findIndex((each) => each.toLowerCase() === name) ?? -1;
  return place < 0 ? {} : { [role]: place };
}

/** TradeStation. Where the volume is that of rising and of falling prices, in two columns, it is the sum of both. */
export const tradeStation: Format = {
  name: 'TradeStation',
  shownBy: 'its last columns are volume and open interest, or Up and Down',
  headers: ['Volume,OpenInt', 'Vol,OI', 'Up,Down'].flatMap((last) => [
    header(`Date,Time,Open,High,Low,Close,${last}`),
    header(`Date,Open,High,Low,Close,${last}`),
  ]),
  columns: ({ header: names }) => placeOf(names, 'up', 'volume'),
  moreVolume: ({ header: names }) => placeOf(names, 'down', 'volume').volume ?? null,
  dateOrder: guess('mdy', 'TradeStation writes the month first unless it was told otherwise'),
  stamp: () => sure('end', 'TradeStation stamps bars with their closing time'),
};
