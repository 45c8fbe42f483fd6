import type { Format } from '../format.ts';
import { header } from '../format.ts';
import { guess } from '../told.ts';

/** Stooq's archive of many symbols; days have the time 000000. */
export const stooq: Format = {
  name: 'Stooq',
  shownBy: 'its header goes from <TICKER> and <PER> to <OPENINT>',
  headers: [header('<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>')],
  zone: () => guess('Europe/Warsaw', 'Stooq mostly gives the time of Warsaw'),
};
