import { dayNumber, dayText } from './day.ts';
import type { DayText, Instant } from './instant.ts';
import { day, second } from './instant.ts';
import { transitionsReader, type Transitions } from './transitions.ts';

/** How often a time of the wall clock occurs: once, twice (clocks went back) or never (clocks went forward). */
export type WallKind = 'plain' | 'repeated' | 'skipped';

/**
 * The wall clock of a time zone. A wall time is a number too: the milliseconds since the epoch of the moment at which a
 * clock in UTC shows the same day and time.
 *
 * Where the clocks change, wall times follow the rule that Temporal calls `compatible`: one that is skipped moves forward
 * by the gap (02:30 becomes 03:30), one that is repeated means its first occurrence.
 */
export interface Zone {
  readonly name: string;
  /** Milliseconds that the wall clock is ahead of UTC at that instant. */
  offsetAt(at: Instant): number;
  /** Day and time on the wall clock, `YYYY-MM-DD HH:MM:SS`, with `.mmm` where it is not a whole second. */
  wallText(at: Instant): string;
  /** The local day of an instant. */
  dayOf(at: Instant): DayText;
  /** The instant at which the wall clock shows that day and that many milliseconds after its 00:00. */
  atWall(day: DayText, msOfDay: number): Instant;
  /** The instant of a wall time. */
  fromWall(wallMs: number): Instant;
  wallKind(wallMs: number): WallKind;
}

const zones = new Map<string, Zone>();

/** The zone of an IANA name; built once a name. Throws a RangeError for a name that the engine does not know. */
export function zone(name: string): Zone {
  let known = zones.get(name);
  if (!known) {
    known = zoneOf(name);
    zones.set(name, known);
  }
  return known;
}

/** The changes that are known, and who finds the range of an instant or a wall time among them. */
interface Table extends Transitions {
  readonly byInstant: (at: number) => number;
  readonly byWall: (wallMs: number) => number;
}

/** Longer than any offset: what lies so far within the known changes has its wall time among them. */
const margin = day;

function zoneOf(name: string): Zone {
  const read = transitionsReader(name);
  let known: Table | undefined;
  const tableAround = (from: number, until: number): Table => {
    if (known && from >= known.from && until < known.until) return known;
    return (known = tableOf(read(until, read(from, known))));
  };

  const offsetAt = (at: Instant): number => {
    const { offsets, byInstant } = tableAround(at, at);
    return offsets[byInstant(at)]!;
  };
  const fromWall = (wallMs: number): Instant => {
    const { offsets, byWall } = tableAround(wallMs - margin, wallMs + margin);
    return (wallMs - offsets[byWall(wallMs)]!) as Instant;
  };
  return {
    name,
    offsetAt,
    fromWall,
    wallText: (at) => {
      const wall = new Date(at + offsetAt(at)).toISOString();
      return `${wall.slice(0, 10)} ${wall.slice(11, at % second === 0 ? 19 : 23)}`;
    },
    dayOf: (at) => dayText(Math.floor((at + offsetAt(at)) / day)),
    atWall: (dayOfWall, msOfDay) => fromWall(dayNumber(dayOfWall) * day + msOfDay),
    wallKind: (wallMs) => {
      const { starts, offsets, byWall } = tableAround(wallMs - margin, wallMs + margin);
      const i = byWall(wallMs);
      if (i + 1 === starts.length) return 'plain';
      const before = offsets[i]!;
      const after = offsets[i + 1]!;
      if (wallMs < starts[i + 1]! + Math.min(before, after)) return 'plain';
      return after > before ? 'skipped' : 'repeated';
    },
  };
}

function tableOf(transitions: Transitions): Table {
  const { starts, offsets } = transitions;
  // Offset i holds for wall times from wallStarts[i] on. The larger offset at a change decides, whichever way the clocks
  // go: a skipped wall time and the first of a repeated one are both read with the offset before the change.
  const wallStarts = starts.map((start, i) => (i === 0 ? start : start + Math.max(offsets[i - 1]!, offsets[i]!)));
  return { ...transitions, byInstant: rangeFinder(starts), byWall: rangeFinder(wallStarts) };
}

/**
 * Finds the last i with starts[i] <= value; starts[0] is -Infinity. Bars come in time order, so nearly always the range
 * that was found last holds the next value too.
 */
function rangeFinder(starts: readonly number[]): (value: number) => number {
  const bounds = new Float64Array(starts.length + 1).fill(Infinity);
  bounds.set(starts);
  let found = 0;
  return (value) => {
    if (value >= bounds[found]! && value < bounds[found + 1]!) return found;
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (bounds[middle]! <= value) low = middle;
      else high = middle;
    }
    found = low;
    return low;
  };
}
