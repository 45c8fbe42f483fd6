import { minute, second } from '../time/instant.ts';
import type { TimeReader } from './time-reader.ts';

/** A template's text in front of its minute has 8 to 16 bytes, so that four words of four bytes cover it. */
const shortest = 8;
const longest = 16;
const wordBytes = 4;
/** A word that begins no time, for where there is no template. */
const noText = 0;

/**
 * Reads times that differ from one that was read before in minutes and seconds alone: their other bytes are the same, and so are
 * day, hour and offset.
 */
export class TimeTemplate {
  /** Bytes of the text. */
  length = 0;
  /** The instant that was learnt, and that less its minutes and seconds. */
  instant = NaN;
  base = NaN;
  private minuteAt = 0;
  /** Index of the seconds; that of the minute where there are none. */
  private secondAt = 0;
  private hasSeconds = false;
  private readonly text = new Uint8Array(64);
  /** The words in front of the minute. */
  private first = noText;
  private second = 0;
  private third = 0;
  private last = 0;
  private thirdAt = 0;
  private lastAt = 0;
  /** The bytes behind the minute, where two words cover them, and how many they are; -1 where they do not. */
  private tailBytes = -1;
  private tail = 0;
  private tailEnd = 0;
  /** The bytes of a word that count, and milliseconds of the seconds. */
  private tailMask = 0;
  private tailMs = 0;

  /**
   * Remembers the time in `bytes[from, end)` that the reader has just read as that instant, where others can be told from it. The
   * buffer must go on for 32 bytes.
   */
  learn(bytes: Uint8Array, view: DataView, from: number, end: number, instant: number, reader: TimeReader): void {
    const minuteAt = reader.minuteAt - from;
    this.length = end - from;
    this.instant = instant;
    this.first = noText;
    if (!reader.steady || minuteAt < shortest || minuteAt > longest || this.length > this.text.length) return;
    this.minuteAt = minuteAt;
    this.hasSeconds = reader.secondAt > 0;
    this.secondAt = this.hasSeconds ? reader.secondAt - from : minuteAt;
    this.text.set(bytes.subarray(from, end));
    this.lastAt = minuteAt - 4;
    this.thirdAt = Math.min(8, this.lastAt);
    this.first = view.getInt32(from, true);
    this.second = view.getInt32(from + 4, true);
    this.third = view.getInt32(from + this.thirdAt, true);
    this.last = view.getInt32(from + this.lastAt, true);
    this.tailMs = this.hasSeconds ? pair(bytes, from + this.secondAt) * second : 0;
    this.base = instant - pair(bytes, from + minuteAt) * minute - this.tailMs;
    const tailBytes = this.length - minuteAt - 2;
    this.tailBytes = tailBytes <= 2 * wordBytes ? tailBytes : -1;
    this.tailMask = tailBytes < wordBytes ? (1 << (8 * tailBytes)) - 1 : -1;
    this.tail = view.getInt32(from + minuteAt + 2, true) & this.tailMask;
    this.tailEnd = view.getInt32(from + this.length - wordBytes, true);
  }

  /**
   * Milliseconds from the base to the time at that index; -1 when it is not like the template. The buffer must go on for 80 bytes.
   * It is a small number, and not an instant, as calls that give doubles allocate them.
   */
  read(b: Uint8Array, view: DataView, at: number): number {
    if (
      view.getInt32(at, true) !== this.first ||
      view.getInt32(at + 4, true) !== this.second ||
      view.getInt32(at + this.thirdAt, true) !== this.third ||
      view.getInt32(at + this.lastAt, true) !== this.last
    )
      return -1;
    let p = at + this.minuteAt;
    const m0 = b[p]! - 48;
    const m1 = b[p + 1]! - 48;
    if (m0 >>> 0 > 5 || m1 >>> 0 > 9) return -1;
    let ms = (m0 * 10 + m1) * minute;
    p += 2;
    // Seconds of most bars are 0.
    if ((view.getInt32(p, true) & this.tailMask) === this.tail) {
      if (this.tailBytes >= 0 && this.tailBytes <= wordBytes) return ms + this.tailMs;
      if (this.tailBytes > wordBytes && view.getInt32(at + this.length - wordBytes, true) === this.tailEnd)
        return ms + this.tailMs;
    }
    if (this.hasSeconds) {
      const secondAt = at + this.secondAt;
      for (; p < secondAt; p++) if (b[p] !== this.text[p - at]) return -1;
      const s0 = b[p]! - 48;
      const s1 = b[p + 1]! - 48;
      if (s0 >>> 0 > 5 || s1 >>> 0 > 9) return -1;
      ms += (s0 * 10 + s1) * second;
      p += 2;
    }
    for (const end = at + this.length; p < end; p++) if (b[p] !== this.text[p - at]) return -1;
    return ms;
  }
}

function pair(bytes: Uint8Array, at: number): number {
  return (bytes[at]! - 48) * 10 + bytes[at + 1]! - 48;
}
