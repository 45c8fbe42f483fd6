import { day, hour, minute, second } from '../time/instant.ts';

/**
 * Reads times of day that are not `HH:MM` with two digits each: `9:30`, and without separators `930`, `0930`, `93000`, `093000`,
 * `093000125` and `0` (midnight). `24:00` and `240000` are the day's end.
 */
export class WrittenClock {
  /** Index after the time that was read last. */
  end = 0;
  /** Index of the two digits of its minute, and of those of its second; 0 where there are none. */
  minuteAt = 0;
  secondAt = 0;

  /** Milliseconds after 00:00; NaN when there is no time of day. */
  ms(b: Uint8Array, at: number): number {
    const first = this.number(b, at);
    const length = this.end - at;
    this.minuteAt = length === 4 || length === 6 ? at + 2 : 0;
    this.secondAt = length === 6 ? at + 4 : 0;
    if (b[this.end] !== 58) return this.compact(first, length);
    if (length === 0 || length > 2) return NaN;
    this.minuteAt = this.end + 1;
    const minutes = this.pair(b, this.end + 1);
    this.secondAt = b[this.end] === 58 ? this.end + 1 : 0;
    const seconds = this.secondAt > 0 ? this.pair(b, this.secondAt) : 0;
    return this.inDay(first, minutes, seconds);
  }

  /** A time of day up to `at` by the half of the day, where `AM` or `PM` follows it. */
  inHalf(b: Uint8Array, at: number, ms: number): number {
    this.end = at;
    let p = at;
    while (b[p] === 32) p++;
    const half = b[p]! & 0xdf;
    if ((half !== 65 && half !== 80) || (b[p + 1]! & 0xdf) !== 77) return ms;
    this.end = p + 2;
    if (ms < hour || ms >= 13 * hour) return NaN;
    return (ms % (12 * hour)) + (half === 80 ? 12 * hour : 0);
  }

  private compact(digits: number, length: number): number {
    if (length === 1) return digits === 0 ? 0 : NaN;
    if (length === 3 || length === 4) return this.inDay(Math.floor(digits / 100), digits % 100, 0);
    const ms = length === 9 ? digits % 1_000 : 0;
    if (length !== 5 && length !== 6 && length !== 9) return NaN;
    const whole = length === 9 ? Math.floor(digits / 1_000) : digits;
    const inDay = this.inDay(Math.floor(whole / 10_000), Math.floor(whole / 100) % 100, whole % 100);
    return inDay < day || ms === 0 ? inDay + ms : NaN;
  }

  private inDay(hours: number, minutes: number, seconds: number): number {
    if (!(hours <= 24) || !(minutes <= 59) || !(seconds <= 59)) return NaN;
    const ms = hours * hour + minutes * minute + seconds * second;
    return ms <= day ? ms : NaN;
  }

  /** Two digits as a number. */
  private pair(b: Uint8Array, at: number): number {
    const value = this.number(b, at);
    return this.end - at === 2 ? value : NaN;
  }

  private number(b: Uint8Array, at: number): number {
    let p = at;
    let value = 0;
    for (let digit = b[p]! - 48; digit >>> 0 <= 9 && p - at < 10; digit = b[++p]! - 48) value = value * 10 + digit;
    this.end = p;
    return value;
  }
}
