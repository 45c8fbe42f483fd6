import type { Format } from '../format.ts';
import { column, header } from '../format.ts';
import type { Told } from '../told.ts';
import { guess } from '../told.ts';

/** Most brokers' servers are two hours ahead of UTC, three in summer. */
export const brokerTime: Told<string> = guess(
  'Europe/Athens',
  "MetaTrader writes the time of the broker's server, which most keep as in Eastern Europe; choose another if yours does not",
);

/** MetaTrader 5's export of bars; days have no time of day. The volume is that of the exchange or, without any, of ticks. */
export const metaTrader5: Format = {
  name: 'MetaTrader 5',
  shownBy: 'its header has <TICKVOL>',
  headers: [
    header('<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<TICKVOL>'),
    header('<DATE>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<TICKVOL>'),
  ],
  columns: ({ header: names, rows }) => {
    const real = names!.indexOf('<VOL>');
    const hasReal = real >= 0 && column(rows, real).some((volume) => Number(volume) > 0);
    return { volume: hasReal ? real : names!.indexOf('<TICKVOL>') };
  },
  zone: () => brokerTime,
  stamp: () => guess('start', 'MetaTrader stamps bars with their start'),
};
