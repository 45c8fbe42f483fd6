import { Provenance } from '../../src/bars/provenance.ts';
import type { BarColumns } from '../../src/bars/columns.ts';
import type { Bar } from '../../src/memory/view.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { instant } from '../../src/time/instant.ts';
import type { Session } from '../../src/time/session.ts';
import { rowsOf, type Row } from './walk.ts';

interface Slot {
  readonly start: number;
  readonly end: number;
}

/** A bar and the number of played slots from which on it is there. */
interface Shown {
  readonly bar: Bar;
  readonly from: number;
}

/**
 * What a run must show, worked out from the rows in the slowest and plainest way: every question goes through all bars.
 * Shares nothing with the block, the grids and the loops.
 */
export class TapeModel {
  private readonly plan: RunPlan;
  private readonly feed: readonly Map<number, Row>[];
  private readonly sources: readonly (readonly Map<number, Row>[])[];
  private readonly shown = new Map<string, Shown[]>();
  private readonly cut = new Map<string, Slot[]>();

  /** `feed` by symbol, `sources` by fill source and symbol. */
  constructor(plan: RunPlan, feed: readonly BarColumns[], sources: readonly (readonly BarColumns[])[] = []) {
    const byStart = (columns: BarColumns): Map<number, Row> => new Map(rowsOf(columns).map((row) => [row[0], row]));
    this.plan = plan;
    this.feed = feed.map(byStart);
    this.sources = sources.map((symbols) => symbols.map(byStart));
  }

  /** The bars of a session that are visible after that many base slots of it, oldest first. */
  bars(symbol: number, interval: number, session: number, slots: number): Bar[] {
    const base = this.base(symbol, session).filter(({ from }) => from <= slots);
    if (interval === 0) return base.map(({ bar }) => bar);
    const ends = this.slots(session, 0).map(({ end }) => end);
    return this.slots(session, interval).flatMap(({ start, end }) => {
      if (slots < 1 || end > ends[slots - 1]!) return [];
      const parts = base.map(({ bar }) => bar).filter((bar) => bar.start >= start && bar.start < end);
      if (parts.length === 0) return [];
      const expected = this.slots(session, 0).filter((slot) => slot.start >= start && slot.start < end).length;
      return {
        start: instant(start),
        open: parts[0]!.open,
        high: Math.max(...parts.map(({ high }) => high)),
        low: Math.min(...parts.map(({ low }) => low)),
        close: parts.at(-1)!.close,
        volume: parts.reduce((sum, { volume }) => sum + volume, 0),
        provenance: parts.length === expected ? Provenance.whole : Provenance.incomplete,
      };
    });
  }

  /** The bars of the trailing sessions and of this one, oldest first. */
  across(symbol: number, interval: number, session: number, slots: number): Bar[] {
    const oldest = Math.max(0, session - this.plan.intervals[interval]!.historySessions);
    const bars: Bar[] = [];
    for (let s = oldest; s < session; s++) bars.push(...this.bars(symbol, interval, s, this.slots(s, 0).length));
    return [...bars, ...this.bars(symbol, interval, session, slots)];
  }

  /** Slots of a session, each open stretch cut from its start. */
  slots(session: number, interval: number): readonly Slot[] {
    const key = `${session} ${interval}`;
    const known = this.cut.get(key);
    if (known) return known;
    const { ms } = this.plan.intervals[interval]!;
    const slots: Slot[] = [];
    for (const [from, to] of stretches(this.plan.sessions[session]!))
      for (let start = from; start < to; start += ms) slots.push({ start, end: Math.min(start + ms, to) });
    this.cut.set(key, slots);
    return slots;
  }

  private base(symbol: number, session: number): Shown[] {
    const key = `${symbol} ${session}`;
    let shown = this.shown.get(key);
    if (!shown) this.shown.set(key, (shown = this.work(symbol, session)));
    return shown;
  }

  private work(symbol: number, session: number): Shown[] {
    const slots = this.slots(session, 0);
    const { upkeep } = this.plan.config;
    const { open } = this.plan.sessions[session]!;
    const checks = slots.map(({ end }, i) => {
      if (i === slots.length - 1) return true;
      const before = i === 0 ? open : slots[i - 1]!.end;
      for (let at = open as number; at <= end; at += upkeep.checkIntervalSeconds * 1_000)
        if (at > before && at > open) return true;
      return false;
    });
    const fills = upkeep.enabled && session >= this.plan.firstPlayed;
    return slots.flatMap(({ start }, i): Shown[] => {
      const streamed = this.feed[symbol]!.get(start);
      if (streamed) return [{ bar: barOf(streamed, Provenance.streamed), from: i + 1 }];
      const filled = fills ? this.sources.map((source) => source[symbol]!.get(start)).find(Boolean) : undefined;
      if (!filled) return [];
      return [{ bar: barOf(filled, Provenance.filled), from: checks.findIndex((check, k) => check && k >= i) + 1 }];
    });
  }
}

function stretches({ open, close, breaks }: Session): [number, number][] {
  const edges = [open, ...breaks.flatMap(({ start, end }) => [start, end]), close];
  return edges.flatMap((edge, i): [number, number][] => (i % 2 === 0 ? [[edge, edges[i + 1]!]] : []));
}

function barOf([start, open, high, low, close, volume]: Row, provenance: number): Bar {
  return { start: instant(start), open, high, low, close, volume, provenance };
}
