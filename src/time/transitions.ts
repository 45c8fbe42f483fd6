import { day, second } from './instant.ts';

/** The offsets of a zone: offset i (milliseconds ahead of UTC) holds from starts[i] (epoch milliseconds) on. */
export interface Transitions {
  /** Ascending; the first is -Infinity. */
  readonly starts: Float64Array;
  readonly offsets: Float64Array;
}

/** Changes of the clock are known in these years; before and after them the first and last offset are taken to hold. */
const firstYear = 1970;
const lastYear = 2100;

/** No zone has changed its clock and back again within a shorter time. */
const stride = 7 * day;

/**
 * Every change of a zone's clock, to the second.
 *
 * They are read from Intl.DateTimeFormat with an explicit zone, which is right in every system zone; `getTimezoneOffset`
 * of date-fns-tz takes the instant apart in the system's zone first and is off around a change.
 *
 * Throws a RangeError when the engine does not know the name. Bare offsets (`+02:00`) are refused in every engine,
 * because only some of them know those.
 */
export function transitionsOf(name: string): Transitions {
  const offsetAt = offsetReader(name);
  const end = Date.UTC(lastYear + 1, 0, 1);
  let last = Date.UTC(firstYear, 0, 1);
  let offset = offsetAt(last);
  const starts = [-Infinity];
  const offsets = [offset];
  while (last < end) {
    const next = last + stride;
    const nextOffset = offsetAt(next);
    if (nextOffset !== offset) {
      starts.push(changeBetween(last, next, offset, offsetAt));
      offsets.push(nextOffset);
      offset = nextOffset;
    }
    last = next;
  }
  return { starts: Float64Array.from(starts), offsets: Float64Array.from(offsets) };
}

/** The first whole second in (from, to] at which the offset is no longer that of `from`. */
function changeBetween(from: number, to: number, before: number, offsetAt: (at: number) => number): number {
  while (to - from > second) {
    const middle = from + Math.floor((to - from) / second / 2) * second;
    if (offsetAt(middle) === before) from = middle;
    else to = middle;
  }
  return to;
}

function offsetReader(name: string): (at: number) => number {
  const format = formatOf(name);
  return (at) => {
    // 11/03/2013, 01:30:00
    const part = /(\d+)\D+(\d+)\D+(\d+)\D+(\d+)\D+(\d+)\D+(\d+)/.exec(format.format(at))!;
    return Date.UTC(+part[3]!, +part[1]! - 1, +part[2]!, +part[4]!, +part[5]!, +part[6]!) - at;
  };
}

function formatOf(name: string): Intl.DateTimeFormat {
  try {
    if (!/^[A-Za-z]/.test(name)) throw new RangeError('A zone has a name');
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  } catch (cause) {
    throw new RangeError(
      `The time zone was "${name}"; it must be an IANA name such as America/New_York, Europe/London or UTC`,
      { cause },
    );
  }
}
