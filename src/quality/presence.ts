/**
 * When bars of a symbol begin, and nothing else of them: what a map of quality lays a calendar over. It knows of no calendar, so
 * that another one can be chosen without reading a bar again.
 *
 * Layout, little endian: runs of bars one interval apart.
 *
 *   header     40 bytes   u32 magic, version, runs, entries of the directory · f64 interval ms, first start, last start
 *   directory  12 bytes   for every 256th run, without the first of all: f64 the last start before it, u32 its place among the
 *                         bytes of the runs
 *   runs       two numbers of 7 bits a byte, the highest bit of a byte says that it goes on: the step from the start of the bar
 *              before (times 2; in intervals, or 1 more: in milliseconds), and the number of bars. The first step is 0.
 */
import { minute } from '../time/instant.ts';

const magic = 0x534b4454;
const version = 1;
const headerBytes = 40;
const entryBytes = 12;
/** Runs between two entries of the directory. */
const stride = 256;

/** Writes the presence of one symbol, bar by bar or run by run, in time order. */
export class PresenceBuilder {
  readonly intervalMs: number;
  private bytes = new Uint8Array(256);
  private length = 0;
  private runs = 0;
  private first = 0;
  /** Start of the last bar that is written, and the run that is still open: its first start and bars. */
  private written = 0;
  private start = 0;
  private count = 0;
  private readonly directory: { readonly last: number; readonly offset: number }[] = [];

  constructor(intervalMs: number) {
    this.intervalMs = intervalMs;
  }

  /** Takes `count` bars one interval apart; a first one that is not after the last one taken is an error. */
  add(start: number, count: number): void {
    if (this.count === 0) this.first = this.written = start;
    else {
      const step = start - this.last;
      if (!(step > 0)) throw new RangeError(`a bar that starts at ${start} came after one at ${this.last}`);
      if (step === this.intervalMs) {
        this.count += count;
        return;
      }
      this.close();
    }
    this.start = start;
    this.count = count;
  }

  /** Takes a record at that time: what is there is its minute. Times may come again. */
  addMinuteOf(time: number): void {
    const start = Math.floor(time / minute) * minute;
    if (this.count === 0 || start > this.last) this.add(start, 1);
  }

  finish(): Uint8Array<ArrayBuffer> {
    const { last } = this;
    if (this.count > 0) this.close();
    const at = headerBytes + this.directory.length * entryBytes;
    const bytes = new Uint8Array(at + this.length);
    const view = new DataView(bytes.buffer);
    [magic, version, this.runs, this.directory.length].forEach((word, i) => view.setUint32(i * 4, word, true));
    [this.intervalMs, this.first, last].forEach((value, i) => view.setFloat64(16 + i * 8, value, true));
    for (const [i, entry] of this.directory.entries()) {
      view.setFloat64(headerBytes + i * entryBytes, entry.last, true);
      view.setUint32(headerBytes + i * entryBytes + 8, entry.offset, true);
    }
    bytes.set(this.bytes.subarray(0, this.length), at);
    return bytes;
  }

  private get last(): number {
    return this.start + (this.count - 1) * this.intervalMs;
  }

  private close(): void {
    if (this.runs > 0 && this.runs % stride === 0) this.directory.push({ last: this.written, offset: this.length });
    const step = this.start - this.written;
    const steps = step / this.intervalMs;
    this.put(Number.isInteger(steps) ? steps * 2 : step * 2 + 1);
    this.put(this.count);
    this.runs++;
    this.written = this.last;
  }

  private put(value: number): void {
    if (this.length + 8 > this.bytes.length) {
      const wider = new Uint8Array(this.bytes.length * 2);
      wider.set(this.bytes);
      this.bytes = wider;
    }
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length++] = rest;
  }
}

/** When bars of a symbol begin. */
export class Presence {
  readonly intervalMs: number;
  /** Start of the first and of the last bar, epoch milliseconds. */
  readonly first: number;
  readonly last: number;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly runs: number;
  private readonly entries: number;

  /** Throws an error when the bytes are not what a builder of this version has made. */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (bytes.byteLength < headerBytes || view.getUint32(0, true) !== magic || view.getUint32(4, true) !== version)
      throw new Error('the record of what is present is not one of this version');
    this.bytes = bytes;
    this.view = view;
    this.runs = view.getUint32(8, true);
    this.entries = view.getUint32(12, true);
    this.intervalMs = view.getFloat64(16, true);
    this.first = view.getFloat64(24, true);
    this.last = view.getFloat64(32, true);
  }

  /** Hands out the bars that start in `[from, to)`, in runs of bars one interval apart, in time order. */
  eachRun(from: number, to: number, take: (start: number, count: number) => void): void {
    const { bytes, intervalMs } = this;
    const entry = this.entryBefore(from);
    let run = entry < 0 ? 0 : (entry + 1) * stride;
    let at = headerBytes + this.entries * entryBytes;
    let last = this.first;
    if (entry >= 0) {
      last = this.view.getFloat64(headerBytes + entry * entryBytes, true);
      at += this.view.getUint32(headerBytes + entry * entryBytes + 8, true);
    }
    for (; run < this.runs; run++) {
      let byte = bytes[at++]!;
      let step = byte % 128;
      for (let scale = 128; byte >= 128; scale *= 128) {
        byte = bytes[at++]!;
        step += (byte % 128) * scale;
      }
      byte = bytes[at++]!;
      let count = byte % 128;
      for (let scale = 128; byte >= 128; scale *= 128) {
        byte = bytes[at++]!;
        count += (byte % 128) * scale;
      }
      const start = last + (step % 2 === 0 ? (step / 2) * intervalMs : (step - 1) / 2);
      last = start + (count - 1) * intervalMs;
      if (start >= to) return;
      if (last < from) continue;
      const skipped = start < from ? Math.ceil((from - start) / intervalMs) : 0;
      const taken = last < to ? count : Math.ceil((to - start) / intervalMs);
      if (taken > skipped) take(start + skipped * intervalMs, taken - skipped);
    }
  }

  /** The last entry of the directory from which on bars that start at `from` may come; -1 where that is the beginning. */
  private entryBefore(from: number): number {
    let low = 0;
    let high = this.entries;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.view.getFloat64(headerBytes + middle * entryBytes, true) < from) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
