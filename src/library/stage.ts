import { barColumns, type BarColumns } from '../bars/columns.ts';
import { Provenance } from '../bars/provenance.ts';
import { ring, Role } from '../memory/bell.ts';
import { columnOffset, stateOffset, type Block } from '../memory/block.ts';
import { digestWords, sessionsAhead, Word } from '../memory/layout.ts';
import { Timeline, type Frame } from '../memory/timeline.ts';
import { FeedDrops, symbolHash } from '../session/feed-drops.ts';
import { Mix } from '../session/mix.ts';
import type { PlanSymbol, RunPlan } from '../session/plan.ts';
import type { Chunk } from './chunk.ts';
import type { BarStore } from './store.ts';
import { Tape } from './tape.ts';

/**
 * Lays sessions out in the block ahead of their time: the bars that the feed will deliver as `staged`, and where the feed has
 * none, the bars of the first fill source that has one as candidates. Nobody sees either before the coordinator says so.
 */
export class Stager {
  private readonly plan: RunPlan;
  private readonly block: Block;
  private readonly timeline: Timeline;
  private readonly feed: readonly Tape[];
  private readonly sources: readonly (readonly (Tape | null)[])[];
  private readonly drops: FeedDrops;
  private readonly hashes: readonly number[];
  private scratch: BarColumns = barColumns(2_048);
  private next = 0;

  private constructor(
    plan: RunPlan,
    block: Block,
    feed: readonly Tape[],
    sources: readonly (readonly (Tape | null)[])[],
  ) {
    this.plan = plan;
    this.block = block;
    this.feed = feed;
    this.sources = sources;
    this.timeline = new Timeline(
      plan.sessions,
      plan.intervals.map(({ ms }) => ms),
    );
    this.drops = new FeedDrops(plan.config.feed.seed, plan.config.feed.dropRate);
    this.hashes = plan.symbols.map(({ name }) => symbolHash(name));
  }

  /** Finds the run's datasets in the store. Rejects, naming the symbol, when one is not there any more. */
  static async open(plan: RunPlan, block: Block, store: BarStore): Promise<Stager> {
    const manifests = new Map((await store.list()).map((manifest) => [manifest.id, manifest]));
    const tape = (symbol: PlanSymbol): Tape => {
      const entry = manifests.get(symbol.dataset)?.symbols[symbol.symbol];
      if (!entry) throw new Error(`The bars of ${symbol.name} are not in the library any more; import them again`);
      return new Tape(store, symbol.dataset, symbol.symbol, entry);
    };
    return new Stager(
      plan,
      block,
      plan.symbols.map(tape),
      plan.fillSources.map(({ symbols }) => symbols.map((symbol) => symbol && tape(symbol))),
    );
  }

  /** Whether every session of the run is laid out. */
  get done(): boolean {
    return this.next >= this.plan.sessions.length;
  }

  /** Whether a session is asked for and there is a slab for it. */
  ready(): boolean {
    const { words } = this.block;
    if (this.done) return false;
    const wanted = Math.max(Atomics.load(words, Word.wantedByUpkeep), Atomics.load(words, Word.wantedByCoordinator));
    return this.next < wanted && this.next <= Atomics.load(words, Word.session) + sessionsAhead;
  }

  /** Lays the next session out and publishes it. Rejects when its bars cannot be read. */
  async stageNext(): Promise<void> {
    const session = this.next;
    const frame = this.timeline.frame(session);
    const { from, to } = reach(frame);
    const waits: Promise<unknown>[] = [];
    for (const tapes of [this.feed, ...this.sources])
      for (const tape of tapes) {
        const wait = tape?.seek(from, to);
        if (wait) waits.push(wait);
      }
    if (waits.length > 0) await Promise.all(waits);
    this.lay(session, frame);
    this.next = session + 1;
    const { words } = this.block;
    words[Word.libraryBeat]!++;
    Atomics.store(words, Word.staged, this.next);
    ring(this.block, Role.coordinator);
    ring(this.block, Role.upkeep);
  }

  private lay(session: number, frame: Frame): void {
    const { block, plan } = this;
    const base = block.slabs[0]!;
    const slab = session % base.depth;
    const columns = columnOffset(base, block.symbols, session, 0);
    const length = block.symbols * base.slots;
    const states = stateOffset(base, session);
    base.states.fill(Provenance.empty, states, states + base.stateStride);
    for (const column of [base.open, base.high, base.low, base.close, base.volume])
      column.fill(0, columns, columns + length);
    const played = session >= plan.firstPlayed;
    let due = -1;
    for (let s = 0; s < block.symbols; s++) {
      const at = slab * block.symbols + s;
      block.stagedOutside[at] = 0;
      due = Math.max(due, this.place(this.feed[s]!, session, frame, s, Provenance.staged, played));
      for (let i = 0; played && i < this.sources.length; i++) {
        const tape = this.sources[i]![s];
        if (!tape) continue;
        const last = this.place(tape, session, frame, s, Provenance.candidate + i, false);
        if (plan.config.upkeep.enabled) due = Math.max(due, last);
      }
    }
    block.stagedLastDue[slab] = due;
    const mix = new Mix();
    for (const column of [base.open, base.high, base.low, base.close, base.volume])
      mix.words(
        new Int32Array(column.buffer, column.byteOffset, column.length * 2),
        columns * 2,
        (columns + length) * 2,
      );
    mix.digest(block.stagedDigest, slab * digestWords);
  }

  /**
   * Puts the bars of a tape into the free slots of a symbol; returns the last slot that got one, -1 for none. The feed's
   * (`Provenance.staged`) are thinned by the feed fault when `faulty`, and those outside the session are counted.
   */
  private place(tape: Tape, session: number, frame: Frame, symbol: number, state: number, faulty: boolean): number {
    const { block, drops } = this;
    const base = block.slabs[0]!;
    const { states, open, high, low, close, volume } = base;
    const { symbols } = block;
    const grid = frame.grids[0]!;
    const columnsAt = columnOffset(base, symbols, session, symbol);
    const statesAt = stateOffset(base, session) + symbol;
    const isFeed = state === Provenance.staged;
    const { dayStart, dayEnd } = frame.session;
    const { from, to } = reach(frame);
    let last = -1;
    let outside = 0;
    const visit = (chunk: Chunk, index: number): void => {
      const scratch = this.decode(chunk, index);
      for (let i = 0; i < scratch.count; i++) {
        const start = scratch.start[i]!;
        const slot = grid.slotAt(start);
        if (slot < 0) {
          if (start >= dayStart && start < dayEnd) outside++;
          continue;
        }
        if (faulty && drops.loses(this.hashes[symbol]!, start)) continue;
        const stateAt = statesAt + slot * symbols;
        if (states[stateAt] !== Provenance.empty) continue;
        states[stateAt] = state;
        const at = columnsAt + slot;
        open[at] = scratch.open[i]!;
        high[at] = scratch.high[i]!;
        low[at] = scratch.low[i]!;
        close[at] = scratch.close[i]!;
        volume[at] = scratch.volume[i]!;
        if (slot > last) last = slot;
      }
    };
    tape.blocks(from, to, visit);
    if (isFeed) block.stagedOutside[(session % base.depth) * symbols + symbol] = outside;
    return last;
  }

  private decode(chunk: Chunk, index: number): BarColumns {
    const count = chunk.count[index]!;
    if (count > this.scratch.start.length) this.scratch = barColumns(count * 2);
    chunk.decodeBlock(index, this.scratch);
    return this.scratch;
  }
}

/** The time whose bars concern a session: its day and its hours. */
function reach({ session }: Frame): { from: number; to: number } {
  return { from: Math.min(session.dayStart, session.open), to: Math.max(session.dayEnd, session.close) };
}
