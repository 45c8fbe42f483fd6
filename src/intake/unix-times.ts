import type { TimeFormat } from './layout.ts';
import { earliest, latest, shifts } from './time-reader.ts';

/** Digits of a time in milliseconds that are read word by word; those in front of them seldom change. */
const wordDigits = 8;
const wordBytes = 4;

/** Reads Unix times of as many digits as most of a file have, without a fraction of a millisecond. */
export class UnixTimes {
  /** The instant that was read last. */
  instant = NaN;
  /** Bytes of a time. */
  readonly length: number;
  /** Digits in front of the last eight that count, and zeros behind them. */
  private readonly leading: number;
  private readonly zeros: number;
  /** The number of the digits in front of the last eight, as one that eight follow, and the two words that cover them. */
  private first = 0;
  private leadingStart = 0;
  private leadingEnd = 0;
  /** Milliseconds of the last of the eight digits. */
  private readonly unitMs: number;

  constructor({ unit, digits }: Extract<TimeFormat, { readonly kind: 'unix' }>) {
    this.length = digits;
    this.zeros = Math.max(0, -shifts[unit]);
    this.unitMs = unit === 's' ? 1_000 : 1;
    this.leading = digits - this.zeros - wordDigits;
  }

  /** Reads the time at that index; false when there is none of this kind. Calls that give doubles would allocate them. */
  read(b: Uint8Array, view: DataView, at: number): boolean {
    const { leading, unitMs } = this;
    if (leading < 0) return false;
    let p = at + leading;
    if (leading >= wordBytes && leading <= 2 * wordBytes) {
      const start = view.getInt32(at, true);
      const end = view.getInt32(p - wordBytes, true);
      if (start !== this.leadingStart || end !== this.leadingEnd) {
        if (!this.readLeading(b, at, p)) return false;
        this.leadingStart = start;
        this.leadingEnd = end;
      }
    } else if (!this.readLeading(b, at, p)) return false;
    const high = view.getInt32(p, true);
    const low = view.getInt32(p + 4, true);
    if (!areDigits(high) || !areDigits(low)) return false;
    p += wordDigits;
    for (const end = at + this.length; p < end; p++) if (b[p] !== 48) return false;
    // Another digit makes it another number, a point gives it a fraction.
    const next = b[p]!;
    if (next === 46 || (next - 48) >>> 0 <= 9) return false;
    const ms = (this.first + fourDigits(high) * 10_000 + fourDigits(low)) * unitMs;
    this.instant = ms;
    return ms >= earliest && ms < latest;
  }

  private readLeading(b: Uint8Array, from: number, end: number): boolean {
    let first = 0;
    for (let p = from; p < end; p++) {
      const digit = b[p]! - 48;
      if (digit >>> 0 > 9) return false;
      first = first * 10 + digit;
    }
    this.first = first * 100_000_000;
    return true;
  }
}

/** The high half of each byte is 3, also after 6 was added to it. */
function areDigits(word: number): boolean {
  return (word & 0xf0f0f0f0) === 0x30303030 && ((word + 0x06060606) & 0xf0f0f0f0) === 0x30303030;
}

/** Four digits, the first in the lowest byte: one multiplication makes each pair a number. */
function fourDigits(word: number): number {
  const digits = word & 0x0f0f0f0f;
  const pairs = Math.imul(digits, 10) + (digits >>> 8);
  return (pairs & 0xff) * 100 + ((pairs >>> 16) & 0xff);
}
