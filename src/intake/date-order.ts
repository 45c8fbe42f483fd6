import type { Layout } from './layout.ts';
import { RecordScanner } from './record.ts';
import { TimeReader } from './time-reader.ts';
import type { Told } from './told.ts';
import { likely, sure } from './told.ts';
import { wholeTime } from './whole-time.ts';

/** Looks through all dates of a text for one that tells whether the day or the month comes first. */
export class DateOrderWatch {
  private readonly scanner: RecordScanner;
  private readonly column: number;
  private readonly readers = { dmy: readerOf('dmy'), mdy: readerOf('mdy') };
  private readonly saturdays = { dmy: 0, mdy: 0 };
  private rest: Uint8Array = new Uint8Array(0);
  private readonly seen = new Set<string>();
  /** A date that is one in one order alone. */
  private told: Told<'dmy' | 'mdy'> | null = null;

  constructor({ delimiter, roles }: Layout) {
    this.scanner = new RecordScanner(delimiter);
    this.column = Math.max(roles.indexOf('time'), roles.indexOf('date'));
  }

  /** Nothing more needs to be looked at. */
  get isSettled(): boolean {
    return this.told !== null;
  }

  add(slice: Uint8Array): void {
    const text = new Uint8Array(this.rest.length + slice.length);
    text.set(this.rest);
    text.set(slice, this.rest.length);
    let at = 0;
    while (this.told === null && this.scanner.scan(text, at, text.length)) {
      const fields = this.scanner.split(this.scanner.text(text, at));
      this.look(fields[this.column] ?? '');
      at = this.scanner.next;
    }
    this.rest = text.subarray(at);
  }

  /** The order that a date says or, without any, the one in which no day is a Saturday; null where nothing tells. */
  verdict(): Told<'dmy' | 'mdy'> | null {
    if (this.told !== null) return this.told;
    const { dmy, mdy } = this.saturdays;
    const reason = 'read so, no day is a Saturday; in the other order some are';
    if (dmy === 0 && mdy > 0) return likely('dmy', reason);
    return mdy === 0 && dmy > 0 ? likely('mdy', reason) : null;
  }

  private look(text: string): void {
    const day = text.split(/[ T]/, 1)[0]!;
    if (this.seen.has(day)) return;
    this.seen.add(day);
    const dmy = wholeTime(this.readers.dmy, day);
    const mdy = wholeTime(this.readers.mdy, day);
    if (Number.isNaN(dmy) && Number.isNaN(mdy)) return;
    if (Number.isNaN(mdy)) this.told = sure('dmy', `the date ${day} is none with the month first`);
    else if (Number.isNaN(dmy)) this.told = sure('mdy', `the date ${day} is none with the day first`);
    if (new Date(dmy).getUTCDay() === 6) this.saturdays.dmy++;
    if (new Date(mdy).getUTCDay() === 6) this.saturdays.mdy++;
  }
}

function readerOf(order: 'dmy' | 'mdy'): TimeReader {
  return new TimeReader({ kind: 'wall', zone: 'UTC', order, word: null });
}
