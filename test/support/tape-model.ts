import { Fate, outcomeOf } from '../../src/bars/fate.ts';
import { Provenance } from '../../src/bars/provenance.ts';
import type { BarColumns } from '../../src/bars/columns.ts';
import type { Bar } from '../../src/memory/view.ts';
import { FeedFaults } from '../../src/session/feed-faults.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { instant } from '../../src/time/instant.ts';
import type { Session } from '../../src/time/session.ts';
import { columnsOf, rowsOf, type Row } from './walk.ts';

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
  /** Gives the luck; what follows from it is worked out here. */
  private readonly faults: FeedFaults;
  private readonly shown = new Map<string, Shown[]>();
  private readonly cut = new Map<string, Slot[]>();

  /** `feed` by symbol, `sources` by fill source and symbol. */
  constructor(plan: RunPlan, feed: readonly BarColumns[], sources: readonly (readonly BarColumns[])[] = []) {
    const byStart = (columns: BarColumns): Map<number, Row> => new Map(rowsOf(columns).map((row) => [row[0], row]));
    this.plan = plan;
    this.feed = feed.map(byStart);
    this.faults = new FeedFaults(plan);
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
        provenance: derivedProvenance(parts, expected),
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
    const played = session >= this.plan.firstPlayed;
    const mends = upkeep.enabled && played;
    const shown: Shown[] = [];
    const givenUp: { slot: number; at: number }[] = [];
    slots.forEach((slot, i) => {
      const row = this.feed[symbol]!.get(slot.start);
      const { arrives, rejected } = played ? this.meet(symbol, slots, i, row) : { arrives: row && i, rejected: false };
      const check = mends ? checks.findIndex((check, k) => check && k >= i) : Infinity;
      if (row && arrives !== undefined && arrives <= check) {
        shown.push({ bar: barOf(row, Provenance.streamed), from: arrives + 1 });
        return;
      }
      const source = mends ? this.sources.map((source) => source[symbol]!.get(slot.start)).find(Boolean) : undefined;
      if (source) {
        shown.push({ bar: barOf(source, rejected ? Provenance.repaired : Provenance.filled), from: check + 1 });
        return;
      }
      const tries = this.sources.length === 0 ? 1 : 1 + (upkeep.retryMissingBars ? upkeep.maxRetries : 0);
      const later = checks.flatMap((each, k) => (each && k >= check ? [k] : []));
      const last = later[tries - 1] ?? Infinity;
      if (mends && upkeep.carryLastPrice && last < (arrives ?? Infinity)) givenUp.push({ slot: i, at: last });
      if (row && arrives !== undefined) shown.push({ bar: barOf(row, Provenance.streamed), from: arrives + 1 });
    });
    for (const { slot, at } of givenUp.sort((a, b) => a.at - b.at || a.slot - b.slot)) {
      const { start } = slots[slot]!;
      const earlier = shown.filter(({ bar, from }) => bar.start < start && from <= at + 1);
      const before = earlier.sort((a, b) => a.bar.start - b.bar.start).at(-1)?.bar ?? this.before(symbol, session);
      if (!before) continue;
      const late = shown.findIndex(({ bar }) => bar.start === start);
      if (late >= 0) shown.splice(late, 1);
      shown.push({ bar: madeUp(start, before.close), from: at + 1 });
    }
    return shown.sort((a, b) => a.bar.start - b.bar.start);
  }

  /** The last bar of the sessions before this one that are kept. */
  private before(symbol: number, session: number): Bar | undefined {
    const oldest = Math.max(0, session - this.plan.intervals[0]!.historySessions);
    for (let s = session - 1; s >= oldest; s--) {
      const bar = this.bars(symbol, 0, s, this.slots(s, 0).length).at(-1);
      if (bar) return bar;
    }
    return undefined;
  }

  /** At the end of which slot a bar of the feed arrives, undefined for never, and whether it was rejected. */
  private meet(
    symbol: number,
    slots: readonly Slot[],
    i: number,
    row: Row | undefined,
  ): { arrives: number | undefined; rejected: boolean } {
    if (!row) return { arrives: undefined, rejected: false };
    const { end } = slots[i]!;
    const { outages, delayMinutes } = this.plan.config.feed;
    const { name } = this.plan.symbols[symbol]!;
    const isOut = outages.some(
      (each) =>
        (each.symbol === null || each.symbol === name) && end >= Date.parse(each.from) && end < Date.parse(each.to),
    );
    const fate = this.faults.fateOf(symbol, columnsOf([row]), 0, end);
    if (isOut) return { arrives: undefined, rejected: false };
    switch (outcomeOf(fate)) {
      case Fate.onTime:
        return { arrives: i, rejected: false };
      case Fate.rejected:
        return { arrives: undefined, rejected: true };
      case Fate.delayed: {
        const at = slots.findIndex((slot) => slot.end >= end + delayMinutes * 60_000);
        return { arrives: at < 0 ? undefined : at, rejected: false };
      }
      case Fate.reordered:
        return { arrives: Math.min(i + 1, slots.length - 1), rejected: false };
      default:
        return { arrives: undefined, rejected: false };
    }
  }
}

function derivedProvenance(parts: readonly Bar[], expected: number): number {
  const real = parts.filter(({ provenance }) => provenance !== Provenance.madeUp).length;
  if (real === 0) return Provenance.madeUp;
  return real === expected ? Provenance.whole : Provenance.incomplete;
}

function madeUp(start: number, price: number): Bar {
  return barOf([start, price, price, price, price, 0], Provenance.madeUp);
}

function stretches({ open, close, breaks }: Session): [number, number][] {
  const edges = [open, ...breaks.flatMap(({ start, end }) => [start, end]), close];
  return edges.flatMap((edge, i): [number, number][] => (i % 2 === 0 ? [[edge, edges[i + 1]!]] : []));
}

function barOf([start, open, high, low, close, volume]: Row, provenance: number): Bar {
  return { start: instant(start), open, high, low, close, volume, provenance };
}
