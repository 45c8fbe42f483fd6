import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { guess, sure } from '../told.ts';

/** Finam's bars and ticks; who downloads them chooses starts or ends, delimiter and order of dates. */
export const finam: Format = {
  name: 'Finam',
  shownBy: 'its header begins with <TICKER>, <PER>, <DATE> and <TIME>',
  headers: [
    header('<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>'),
    header('<TICKER>,<PER>,<DATE>,<TIME>,<LAST>'),
  ],
  dateOrder: guess('dmy', 'Finam writes the day first where it does not write the year first'),
  zone: () => sure('Europe/Moscow', 'Finam gives the time of Moscow for all markets'),
  stamp: () => guess('start', 'who downloads from Finam chooses starts or ends'),
};
