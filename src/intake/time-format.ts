import type { TimeFormat, UnixUnit } from './layout.ts';
import { TimeReader } from './time-reader.ts';
import { wholePair, wholeTime } from './whole-time.ts';

const unix = /^-?(\d{9,19})(?:\.\d+)?$/;

/** What the times at the beginning of a file look like. */
export interface TimeSample {
  readonly format: TimeFormat;
  /** How many of the texts it reads, of how many that are not empty. */
  readonly readable: number;
  readonly count: number;
  /** The first text that it does not read. */
  readonly unreadable: string | null;
  /** Digits of the Unix times; 0 for others. */
  readonly digits: number;
}

/**
 * How times are written; `zone` is for those without an offset. Unix times are told by their magnitude: to 11 digits
 * seconds, to 14 milliseconds, to 17 microseconds, to 19 nanoseconds (the middle one of the sample decides).
 */
export function timeSample(texts: readonly string[], zone: string): TimeSample {
  const written = texts.filter((text) => text !== '');
  const digits = written.flatMap((text) => unix.exec(text)?.[1]?.length ?? []).sort((a, b) => a - b);
  if (digits.length * 2 > written.length) {
    const middle = digits[digits.length >> 1]!;
    const unit: UnixUnit = middle <= 11 ? 's' : middle <= 14 ? 'ms' : middle <= 17 ? 'µs' : 'ns';
    return tried({ kind: 'unix', unit }, written, middle);
  }
  return offsetOrWall(zone, (format) => tried(format, written, 0));
}

/** The same for a day in one column and a time of day in another. */
export function pairSample(dates: readonly string[], clocks: readonly string[], zone: string): TimeSample {
  return offsetOrWall(zone, (format) => {
    const reader = new TimeReader(format);
    const failed = dates.findIndex((date, i) => Number.isNaN(wholePair(reader, date, clocks[i]!)));
    const readable = dates.filter((date, i) => !Number.isNaN(wholePair(reader, date, clocks[i]!))).length;
    const unreadable = failed === -1 ? null : `${dates[failed]!} ${clocks[failed]!}`;
    return { format, readable, count: dates.length, unreadable, digits: 0 };
  });
}

/** Times have an offset only if all that can be read have one. */
function offsetOrWall(zone: string, attempt: (format: TimeFormat) => TimeSample): TimeSample {
  const wall = attempt({ kind: 'wall', zone });
  const offset = attempt({ kind: 'offset' });
  return offset.readable > 0 && offset.readable === wall.readable ? offset : wall;
}

function tried(format: TimeFormat, texts: readonly string[], digits: number): TimeSample {
  const reader = new TimeReader(format);
  const isTime = (text: string) => !Number.isNaN(wholeTime(reader, text));
  return {
    format,
    readable: texts.filter(isTime).length,
    count: texts.length,
    unreadable: texts.find((text) => !isTime(text)) ?? null,
    digits,
  };
}
