import { day, hour, instant, minute, second } from '../time/instant.ts';
import type { Zone } from '../time/zone.ts';
import { zone } from '../time/zone.ts';
import { dayNumber } from '../time/day.ts';
import type { TimeFormat, UnixUnit } from './layout.ts';
import { WrittenClock } from './written-clock.ts';
import { WrittenDate } from './written-date.ts';

/** What is worth saying about a time that was read; a set of bits. */
export const TimeNote = {
  /** The wall clock never showed it: it was moved forward by the gap. */
  skipped: 1,
  /** The wall clock showed it twice: the first is given, the second is `repeatedAfter` later. */
  repeated: 2,
  /** It had a fraction of a millisecond, which was dropped. */
  fraction: 4,
  /** It is a Unix time in another unit than most. */
  unit: 8,
} as const;

/** Hours ahead of UTC of zones by the letters that stand behind times, each as five bits. */
const offsetOf = new Map(
  Object.entries({
    ...{ EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 },
    ...{
      WET: 0,
      WEST: 1,
      BST: 1,
      CET: 1,
      CEST: 2,
      EET: 2,
      EEST: 3,
      MSK: 3,
      HKT: 8,
      SGT: 8,
      JST: 9,
      AEST: 10,
      AEDT: 11,
    },
  }).map(([letters, hours]) => [
    [...letters].reduce((sum, letter) => sum * 32 + (letter.charCodeAt(0) & 31), 0),
    hours,
  ]),
);

/** Times are taken from 1900-01-01 to the end of 2199. */
export const earliest = Date.UTC(1900, 0, 1);
export const latest = Date.UTC(2200, 0, 1);

/** Decimal places that a unit is away from milliseconds. */
export const shifts: Record<UnixUnit, number> = { s: 3, ms: 0, µs: -3, ns: -6 };

/** The unit that the magnitude of a Unix time tells. */
export function unitOfDigits(digits: number): UnixUnit {
  return digits <= 11 ? 's' : digits <= 14 ? 'ms' : digits <= 17 ? 'µs' : 'ns';
}

/** From so many digits more or fewer than most on, a Unix time is in another unit. */
const otherUnitDigits = 3;
/** A time with fewer digits is near 1970 and tells no unit. */
const tellingDigits = 9;

export const timeUnreadable = 'time cannot be read';
export const timeOutside = 'time is before 1900 or after 2199';
export const timeWithoutOffset = 'time has no offset, unlike the first ones';

/**
 * Reads times from bytes, without a string or an object a record.
 *
 * Unix times: an integer of at most 19 digits, with or without a fraction; what lies below the millisecond is cut off as
 * digits. Other times: a date in the order of the format; then, after `T` or spaces, `HH:MM[:SS[.fff…]]`; then `Z`, `UTC`, `GMT`
 * or an offset `±HH[[:]MM]`, also behind `UTC` or `GMT`. A day without a time of day is its midnight; `24:00` is the midnight at its end
 * (ISO 8601-1:2004, 4.2.3). Where the order is not `iso`,
 * times of day may be as `WrittenClock` reads them, and `AM` or `PM` may follow.
 *
 * Reading functions return NaN when there is no time, with the `reason`; otherwise `end` is the index of the byte after it.
 * The bytes must go on, or end in a byte that belongs to no time, such as a line feed.
 */
export class TimeReader {
  end = 0;
  dateEnd = 0;
  note = 0;
  /** For a time with the note `repeated`: milliseconds until the wall clock shows it again. */
  repeatedAfter = 0;
  reason = timeUnreadable;
  /** Index of the two digits of the minute, and of those of the second; 0 where there are none. */
  minuteAt = 0;
  secondAt = 0;
  /** The offset is that of the whole hour. */
  steady = false;
  /** There is a number instead of a date. */
  private readonly isNumber: boolean;
  /** Decimal places from the unit to milliseconds, by the digits of the number. */
  private readonly shiftOf: Int8Array;
  /** The shift of nearly all. */
  private readonly shift: number;
  private readonly zone: Zone | null;
  /** Wall milliseconds of the midnight that numbers count from; NaN when they count from 1970 in UTC. */
  private readonly midnight: number;
  /** The end of a day is the day itself. */
  private readonly ofDays: boolean;
  private readonly date: WrittenDate | null;
  private readonly clock: WrittenClock | null;
  /** The word for the zone behind a time, as character codes. */
  private readonly word: Uint8Array;
  private dayKey = -1;
  private dayMs = NaN;
  /** Offset of the zone during the whole of the day; NaN when it changes in it. */
  private dayOffset = NaN;

  constructor(format: TimeFormat) {
    const written = format.kind === 'offset' || format.kind === 'wall';
    this.isNumber = !written;
    this.shift = format.kind === 'unix' ? shifts[format.unit] : 0;
    this.shiftOf = shiftsByDigits(format);
    this.midnight = format.kind === 'midnight' ? dayNumber(format.day) * day : NaN;
    this.zone = format.kind === 'wall' || format.kind === 'midnight' ? zone(format.zone) : null;
    this.ofDays = written && format.ofDays === true;
    this.date = written && format.order !== 'iso' ? new WrittenDate(format.order) : null;
    this.clock = this.date && new WrittenClock();
    const word = format.kind === 'wall' ? (format.word ?? '') : '';
    this.word = Uint8Array.from(word, (letter) => letter.charCodeAt(0));
  }

  /** The instant, in epoch milliseconds, of the time that begins at that index. */
  read(bytes: Uint8Array, at: number): number {
    this.note = 0;
    this.minuteAt = 0;
    if (this.isNumber) return this.readNumber(bytes, at);
    const dayMs = this.readDate(bytes, at);
    if (dayMs !== dayMs) return this.unreadable();
    let next = this.end;
    let msOfDay = 0;
    const separator = bytes[next]!;
    if (separator === 84 || separator === 116 || separator === 32) {
      next++;
      if (separator === 32) while (bytes[next] === 32) next++;
      if (isDigit(bytes[next]!)) {
        msOfDay = this.readClock(bytes, next);
        if (msOfDay !== msOfDay) return this.unreadable();
      } else if (separator !== 32) return this.unreadable();
    } else if (this.date !== null && isDigit(separator)) {
      // A compact date goes on as a compact time of day.
      msOfDay = this.readClock(bytes, next);
      if (msOfDay !== msOfDay) return this.unreadable();
    }
    return this.at(dayMs, msOfDay, this.readOffset(bytes, this.end));
  }

  /** Says that there is no time after all, because something follows it. */
  unreadable(): number {
    this.reason = timeUnreadable;
    return NaN;
  }

  /**
   * The instant of a day in one place and a time of day, with or without an offset, in another. `dateEnd` is the index after
   * the day.
   */
  readPair(bytes: Uint8Array, dateAt: number, clockAt: number): number {
    this.note = 0;
    const dayMs = this.readDate(bytes, dateAt);
    this.dateEnd = this.end;
    const msOfDay = this.readClock(bytes, clockAt);
    if (dayMs !== dayMs || msOfDay !== msOfDay) return this.unreadable();
    return this.at(dayMs, msOfDay, this.readOffset(bytes, this.end));
  }

  /** Milliseconds of the wall clock at 00:00 of a day. */
  readDate(b: Uint8Array, p: number): number {
    const y0 = b[p]! - 48;
    const y1 = b[p + 1]! - 48;
    const y2 = b[p + 2]! - 48;
    const y3 = b[p + 3]! - 48;
    const separator = b[p + 4]!;
    const m0 = b[p + 5]! - 48;
    const m1 = b[p + 6]! - 48;
    const d0 = b[p + 8]! - 48;
    const d1 = b[p + 9]! - 48;
    if (separator !== 45 && separator !== 47 && separator !== 46) return this.otherDate(b, p);
    if (b[p + 7] !== separator) return this.otherDate(b, p);
    if (y0 >>> 0 > 9 || y1 >>> 0 > 9 || y2 >>> 0 > 9 || y3 >>> 0 > 9) return this.otherDate(b, p);
    if (m0 >>> 0 > 9 || m1 >>> 0 > 9 || d0 >>> 0 > 9 || d1 >>> 0 > 9) return this.otherDate(b, p);
    this.end = p + 10;
    const key = y0 * 10_000_000 + y1 * 1_000_000 + y2 * 100_000 + y3 * 10_000 + m0 * 1_000 + m1 * 100 + d0 * 10 + d1;
    if (key !== this.dayKey) this.turnTo(key);
    return this.dayMs;
  }

  private otherDate(b: Uint8Array, p: number): number {
    if (this.date === null) return NaN;
    const key = this.date.key(b, p);
    this.end = this.date.end;
    if (key !== key) return NaN;
    if (key !== this.dayKey) this.turnTo(key);
    return this.dayMs;
  }

  private otherClock(b: Uint8Array, p: number): number {
    if (this.clock === null) return NaN;
    const ms = this.clock.ms(b, p);
    this.minuteAt = this.clock.minuteAt;
    this.secondAt = this.clock.secondAt;
    return this.inHalf(this.clock, b, this.clock.end, ms);
  }

  private inHalf(clock: WrittenClock, b: Uint8Array, at: number, ms: number): number {
    const inDay = clock.inHalf(b, at, ms);
    this.end = clock.end;
    return inDay;
  }

  /** Milliseconds after 00:00 of a time of day; a `note` when it has a fraction of one. */
  readClock(b: Uint8Array, p: number): number {
    const h0 = b[p]! - 48;
    const h1 = b[p + 1]! - 48;
    const m0 = b[p + 3]! - 48;
    const m1 = b[p + 4]! - 48;
    if (h0 >>> 0 > 2 || h1 >>> 0 > 9 || m0 >>> 0 > 5 || m1 >>> 0 > 9 || b[p + 2] !== 58) return this.otherClock(b, p);
    const hours = h0 * 10 + h1;
    if (hours > 24) return NaN;
    let ms = hours * hour + (m0 * 10 + m1) * minute;
    this.minuteAt = p + 3;
    this.secondAt = b[p + 5] === 58 ? p + 6 : 0;
    this.end = p + 5;
    if (b[p + 5] !== 58) return this.inDay(b, p + 5, ms);
    const s0 = b[p + 6]! - 48;
    const s1 = b[p + 7]! - 48;
    if (s0 >>> 0 > 5 || s1 >>> 0 > 9) return NaN;
    ms += (s0 * 10 + s1) * second;
    let next = p + 8;
    if (b[next] === 46 && isDigit(b[next + 1]!)) {
      next++;
      for (let scale = 100; isDigit(b[next]!); next++, scale = scale === 1 ? 0 : scale / 10) {
        const digit = b[next]! - 48;
        if (scale > 0) ms += digit * scale;
        else if (digit > 0) this.note |= TimeNote.fraction;
      }
    }
    this.end = next;
    return this.inDay(b, next, ms);
  }

  /** A time of day up to `next`, by the half of the day where times may say it; NaN when it is after the day's end. */
  private inDay(b: Uint8Array, next: number, ms: number): number {
    if (ms > day) return NaN;
    return this.clock === null ? ms : this.inHalf(this.clock, b, next, ms);
  }

  /** Milliseconds ahead of UTC; NaN when the text says none. */
  private readOffset(b: Uint8Array, at: number): number {
    let p = at;
    while (b[p] === 32) p++;
    let sign = b[p]!;
    if (sign === 90 || sign === 122) {
      this.end = p + 1;
      return 0;
    }
    const three = ((b[p]! & 0xdf) << 16) | ((b[p + 1]! & 0xdf) << 8) | (b[p + 2]! & 0xdf);
    if (three === 0x555443 || three === 0x474d54) {
      p += 3;
      sign = b[p]!;
      this.end = p;
      if ((sign !== 43 && sign !== 45) || !isDigit(b[p + 1]!)) return 0;
    }
    if (sign !== 43 && sign !== 45) return this.readLetters(b, p);
    if (!isDigit(b[p + 1]!) || !isDigit(b[p + 2]!)) return NaN;
    const hours = (b[p + 1]! - 48) * 10 + (b[p + 2]! - 48);
    let end = p + 3;
    let minutes = 0;
    const next = b[end] === 58 ? end + 1 : end;
    if (isDigit(b[next]!) && isDigit(b[next + 1]!)) {
      minutes = (b[next]! - 48) * 10 + (b[next + 1]! - 48);
      end = next + 2;
    }
    if (hours > 18 || minutes > 59) return NaN;
    // The name of the zone may follow its offset: `-05:00[America/New_York]`.
    if (b[end] === 91) while (b[end] !== 10 && b[end] !== 0 && b[end++] !== 93);
    this.end = end;
    const ms = hours * hour + minutes * minute;
    return sign === 45 ? -ms : ms;
  }

  /** The offset that letters such as `EST` say, or the word for the zone. */
  private readLetters(b: Uint8Array, at: number): number {
    let p = at;
    let letters = 0;
    for (; p - at < 4 && (b[p]! & 0xdf) >= 65 && (b[p]! & 0xdf) <= 90; p++) letters = letters * 32 + (b[p]! & 31);
    const hours = this.word.length === 0 ? offsetOf.get(letters) : undefined;
    if (hours === undefined) return this.skipWord(b, at);
    this.end = p;
    return hours * hour;
  }

  /** Goes over the word for the zone, where there is one. No offset is told. */
  private skipWord(b: Uint8Array, at: number): number {
    const { word } = this;
    for (let i = 0; i < word.length; i++) if (b[at + i] !== word[i]) return NaN;
    if (word.length > 0) this.end = at + word.length;
    return NaN;
  }

  private readNumber(b: Uint8Array, at: number): number {
    const negative = b[at] === 45;
    const first = negative ? at + 1 : at;
    let p = first;
    while (isDigit(b[p]!)) p++;
    const digits = p - first;
    if (digits === 0 || digits > 19) return this.unreadable();
    const shift = this.shiftOf[digits]!;
    if (shift !== this.shift) this.note |= TimeNote.unit;
    let places = digits + shift;
    let dropped = 0;
    let value = 0;
    for (let i = first; i < p; i++, places--) {
      if (places > 0) value = value * 10 + (b[i]! - 48);
      else dropped |= b[i]! - 48;
    }
    if (b[p] === 46) {
      for (p++; isDigit(b[p]!); p++, places--) {
        if (places > 0) value = value * 10 + (b[p]! - 48);
        else dropped |= b[p]! - 48;
      }
    }
    for (; places > 0; places--) value *= 10;
    this.end = p;
    if (dropped !== 0) this.note |= TimeNote.fraction;
    if (this.midnight === this.midnight)
      return negative || value >= day ? this.unreadable() : this.sinceMidnight(value);
    // Cut towards the past, before 1970 too.
    return this.inRange(negative ? -value - (dropped === 0 ? 0 : 1) : value);
  }

  private sinceMidnight(ms: number): number {
    if (this.dayMs !== this.midnight) this.turnTo(dayKeyOf(this.midnight));
    return this.at(this.midnight, ms, NaN);
  }

  private at(dayMs: number, msOfDay: number, offset: number): number {
    if (msOfDay === day) return this.atEndOf(dayMs, offset);
    const wall = dayMs + msOfDay;
    this.steady = offset === offset || this.dayOffset === this.dayOffset;
    if (offset === offset) return this.inRange(wall - offset);
    if (this.zone === null) {
      this.reason = timeWithoutOffset;
      return NaN;
    }
    if (this.dayOffset === this.dayOffset) return this.inRange(wall - this.dayOffset);
    const kind = this.zone.wallKind(wall);
    const first = this.zone.fromWall(wall);
    if (kind === 'skipped') this.note |= TimeNote.skipped;
    else if (kind === 'repeated') {
      this.note |= TimeNote.repeated;
      // Clocks never go back by a day, and never change twice in one.
      this.repeatedAfter = this.zone.offsetAt(first) - this.zone.offsetAt(instant(first + day));
    }
    return this.inRange(first);
  }

  /** The midnight at the end of a day, by the clock of the next; of records of days that at its beginning. */
  private atEndOf(dayMs: number, offset: number): number {
    if (!this.ofDays) this.turnTo(dayKeyOf(dayMs + day));
    const ms = this.at(this.dayMs, 0, offset);
    // No other minute of that hour is a time.
    this.steady = false;
    return ms;
  }

  private inRange(ms: number): number {
    if (ms >= earliest && ms < latest) return ms + 0;
    this.reason = timeOutside;
    return NaN;
  }

  /** Makes a day the current one. Days follow each other in most files, so one is remembered. */
  private turnTo(key: number): void {
    const ms = dayOfKey(key) * day;
    const exists = ms === ms;
    this.dayKey = key;
    this.dayMs = ms;
    this.dayOffset = NaN;
    if (!exists || this.zone === null) return;
    const lastMs = ms + day - 1;
    const offset = this.zone.offsetAt(this.zone.fromWall(ms));
    const isPlain = this.zone.wallKind(ms) === 'plain' && this.zone.wallKind(lastMs) === 'plain';
    if (isPlain && offset === this.zone.offsetAt(instant(lastMs - offset))) this.dayOffset = offset;
  }
}

/** Days up to a month of a year that has no leap day. */
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

/** Days since 1970-01-01 of the date YYYYMMDD in the Gregorian calendar; NaN when there is none, or its year has not four digits. */
function dayOfKey(key: number): number {
  const year = Math.floor(key / 10_000);
  const month = Math.floor(key / 100) % 100;
  const dayOfMonth = key % 100;
  if (year < 1000 || year > 9999 || month < 1 || month > 12) return NaN;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const leapDay = isLeap && month > 2 ? 1 : 0;
  const length = daysBefore[month]! - daysBefore[month - 1]! + (isLeap && month === 2 ? 1 : 0);
  if (dayOfMonth < 1 || dayOfMonth > length) return NaN;
  const before = year - 1;
  const leapYears = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  // There were 477 leap years up to 1969.
  return (year - 1970) * 365 + leapYears - 477 + daysBefore[month - 1]! + leapDay + dayOfMonth - 1;
}

/** The day of wall milliseconds as the number YYYYMMDD. */
function dayKeyOf(ms: number): number {
  const date = new Date(ms);
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/** Decimal places from the unit of a number to milliseconds, by its digits. */
function shiftsByDigits(format: TimeFormat): Int8Array {
  return Int8Array.from({ length: 20 }, (_, digits) => {
    if (format.kind !== 'unix') return 0;
    const isOther = digits >= tellingDigits && Math.abs(digits - format.digits) >= otherUnitDigits;
    return shifts[isOther ? unitOfDigits(digits) : format.unit];
  });
}

function isDigit(byte: number): boolean {
  return (byte - 48) >>> 0 <= 9;
}
