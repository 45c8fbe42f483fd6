import type { TimeReader } from './time-reader.ts';

const longest = 64;
const scratch = new Uint8Array(2 * longest + 2);

function put(text: string, at: number): number {
  for (let i = 0; i < text.length; i++) scratch[at + i] = text.charCodeAt(i) & 0x7f;
  scratch[at + text.length] = 0;
  return at + text.length;
}

/** The instant of a text that is a time and nothing else; otherwise NaN, and the reader has the reason. */
export function wholeTime(reader: TimeReader, text: string): number {
  const end = put(text.length > longest ? '' : text, 0);
  const ms = reader.read(scratch, 0);
  return checked(reader, ms, end);
}

/** The instant of a day and a time of day that stand in two fields. */
export function wholePair(reader: TimeReader, date: string, clock: string): number {
  put(date.length === 10 ? date : '', 0);
  const end = put(clock.length > longest ? '' : clock, 11);
  const ms = reader.readPair(scratch, 0, 11);
  return checked(reader, ms, end);
}

function checked(reader: TimeReader, ms: number, end: number): number {
  if (ms === ms && reader.end !== end) return reader.unreadable();
  return ms;
}
