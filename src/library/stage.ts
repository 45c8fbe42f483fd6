import { barColumns, type BarColumns } from '../bars/columns.ts';
import { Provenance } from '../bars/provenance.ts';
import type { RecordKind } from '../bars/records.ts';
import { ring, Role } from '../memory/bell.ts';
import { columnOffset, stateOffset, type Block, type Columns } from '../memory/block.ts';
import { Courtesy } from '../memory/drawing.ts';
import { stepWords, Word } from '../memory/layout.ts';
import { mayLayOut, publishStaged } from '../memory/protocol.ts';
import { clearStagedFault, putStagedFault } from '../memory/staged-fault.ts';
import type { OwnSlots } from '../memory/own-slots.ts';
import type { Frame, Timeline } from '../memory/timeline.ts';
import { hasFaults } from '../session/feed-faults.ts';
import type { PlanSymbol, RunPlan } from '../session/plan.ts';
import { stateCauses } from '../session/state.ts';
import { timelineOf } from '../session/run-timeline.ts';
import { clearSteps, columnWords, stepBars, type ColumnWords } from '../session/steps.ts';
import { AdjustedPrices } from './adjusted-prices.ts';
import type { Chunk } from './chunk.ts';
import { FittedBars } from './fitted-bars.ts';
import { StageFaults } from './stage-faults.ts';
import type { Grid } from '../time/grid.ts';
import { dayNumber } from '../time/day.ts';
import { day } from '../time/instant.ts';
import type { Manifest, SymbolEntry } from './manifest.ts';
import type { BarReader } from './store.ts';
import { RecordFlow } from './record-flow.ts';
import { RecordTape } from './record-tape.ts';
import { Tape, type BarTape } from './tape.ts';
import { TickBars } from './tick-bars.ts';

/**
 * Lays sessions out in the block ahead of their time: the bars that the feed will deliver as `staged`, and where the feed has
 * none, the bars of the first fill source that has one as candidates. Nobody sees either before the coordinator says so.
 */
export class Stager {
  private readonly plan: RunPlan;
  private readonly block: Block;
  private readonly store: BarReader;
  private readonly timeline: Timeline;
  private readonly feed: readonly BarTape[];
  private readonly sources: readonly (readonly (BarTape | null)[])[];
  private readonly flow: RecordFlow | null;
  private readonly adjusted: AdjustedPrices | null;
  private readonly words: ColumnWords;
  private readonly faults: StageFaults | null;
  private readonly wallMs: () => number;
  private readonly courtesy: Courtesy;
  /** The bars of the block that was decoded last. */
  private scratch: BarColumns = barColumns(2_048);
  private readonly fitted = new FittedBars();
  private decodedChunk: Chunk | null = null;
  private decodedIndex = -1;
  /** By base slot: the states of the symbol that is being laid out. */
  private readonly states: Uint8Array;
  /** Slots without a bar, of the symbol that is being laid out. */
  private readonly gaps: Int32Array;
  private gapCount = 0;
  private next: number;
  /** Something of the run could be read. */
  private hasLaid = false;

  private constructor(
    plan: RunPlan,
    block: Block,
    store: BarReader,
    feed: readonly BarTape[],
    sources: readonly (readonly (BarTape | null)[])[],
    records: readonly RecordTape[],
    adjusted: AdjustedPrices | null,
    wallMs: () => number,
  ) {
    this.plan = plan;
    this.block = block;
    this.store = store;
    this.feed = feed;
    this.adjusted = adjusted;
    this.sources = sources;
    this.flow = records.length > 0 ? new RecordFlow(plan, block, records) : null;
    this.timeline = timelineOf(plan);
    this.next = block.words[Word.origin]!;
    this.states = new Uint8Array(block.slabs[0]!.slots);
    this.gaps = new Int32Array(block.slabs[0]!.slots);
    this.words = columnWords(block.slabs[0]!);
    this.faults = hasFaults(plan.config) ? new StageFaults(plan, block) : null;
    this.wallMs = wallMs;
    this.courtesy = new Courtesy(block, wallMs);
  }

  /**
   * Finds the run's datasets in the store. Rejects, naming the symbol, when one is not there any more. `wallMs` gives epoch
   * milliseconds: sessions say when they were laid out.
   */
  static async open(
    plan: RunPlan,
    block: Block,
    store: BarReader,
    wallMs: () => number = () => performance.timeOrigin + performance.now(),
  ): Promise<Stager> {
    const manifests = new Map((await store.all()).map((manifest) => [manifest.id, manifest]));
    // A dataset that is feed and fill source at once is read and decoded once.
    const tapes = new Map<string, BarTape>();
    const recordTape = (dataset: string, symbol: number, name: string, kind: RecordKind): RecordTape => {
      return new RecordTape(store, dataset, symbol, entryOf(manifests, dataset, symbol, kind, name), kind);
    };
    const tape = (symbol: PlanSymbol): BarTape => {
      if (symbol.ofTicks)
        return new TickBars(recordTape(symbol.dataset, symbol.symbol, symbol.name, 'ticks'), symbol.intervalMs);
      const key = `${symbol.symbol}/${symbol.dataset}`;
      const known = tapes.get(key);
      if (known) return known;
      const opened = new Tape(
        store,
        symbol.dataset,
        symbol.symbol,
        entryOf(manifests, symbol.dataset, symbol.symbol, 'bars', symbol.name),
      );
      tapes.set(key, opened);
      return opened;
    };
    return new Stager(
      plan,
      block,
      store,
      plan.symbols.map(tape),
      plan.fillSources.map(({ symbols }) => symbols.map((symbol) => symbol && tape(symbol))),
      plan.records.map(({ kind, symbol, dataset, entry }) =>
        recordTape(dataset, entry, plan.symbols[symbol]!.name, kind),
      ),
      await AdjustedPrices.open(plan, manifests, store),
      wallMs,
    );
  }

  /** Whether every session of the run is laid out, and all quotes and ticks are written. */
  get done(): boolean {
    return this.next >= this.plan.sessions.length && (this.flow === null || this.flow.done);
  }

  /** Whether quotes and ticks can be written ahead, or a session is asked for and there is a slab for it. */
  ready(): boolean {
    return this.flow?.ready(this.next) === true || this.isAsked();
  }

  private isAsked(): boolean {
    const { header } = this.block;
    if (this.next >= this.plan.sessions.length) return false;
    const wanted = Math.max(header.load(Word.wantedByUpkeep), header.load(Word.wantedByCoordinator));
    return this.next < wanted && mayLayOut(header, this.next, this.block.layout.ahead);
  }

  /** Writes quotes and ticks ahead, or lays the next session out and publishes it. Rejects when storage is gone altogether. */
  async stageNext(): Promise<void> {
    if (this.flow?.ready(this.next)) return this.flow.pump();
    this.courtesy.rest();
    const session = this.next;
    const frame = this.timeline.frame(session);
    const waits: Promise<unknown>[] = [];
    const stored = [this.plan.symbols, ...this.plan.fillSources.map(({ symbols }) => symbols)];
    for (const [i, tapes] of [this.feed, ...this.sources].entries())
      for (const [s, tape] of tapes.entries()) {
        const { from, to } = reach(frame, stored[i]![s]?.storedMs ?? 0);
        const wait = tape?.seek(from, to, frame.own?.[s]?.grid ?? frame.grids[0]!);
        if (wait) waits.push(tapes === this.feed ? wait : wait.catch(ofFill));
      }
    try {
      if (waits.length > 0) await Promise.all(waits);
      this.lay(session, frame);
      clearStagedFault(this.block, session);
      this.hasLaid = true;
    } catch (error) {
      await this.spoil(session, frame, error);
    }
    this.next = session + 1;
    const { header, words, stagedAt, slabs } = this.block;
    stagedAt[session % slabs[0]!.depth] = this.wallMs();
    words[Word.libraryBeat]!++;
    publishStaged(header, this.next);
    ring(this.block, Role.coordinator);
    ring(this.block, Role.upkeep);
  }

  /**
   * A session whose bars cannot be read is laid out empty, with the reason: it fails alone. Rejects when storage is gone
   * altogether: a dataset of the run is not listed any more, or nothing of its feed can be read.
   */
  private async spoil(session: number, frame: Frame, error: unknown): Promise<void> {
    const reason = error instanceof UnreadableFill ? error.cause : error;
    this.inventory(new Map((await this.store.all()).map((manifest) => [manifest.id, manifest])));
    if (!this.hasLaid && !(await this.readsAnything())) throw reason;
    this.layEmpty(session, frame);
    const cause = stateCauses.indexOf(error instanceof UnreadableFill ? 'error in a fill' : 'error in the feed');
    putStagedFault(this.block, session, { cause, words: reason instanceof Error ? reason.message : String(reason) });
  }

  private async readsAnything(): Promise<boolean> {
    for (const tape of this.feed) if (tape instanceof Tape && (await tape.readsAnything())) return true;
    return false;
  }

  /** Throws, naming the symbol, when a dataset of the run is not there. */
  private inventory(manifests: ReadonlyMap<string, Manifest>): void {
    for (const each of [...this.plan.symbols, ...this.plan.fillSources.flatMap(({ symbols }) => symbols)])
      if (each) entryOf(manifests, each.dataset, each.symbol, each.ofTicks ? 'ticks' : 'bars', each.name);
  }

  private layEmpty(session: number, frame: Frame): void {
    const { block } = this;
    const base = block.slabs[0]!;
    const slab = session % base.depth;
    const columns = columnOffset(base, block.symbols, session, 0);
    const states = stateOffset(base, session);
    base.states.fill(Provenance.empty, states, states + base.stateStride);
    for (const column of [base.open, base.high, base.low, base.close, base.volume])
      column.fill(0, columns, columns + block.symbols * base.slots);
    this.faults?.begin(session, frame);
    this.faults?.end();
    clearSteps(block.stagedSteps, slab * base.slots * stepWords, base.slots);
    block.stagedLastDue.fill(-1, slab * block.symbols, (slab + 1) * block.symbols);
    for (const counts of [block.stagedOutside, block.stagedOffGrid])
      counts.fill(0, slab * block.symbols, (slab + 1) * block.symbols);
  }

  private lay(session: number, frame: Frame): void {
    const { block, plan } = this;
    const base = block.slabs[0]!;
    const slab = session % base.depth;
    const { count } = frame.grids[0]!;
    const columns = columnOffset(base, block.symbols, session, 0);
    const states = stateOffset(base, session);
    // Most slots are staged; `putStates` says of the others what they are.
    base.states.fill(Provenance.staged, states, states + count * block.symbols);
    base.states.fill(Provenance.empty, states + count * block.symbols, states + base.stateStride);
    const played = session >= plan.firstPlayed;
    const stepsAt = slab * base.slots * stepWords;
    clearSteps(block.stagedSteps, stepsAt, base.slots);
    const faults = played ? this.faults : null;
    this.faults?.begin(session, frame);
    for (let s = 0; s < block.symbols; s++) {
      this.courtesy.rest();
      this.states.fill(Provenance.empty);
      faults?.beginSymbol();
      let due = this.layFeed(session, frame, s, faults);
      for (let i = 0; played && i < this.sources.length; i++) {
        const tape = this.sources[i]![s];
        if (!tape || !this.findGaps(frame, s)) continue;
        const last = orOfFill(() => this.layCandidates(tape, plan.fillSources[i]!.symbols[s]!, session, frame, s, i));
        if (plan.config.upkeep.enabled) due = Math.max(due, last);
      }
      if (faults) due = Math.max(due, faults.endSymbol(s, this.states));
      block.stagedLastDue[slab * block.symbols + s] = due;
      this.putStates(states + s, columns + s * base.slots, count);
      this.adjusted?.adjust(base, columns + s * base.slots, count, s, frame.session);
      if (played) stepBars(this.words, columns + s * base.slots, count, block.stagedSteps, stepsAt);
    }
    this.faults?.end();
  }

  /** Puts the states of a symbol into the slab, where they lie by slot; a slot without a bar gets zeros. */
  private putStates(at: number, columns: number, count: number): void {
    const { states } = this;
    const { slabs, symbols } = this.block;
    const base = slabs[0]!;
    for (let slot = 0; slot < count; slot++) {
      const state = states[slot]!;
      if (state === Provenance.staged) continue;
      base.states[at + slot * symbols] = state;
      if (state === Provenance.empty) clear(base, columns + slot);
    }
    for (let slot = count; slot < base.slots; slot++) clear(base, columns + slot);
  }

  /**
   * Lays the feed's bars out, less those that its faults lose; returns the last slot that has one on time, -1 for none. Bars that
   * start inside the session and in no slot's place are not played; they are counted, apart from those outside.
   */
  private layFeed(session: number, frame: Frame, symbol: number, faults: StageFaults | null): number {
    const { block } = this;
    const base = block.slabs[0]!;
    const grid = frame.grids[0]!;
    const { states } = this;
    const columnsAt = columnOffset(base, block.symbols, session, symbol);
    const { dayStart, dayEnd } = frame.session;
    const { from, to } = reach(frame, this.plan.symbols[symbol]!.storedMs);
    const own = frame.own?.[symbol] ?? null;
    let last = -1;
    let offGrid = 0;
    let notInSession = 0;
    const unfit = this.read(this.feed[symbol]!, this.plan.symbols[symbol]!, frame, symbol, from, to, (bars) => {
      for (let i = 0; i < bars.count;) {
        const start = bars.start[i]!;
        const slot = own ? placeIn(own, start) : grid.slotAt(start);
        if (slot < 0) {
          if (isOpen(grid, start)) offGrid++;
          else if (start >= dayStart && start < dayEnd) notInSession++;
          i++;
          continue;
        }
        const length = own ? 1 : runLength(bars, i, grid, slot);
        copyRun(bars, i, length, base, columnsAt + slot);
        if (faults) for (let k = 0; k < length; k++) states[slot + k] = faults.meet(symbol, slot + k, bars, i + k);
        else states.fill(Provenance.staged, slot, slot + length);
        i += length;
        last = slot + length - 1;
      }
    });
    while (last >= 0 && states[last] !== Provenance.staged) last--;
    const place = (session % base.depth) * block.symbols + symbol;
    block.stagedOutside[place] = notInSession + unfit;
    block.stagedOffGrid[place] = offGrid;
    return last;
  }

  /** Lays a fill source's bars out in the gaps that were found; returns the last slot that got one, -1 for none. */
  private layCandidates(
    tape: BarTape,
    stored: PlanSymbol,
    session: number,
    frame: Frame,
    symbol: number,
    source: number,
  ): number {
    const { block, gaps, states } = this;
    const base = block.slabs[0]!;
    const { starts } = frame.own?.[symbol] ?? frame.grids[0]!;
    const columnsAt = columnOffset(base, block.symbols, session, symbol);
    let last = -1;
    const { from, to } = reach(frame, stored.storedMs);
    this.read(tape, stored, frame, symbol, from, to, (bars) => {
      for (let k = 0, from = 0; k < this.gapCount; k++) {
        const slot = gaps[k]!;
        const i = firstFrom(bars, from, starts[slot]!);
        from = i;
        if (i === bars.count || bars.start[i] !== starts[slot]) continue;
        states[slot] = Provenance.candidate + source;
        copyRun(bars, i, 1, base, columnsAt + slot);
        last = Math.max(last, slot);
      }
    });
    return last;
  }

  /**
   * Notes the slots of a symbol that neither the feed nor an earlier source fills, and those whose bar comes so late that upkeep
   * looks them up before; false when there are none.
   */
  private findGaps(frame: Frame, symbol: number): boolean {
    const { states } = this;
    const { count } = frame.grids[0]!;
    this.gapCount = 0;
    const expected = frame.own?.[symbol]?.expected;
    for (let slot = 0; slot < count; slot++) {
      const state = states[slot];
      if (state === Provenance.staged || expected?.[slot] === 0) continue;
      if (state === Provenance.empty || (state === Provenance.late && this.faults!.isMissedFirst(slot)))
        this.gaps[this.gapCount++] = slot;
    }
    return this.gapCount > 0;
  }

  /**
   * Reads the stored bars of a symbol in `[from, to)`, in time order: block by block as they are, or at once where they have to be
   * made to fit the session's slots. Returns how many of the latter lie outside the session.
   */
  private read(
    tape: BarTape,
    { storedMs, intervalMs }: PlanSymbol,
    frame: Frame,
    symbol: number,
    from: number,
    to: number,
    visit: (bars: BarColumns) => void,
  ): number {
    if (storedMs === intervalMs && storedMs < day) {
      tape.blocks(from, to, (chunk, index) => visit(this.decode(chunk, index)));
      return 0;
    }
    const { fitted } = this;
    fitted.begin(frame, frame.own?.[symbol]?.grid ?? frame.grids[0]!, storedMs);
    tape.blocks(from, to, (chunk, index) => fitted.add(this.decode(chunk, index)));
    visit(fitted.columns);
    return fitted.outside;
  }

  private decode(chunk: Chunk, index: number): BarColumns {
    if (chunk === this.decodedChunk && index === this.decodedIndex) return this.scratch;
    const count = chunk.count[index]!;
    if (count > this.scratch.start.length) this.scratch = barColumns(count * 2);
    chunk.decodeBlock(index, this.scratch);
    this.decodedChunk = chunk;
    this.decodedIndex = index;
    return this.scratch;
  }
}

/** Bars of a fill source cannot be read; the reason is the cause. */
class UnreadableFill extends Error {}

function ofFill(reason: unknown): never {
  throw new UnreadableFill('a fill source cannot be read', { cause: reason });
}

function orOfFill(lay: () => number): number {
  try {
    return lay();
  } catch (error) {
    return ofFill(error);
  }
}

/** Where a symbol's bars, quotes or ticks are. Throws when its dataset is not in the library. */
function entryOf(
  manifests: ReadonlyMap<string, Manifest>,
  dataset: string,
  symbol: number,
  kind: string,
  name: string,
): SymbolEntry {
  const entry = manifests.get(dataset)?.symbols[symbol];
  if (!entry) throw new Error(`The ${kind} of ${name} are not in the library any more; import them again`);
  return entry;
}

/** Place of the first bar from `from` on that starts at or after a time; the count when there is none. */
function firstFrom(bars: BarColumns, from: number, start: number): number {
  let low = from;
  let high = bars.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bars.start[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The base slot of a bar of a symbol whose bars are longer than the base; -1 when none has its start. */
function placeIn(own: OwnSlots, start: number): number {
  const bar = own.grid.slotAt(start);
  return bar < 0 ? -1 : own.place[bar]!;
}

/** The time whose bars of that length concern a session: its day and its hours; a bar of a day can be stamped at midnight UTC. */
function reach({ session }: Frame, storedMs: number): { from: number; to: number } {
  const stamp = storedMs < day ? Infinity : dayNumber(session.date) * day;
  return { from: Math.min(session.dayStart, session.open, stamp), to: Math.max(session.dayEnd, session.close) };
}

/** Bars from `i` on that lie in neighbouring slots, `slot` being the first. */
function runLength(bars: BarColumns, i: number, grid: Grid, slot: number): number {
  let length = 1;
  while (i + length < bars.count && slot + length < grid.count && bars.start[i + length] === grid.starts[slot + length])
    length++;
  return length;
}

function copyRun(bars: BarColumns, i: number, length: number, to: Columns, at: number): void {
  if (length < 16) {
    for (let k = 0; k < length; k++) {
      to.open[at + k] = bars.open[i + k]!;
      to.high[at + k] = bars.high[i + k]!;
      to.low[at + k] = bars.low[i + k]!;
      to.close[at + k] = bars.close[i + k]!;
      to.volume[at + k] = bars.volume[i + k]!;
    }
    return;
  }
  to.open.set(bars.open.subarray(i, i + length), at);
  to.high.set(bars.high.subarray(i, i + length), at);
  to.low.set(bars.low.subarray(i, i + length), at);
  to.close.set(bars.close.subarray(i, i + length), at);
  to.volume.set(bars.volume.subarray(i, i + length), at);
}

/** A slot without a bar holds zeros, so that its digest depends on the bars alone. */
function clear(columns: Columns, at: number): void {
  columns.open[at] = 0;
  columns.high[at] = 0;
  columns.low[at] = 0;
  columns.close[at] = 0;
  columns.volume[at] = 0;
}

/** Whether the session is open at a time; a bar that starts then and in no slot's place is off the grid. */
function isOpen(grid: Grid, at: number): boolean {
  return grid.segments.some(({ start, end }) => at >= start && at < end);
}
