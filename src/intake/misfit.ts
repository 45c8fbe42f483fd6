import type { ChoiceName } from './choices.ts';
import { FileFault } from './file-fault.ts';

/** What choices are called in messages. */
const words: Record<ChoiceName, string> = {
  format: 'format',
  delimiter: 'delimiter',
  columns: 'columns',
  dateOrder: 'order of dates',
  timeUnit: 'time unit',
  zone: 'zone',
  stamp: 'stamp',
  interval: 'interval',
  priceScale: 'price scale',
  decimalPoint: 'decimal point',
  symbol: 'symbol',
};

/** The error for a choice that does not fit; `why` goes on after a semicolon. */
export function misfit(name: ChoiceName, value: string, why: string): FileFault {
  return new FileFault(`cannot be read with the chosen ${words[name]} "${value}"; ${why}`);
}
