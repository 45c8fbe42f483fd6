import { Provenance } from '../bars/provenance.ts';
import { columnOffset, stateOffset, type Block } from '../memory/block.ts';
import { stepWords } from '../memory/layout.ts';
import type { Frame } from '../memory/timeline.ts';
import { linksOf, sessionReport, type SessionAccount, type StateChange } from './account.ts';
import type { Happened } from '../strategy/happened.ts';
import { countFeed } from './feed-counts.ts';
import { hasFaults } from './feed-faults.ts';
import { FingerprintChain } from './fingerprint.ts';
import { hexWords, Mix } from './mix.ts';
import type { RunPlan } from './plan.ts';
import { RecordAccount } from './record-account.ts';
import type { SessionReport } from './report.ts';
import { sessionStates, type SessionState, type StateCause } from './state.ts';
import { chainSteps, clearSteps, columnWords, stepBars, stepStates, stepWord, type ColumnWords } from './steps.ts';

/** Any state byte from `candidate` on has one of these bits. */
const candidateBits = 0xf0f0f0f0;
/** Of the states of derived slots, `incomplete` alone is odd. */
const incompleteBits = 0x01010101;

/**
 * Keeps the run log: what happened in the session that plays, and the closed account of those that ended. What happens is
 * digested by the base slot at whose end it happens, and the slots are chained (see steps.ts).
 */
export class Ledger {
  /** Null in a run without quotes and ticks. */
  readonly records: RecordAccount | null;
  private readonly plan: RunPlan;
  private readonly block: Block;
  private readonly chain: FingerprintChain;
  private readonly lookUps: Int32Array;
  private changes: StateChange[] = [];
  /** Sessions that ended, and their digests as far as somebody asked; until their reports are made. */
  private readonly accounts: SessionAccount[] = [];
  private digests: string[] = [];
  private readonly reports: SessionReport[];
  /** `[slot][2]`: what happened so far at the ends of the slots. */
  private readonly events: Int32Array;
  /** `[slot][2]`: all that a step covers; while a session is closed. After the last slot's, what came after the close. */
  private readonly steps: Int32Array;
  /** `[slot of a derived interval][2]`. */
  private readonly derivedSteps: Int32Array;
  /** Scratch: the states of a row of slots, or-ed. */
  private readonly seen: Int32Array;
  /** By base slot: the slot after it, as a bucket of itself. */
  private readonly ownEnds: Int32Array;
  private readonly columns: readonly ColumnWords[];
  private readonly states: readonly Int32Array[];
  /** The last link of the chain of steps. */
  private link: number;

  /** `before`: the reports of the sessions that were played already, when a run is taken up at a later one. */
  constructor(plan: RunPlan, block: Block, before: readonly SessionReport[] = []) {
    this.plan = plan;
    this.records = plan.records.length > 0 ? new RecordAccount(block.symbols) : null;
    this.block = block;
    this.reports = [...before];
    const last = before.at(-1);
    this.chain = new FingerprintChain(plan, last?.digest);
    this.link = (last && linksOf(last)?.at(-1)) ?? this.chain.word;
    this.lookUps = new Int32Array(block.symbols);
    this.events = new Int32Array(block.slabs[0]!.slots * stepWords);
    this.steps = new Int32Array(this.events.length + stepWords);
    this.derivedSteps = new Int32Array(this.events.length);
    this.seen = new Int32Array(block.slabs[0]!.slots);
    this.ownEnds = Int32Array.from(this.seen, (_, slot) => slot + 1);
    this.columns = block.slabs.map(columnWords);
    this.states = block.slabs.map(({ states }) => new Int32Array(states.buffer, states.byteOffset, states.length / 4));
    clearSteps(this.events, 0, block.slabs[0]!.slots);
  }

  /** The reports of the sessions that ended. */
  get sessions(): readonly SessionReport[] {
    this.chainSessions();
    this.accounts.splice(0).forEach((account, i) => {
      this.reports.push(sessionReport(account, this.plan, this.digests[i]!));
    });
    this.digests = [];
    return this.reports;
  }

  /** The fingerprint of the sessions that ended; null while there is none. */
  fingerprint(): string | null {
    this.chainSessions();
    return this.reports.length + this.accounts.length === 0 ? null : this.chain.fingerprint();
  }

  private chainSessions(): void {
    for (const { session, steps } of this.accounts.slice(this.digests.length))
      this.digests.push(this.chain.add(session.date, hexWords(steps)));
  }

  change(state: SessionState, at: number, cause: StateCause): void {
    this.changes.push({ state, at, cause });
  }

  /** A missing slot of the symbol was looked up in the fill sources. */
  lookedUp(symbol: number): void {
    this.lookUps[symbol]!++;
  }

  /** At the end of slot `now` a base slot of the session got a bar that was not there in time; its state says how. */
  mended(now: number, session: number, symbol: number, slot: number): void {
    const { block, events } = this;
    const base = block.slabs[0]!;
    const state = base.states[stateOffset(base, session) + slot * block.symbols + symbol]!;
    stepWord(slot, symbol * 256 + state, events, now * stepWords);
    const place = columnOffset(base, block.symbols, session, symbol) + slot;
    stepBars(this.columns[0]!, place, 1, events, now * stepWords);
  }

  /** At the end of slot `now` orders, trades and the worth of the account changed; takes it all in, and clears it. */
  traded(now: number, happened: Happened): void {
    const { words, count } = happened;
    for (let i = 0; i < 2 * count; i += 2) stepWord(words[i]!, words[i + 1]!, this.events, now * stepWords);
    happened.clear();
  }

  /** At the end of slot `now` quotes and ticks were delivered. */
  recordsDelivered(now: number): void {
    if (!this.records) return;
    const digest = this.records.digest();
    stepWord(digest[0]!, digest[1]!, this.events, now * stepWords);
    stepWord(digest[2]!, digest[3]!, this.events, now * stepWords);
  }

  /** Closes the account of the session, of which `slots` base slots were played; returns it. */
  close(
    session: number,
    frame: Frame,
    slots: number,
    prefetch: SessionReport['prefetch'],
    waitedMs: number,
  ): SessionAccount {
    const { block, plan } = this;
    const { symbols } = block;
    const base = block.slabs[0]!;
    const { count } = frame.grids[0]!;
    const slab = session % base.depth;
    const derived = (plan.intervals.length - 1) * symbols;
    const left = new Int32Array(symbols);
    const incomplete = new Int32Array(derived);
    const expected = new Int32Array(symbols);
    const bars = new Int32Array(symbols);
    for (let s = 0; s < symbols; s++) {
      expected[s] = (frame.own?.[s]?.place.length ?? count) - block.unheard[s]!;
      bars[s] = block.counts[s]! - block.madeUp[s]!;
    }

    this.beginSteps(slab, count);
    this.stepChanges(frame);
    this.stepStates(session, 0, count, this.ownEnds, candidateBits, Provenance.candidate, left);
    for (let i = 1; i < block.slabs.length; i++) {
      const { end, grid } = frame.buckets[i]!;
      this.stepDerived(session, i, grid.count, end);
      const counted = incomplete.subarray((i - 1) * symbols, i * symbols);
      this.stepStates(session, i, grid.count, end, incompleteBits, Provenance.incomplete, counted);
    }
    const mixed = new Int32Array(4);
    new Mix().words(this.steps, 0, (count + 1) * stepWords).digest(mixed);
    const links = chainSteps(this.steps, count, this.link);
    this.link = links[count - 1]!;

    const account: SessionAccount = {
      session: frame.session,
      changes: this.changes,
      links,
      steps: mixed,
      prefetch,
      waitedMs,
      expected,
      bars,
      filled: block.filled.slice(),
      madeUp: block.madeUp.slice(),
      feed: hasFaults(plan.config) ? countFeed(block, session, slots) : null,
      left,
      lookUps: this.lookUps.slice(),
      outside: block.stagedOutside.slice(slab * symbols, (slab + 1) * symbols),
      offGrid: block.stagedOffGrid.slice(slab * symbols, (slab + 1) * symbols),
      open: block.sessionOpen.slice(),
      high: block.sessionHigh.slice(),
      low: block.sessionLow.slice(),
      close: block.sessionLast.slice(),
      volume: block.sessionVolume.slice(),
      derivedBars: block.counts.slice(symbols, symbols + derived),
      derivedIncomplete: incomplete,
      records: this.records?.close() ?? null,
    };
    this.accounts.push(account);
    this.changes = [];
    this.lookUps.fill(0);
    clearSteps(this.events, 0, base.slots);
    return account;
  }

  /** The steps begin with the bars as they were laid out, and take in what happened at each slot's end. */
  private beginSteps(slab: number, count: number): void {
    const { block, steps, events } = this;
    const staged = slab * block.slabs[0]!.slots * stepWords;
    for (let i = 0; i < count * stepWords; i += stepWords) {
      steps[i] = block.stagedSteps[staged + i]!;
      steps[i + 1] = block.stagedSteps[staged + i + 1]!;
      stepWord(events[i]!, events[i + 1]!, steps, i);
    }
    clearSteps(steps, count * stepWords, 1);
  }

  /** Takes in the changes of state: those before the first slot's end at that slot, those after the close after the last. */
  private stepChanges(frame: Frame): void {
    const { ends, count } = frame.grids[0]!;
    let slot = 0;
    for (const { state, at, cause } of this.changes) {
      while (slot < count && ends[slot]! < at) slot++;
      const place = slot * stepWords;
      const high = Math.floor(at / 0x1_0000_0000);
      stepWord(at - high * 0x1_0000_0000, high, this.steps, place);
      stepWord(sessionStates.indexOf(state), cause.length, this.steps, place);
      for (let i = 0; i < cause.length; i++) stepWord(cause.charCodeAt(i), i, this.steps, place);
    }
  }

  /**
   * Takes in the states of an interval's slots, at the base slots by which they are closed: those before `ends`. Counts by symbol the states from
   * `least` on; `bits` has those that only such states can have.
   */
  private stepStates(
    session: number,
    interval: number,
    rows: number,
    ends: Int32Array,
    bits: number,
    least: number,
    counted: Int32Array,
  ): void {
    const { seen } = this;
    const { symbols, slabs } = this.block;
    const { states } = slabs[interval]!;
    const from = stateOffset(slabs[interval]!, session);
    stepStates(this.states[interval]!, from, symbols, rows, ends, this.steps, seen);
    for (let row = 0; row < rows; row++)
      if ((seen[row]! & bits) !== 0)
        for (let s = 0; s < symbols; s++) if (states[from + row * symbols + s]! >= least) counted[s]!++;
  }

  /** Takes in the values of a derived interval's bars, at the base slots that close them: those before `ends`. */
  private stepDerived(session: number, interval: number, buckets: number, ends: Int32Array): void {
    const { derivedSteps, columns, steps } = this;
    const { symbols, slabs } = this.block;
    const derived = slabs[interval]!;
    clearSteps(derivedSteps, 0, buckets);
    for (let s = 0; s < symbols; s++)
      stepBars(columns[interval]!, columnOffset(derived, symbols, session, s), buckets, derivedSteps, 0);
    for (let b = 0; b < buckets; b++)
      stepWord(derivedSteps[b * stepWords]!, derivedSteps[b * stepWords + 1]!, steps, (ends[b]! - 1) * stepWords);
  }
}
