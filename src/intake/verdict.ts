import { zone } from '../time/zone.ts';
import { likelyZones } from './alternatives.ts';
import { neverCloses } from './around-the-clock.ts';
import type { Stamp } from './format.ts';
import type { Run } from './look.ts';
import type { ActiveRun } from './market-evidence.ts';
import { activeRun, marketEvidence, sessionsAround } from './market-evidence.ts';
import type { SharedBars } from './shared-stamps.ts';
import { sharedStamps } from './shared-stamps.ts';
import type { Certainty, Told } from './told.ts';
import { likely, sure } from './told.ts';

/** What the calendar, or bars that are here already, say of the files of a layout. Null where they say nothing. */
export interface Verdict {
  readonly zone: Told<string> | null;
  readonly stamp: Told<Stamp> | null;
  readonly dateOrder: Told<'dmy' | 'mdy'> | null;
}

/** By the signature of a layout. */
export type Verdicts = ReadonlyMap<string, Verdict>;
export const noVerdicts: Verdicts = new Map();

/** What is open about the files of a layout, and what was taken so far. */
export interface OpenQuestions {
  /** The zone that was taken; null where times are instants. */
  readonly zone: string | null;
  /** The zone may be another. */
  readonly isZoneOpen: boolean;
  readonly stamp: Stamp;
  /** The stamp may be another. */
  readonly isStampOpen: boolean;
  readonly intervalMs: number;
  readonly marketZone: string;
}

interface Hypothesis {
  /** Null for instants. */
  readonly zone: string | null;
  readonly stamp: Stamp;
}

interface Weighed extends Hypothesis {
  readonly fit: number;
  readonly closing: number;
  readonly reason: string;
}

/** Hypotheses that fit nearly as well as the best may be true as well. */
const nearly = 0.15;
/** A market after whose closes hardly anything is traded this often is the one whose hours these are. */
const clearClosing = 0.75;

/**
 * Weighs every zone and stamp that may be meant by what bars from all over the files show. Where several fit alike, such as New York
 * and London in a file without summer, that which was taken before stays.
 */
export async function weigh(runs: readonly Run[], open: OpenQuestions, shared: SharedBars | null): Promise<Verdict> {
  const hypotheses = hypothesesOf(open);
  if (hypotheses.length < 2) return { zone: null, stamp: null, dateOrder: null };
  const here = shared && (await sharedStamps(runs, hypotheses, open.intervalMs, startsUnder, shared));
  if (here) return verdictOf([{ ...here, fit: 1, closing: 0 }], open, 'sure');
  const active = runs.map(activeRun);
  const sessions = sessionsAround(active);
  const weighed: Weighed[] = [];
  for (const name of new Set(hypotheses.map((each) => each.zone))) {
    const atStamps = active.map(({ start }) => startsUnder(start, { zone: name, stamp: 'start' }, 0));
    for (const hypothesis of hypotheses.filter((each) => each.zone === name)) {
      const off = hypothesis.stamp === 'end' ? open.intervalMs : 0;
      const moved = active.map(({ activity }, i): ActiveRun => {
        return { start: off === 0 ? atStamps[i]! : atStamps[i]!.map((ms) => ms - off), activity };
      });
      weighed.push({ ...hypothesis, ...marketEvidence(moved, sessions, open.intervalMs) });
    }
  }
  const best = bestOf(weighed);
  if (best.length > 0 || !open.isZoneOpen || !neverCloses(runs)) return verdictOf(best, open, 'likely');
  return { zone: likely('UTC', roundTheClock), stamp: null, dateOrder: null };
}

const roundTheClock =
  'there are bars at all hours of Saturdays, as of a market that never closes; those are kept in UTC';

/** Those that fit best, or nearly so. */
function bestOf(weighed: readonly Weighed[]): Weighed[] {
  const best = Math.max(...weighed.map(({ fit }) => fit));
  const fitting = weighed.filter(({ fit }) => fit > 0 && fit >= best - nearly);
  const closing = fitting.filter((each) => each.closing >= clearClosing);
  return closing.length > 0 ? closing : fitting;
}

/** The instants at which bars start if their times are written so. */
function startsUnder(written: Float64Array, { zone: name, stamp }: Hypothesis, intervalMs: number): Float64Array {
  const off = stamp === 'end' ? intervalMs : 0;
  if (name === null) return written.map((ms) => ms - off);
  const { fromWall } = zone(name);
  return written.map((ms) => fromWall(ms) - off);
}

/** What was taken comes first, then its other stamp, then other zones. */
function hypothesesOf({ zone: taken, stamp, isZoneOpen, isStampOpen, marketZone }: OpenQuestions): Hypothesis[] {
  const zones = taken === null || !isZoneOpen ? [taken] : [...new Set([taken, marketZone, ...likelyZones])];
  const other = stamp === 'start' ? 'end' : 'start';
  const stamps: Stamp[] = isStampOpen ? [stamp, other] : [stamp];
  return zones.flatMap((name) => stamps.map((each) => ({ zone: name, stamp: each })));
}

function verdictOf(fitting: readonly Weighed[], open: OpenQuestions, certainty: Exclude<Certainty, 'guess'>): Verdict {
  const chosen = fitting.find(({ zone: name, stamp }) => name === open.zone && stamp === open.stamp) ?? fitting[0];
  if (!chosen) return { zone: null, stamp: null, dateOrder: null };
  const tell = certainty === 'sure' ? sure : likely;
  const others = [...new Set(fitting.map((each) => each.zone))].filter((name) => name !== chosen.zone);
  const alike = others.length === 0 ? '' : `; ${others.slice(0, 3).join(', ')} would fit as well`;
  const isStampTold = fitting.every((each) => each.zone !== chosen.zone || each.stamp === chosen.stamp);
  return {
    zone: chosen.zone === null || !open.isZoneOpen ? null : tell(chosen.zone, `${chosen.reason}${alike}`),
    stamp: open.isStampOpen && isStampTold ? tell(chosen.stamp, chosen.reason) : null,
    dateOrder: null,
  };
}
