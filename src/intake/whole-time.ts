import type { TimeReader } from './time-reader.ts';

const longest = 64;
const scratch = new Uint8Array(2 * longest + 2);

function put(text: string, at: number): number {
  const fitting = text.length > longest ? '' : text;
  for (let i = 0; i < fitting.length; i++) scratch[at + i] = fitting.charCodeAt(i) & 0x7f;
  scratch[at + fitting.length] = 0;
  return at + fitting.length;
}

/** The instant of a text that is a time and nothing else; otherwise NaN, and the reader has the reason. */
export function wholeTime(reader: TimeReader, text: string): number {
  const end = put(text, 0);
  const ms = reader.read(scratch, 0);
  return ms === ms && reader.end !== end ? reader.unreadable() : ms;
}

/** The instant of a day and a time of day that stand in two fields. */
export function wholePair(reader: TimeReader, date: string, clock: string): number {
  const dateEnd = put(date, 0);
  const end = put(clock, longest + 1);
  const ms = reader.readPair(scratch, 0, longest + 1);
  return ms === ms && (reader.end !== end || reader.dateEnd !== dateEnd) ? reader.unreadable() : ms;
}
