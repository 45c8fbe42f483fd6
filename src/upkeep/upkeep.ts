/**
 * Upkeep: looks after the data of each session. At every check tick of session time it finds the slots that the feed missed,
 * looks them up in the fill sources, tries again until it gives up, and decides when the next session is loaded.
 *
 * What it finds at a tick is a function of the staged tape up to that tick, so it runs ahead of the clock on the sessions that
 * are staged and leaves a journal, which the coordinator applies when its clock gets there. It reads state bytes while the
 * coordinator turns `staged` into `streamed` (both mean "the feed has it") and never one that the coordinator may have
 * filled: a slot is filled at a tick that upkeep has already passed.
 *
 * Gaps are found from a frontier, not by scanning from the open again.
 */
import { Provenance } from '../bars/provenance.ts';
import { ring, Role } from '../memory/bell.ts';
import { stateOffset, type Block } from '../memory/block.ts';
import { maxSpeed } from '../memory/commands.ts';
import { grown } from '../memory/grown.ts';
import { Entry, JournalWriter } from '../memory/journal.ts';
import { Word } from '../memory/layout.ts';
import { isStaged } from '../memory/protocol.ts';
import { stagedFault } from '../memory/staged-fault.ts';
import type { Frame, Timeline } from '../memory/timeline.ts';
import { hasLateBars } from '../session/feed-faults.ts';
import type { RunPlan } from '../session/plan.ts';
import { timelineOf } from '../session/run-timeline.ts';
import { Due, TickTables } from '../session/tick.ts';
import { Arrived } from './arrived.ts';
import { Missed } from './missed.ts';

/** What `run` came back for: a staged session, journal room, or nothing, because the run's last tick is done. */
export type UpkeepNeed = 'session' | 'room' | 'nothing';

export class Upkeep {
  private readonly plan: RunPlan;
  private readonly block: Block;
  private readonly nowMs: () => number;
  private readonly timeline: Timeline;
  private readonly journal: JournalWriter;
  private readonly mostLookUps: number;
  private session: number;
  /** The session that was asked for last. */
  private asked = 0;
  private slot = 0;
  /** Nothing of the session is missing: no look for gaps finds any. */
  private isWhole = false;
  private frontier = 0;
  /** Missing slots that are still looked up, in the order in which they were found: by tick, symbol, slot. */
  private openSymbols = new Int32Array(1_024);
  private openSlots = new Int32Array(1_024);
  private openLookUps = new Int32Array(1_024);
  private open = 0;
  /** What is due at the end of each slot of the session. */
  private due: Uint8Array = new Uint8Array(0);
  private readonly ticks: TickTables;
  private readonly missed: Missed;
  /** Which late bars are there; null where none can come. */
  private readonly arrived: Arrived | null;
  private readonly makesUp: boolean;

  /** `nowMs` is of any clock that does not jump, for showing how long the work takes; without it that is not measured. */
  constructor(plan: RunPlan, block: Block, nowMs: () => number = () => 0) {
    this.nowMs = nowMs;
    this.plan = plan;
    this.block = block;
    this.timeline = timelineOf(plan);
    this.ticks = new TickTables(plan);
    this.journal = new JournalWriter(block);
    this.session = Math.max(plan.firstPlayed, block.words[Word.origin]!);
    this.missed = new Missed(block);
    this.arrived = hasLateBars(plan.config) ? new Arrived(block) : null;
    this.makesUp = plan.config.upkeep.carryLastPrice;
    const { retryMissingBars, maxRetries } = plan.config.upkeep;
    this.mostLookUps = plan.fillSources.length === 0 ? 0 : 1 + (retryMissingBars ? maxRetries : 0);
  }

  /** Works ahead as far as sessions are staged. */
  run(): UpkeepNeed {
    const beganMs = this.nowMs();
    const need = this.advance();
    this.block.words[Word.upkeepMicros]! += Math.round((this.nowMs() - beganMs) * 1_000);
    return need;
  }

  private advance(): UpkeepNeed {
    const { header, words } = this.block;
    while (this.session < this.plan.sessions.length) {
      if (this.isLeft) return 'nothing';
      if (!this.journal.flush()) return 'room';
      if (!isStaged(header, this.session)) return 'session';
      if (stagedFault(this.block, this.session)) {
        // It is over at its open: nothing is looked after, and the next one is needed then.
        this.want(++this.session + 1);
        continue;
      }
      const frame = this.timeline.frame(this.session);
      const { count } = frame.grids[0]!;
      if (this.slot === 0) this.begin(frame);
      const wanted = this.isWhole ? Due.prefetch : Due.journal;
      for (; this.slot < count; this.slot++) {
        if ((this.due[this.slot]! & wanted) === 0) continue;
        if (!this.journal.flush()) return 'room';
        this.visit(frame, this.slot);
        if (!this.isWhole) words[Word.upkeepBeat]!++;
      }
      if (this.isWhole) {
        this.journal.finish(frame.firstTick + count - 1);
        words[Word.upkeepBeat]! += count;
      }
      this.session++;
      this.slot = 0;
    }
    return this.journal.flush() || this.isLeft ? 'nothing' : 'room';
  }

  private get isLeft(): boolean {
    return this.block.header.load(Word.left) !== 0;
  }

  /** Whether what `run` came back for is there: for a shell that waits without calling it. */
  ready(): boolean {
    if (this.isLeft) return true;
    if (!this.journal.empty) return this.journal.hasRoom();
    return isStaged(this.block.header, this.session);
  }

  private begin(frame: Frame): void {
    this.due = this.ticks.of(frame);
    this.arrived?.begin(this.session);
    this.frontier = 0;
    this.open = 0;
    this.isWhole = this.hasAll(frame);
  }

  /** Whether the feed brings every bar of the session, all on time. */
  private hasAll({ own, grids }: Frame): boolean {
    return !this.arrived && !this.missed.hasAny(stateOffset(this.block.slabs[0]!, this.session), grids[0]!.count, own);
  }

  /** Does what is due at the end of a slot, and finishes its entry of the journal. */
  private visit(frame: Frame, slot: number): void {
    const tick = frame.firstTick + slot;
    const due = this.due[slot]!;
    if (due & Due.gaps && !this.isWhole) this.check(frame, slot);
    if (due & Due.prefetch) this.askNext(tick);
    this.journal.finish(tick);
  }

  /**
   * Asks for the next session, once. The coordinator passes that on when its clock gets there; at full speed that would be too
   * late to lay a session out, so there it is asked for at once, with as many more as may lie ahead.
   */
  private askNext(tick: number): void {
    const next = this.session + 1;
    if (this.asked === next || next >= this.plan.sessions.length) return;
    this.asked = next;
    this.journal.put(tick, Entry.askNext, 0, 0, 0, 0);
    if (this.block.words[Word.speedThousandths] === maxSpeed) this.want(next + this.block.layout.ahead);
  }

  private check(frame: Frame, slot: number): void {
    const tick = frame.firstTick + slot;
    this.arrived?.upTo(slot);
    this.find(tick, slot, frame);
    this.frontier = slot + 1;
    if (this.open > 0) this.lookUp(tick);
  }

  /** Finds the slots missed since the last tick; one line a symbol. */
  private find(tick: number, slot: number, { own }: Frame): void {
    const { symbols } = this.block;
    const { missed, journal } = this;
    missed.find(stateOffset(this.block.slabs[0]!, this.session), this.frontier, slot + 1, own, this.arrived);
    for (let i = 0; i < missed.count;) {
      const symbol = missed.cells[i]! % symbols;
      const first = i;
      for (; i < missed.count && missed.cells[i]! % symbols === symbol; i++)
        if (this.mostLookUps > 0) this.openGap(symbol, Math.floor(missed.cells[i]! / symbols));
      journal.put(tick, Entry.missing, symbol, Math.floor(missed.cells[first]! / symbols), i - first, 0);
      if (this.mostLookUps > 0 || !this.makesUp) continue;
      for (let k = first; k < i; k++)
        journal.put(tick, Entry.makeUp, symbol, Math.floor(missed.cells[k]! / symbols), 0, 0);
    }
  }

  private openGap(symbol: number, slot: number): void {
    if (this.open === this.openSlots.length) {
      this.openSymbols = grown(this.openSymbols);
      this.openSlots = grown(this.openSlots);
      this.openLookUps = grown(this.openLookUps);
    }
    this.openSymbols[this.open] = symbol;
    this.openSlots[this.open] = slot;
    this.openLookUps[this.open] = 0;
    this.open++;
  }

  /** Looks every open slot up in the fill sources, fills what they have and gives up what they have not had long enough. */
  private lookUp(tick: number): void {
    const { openSymbols, openSlots, openLookUps, journal } = this;
    const base = this.block.slabs[0]!;
    const from = stateOffset(base, this.session);
    let kept = 0;
    for (let i = 0; i < this.open; i++) {
      const symbol = openSymbols[i]!;
      const slot = openSlots[i]!;
      if (this.arrived?.has(slot * this.block.symbols + symbol)) {
        journal.put(tick, Entry.arrived, symbol, slot, openLookUps[i]!, 0);
        continue;
      }
      const lookUps = openLookUps[i]! + 1;
      const source = base.states[from + slot * this.block.symbols + symbol]! - Provenance.candidate;
      if (source >= 0) {
        journal.put(tick, Entry.fill, symbol, slot, lookUps, source);
        continue;
      }
      journal.put(tick, Entry.lookedUp, symbol, slot, lookUps, 0);
      if (lookUps >= this.mostLookUps) {
        journal.put(tick, Entry.gaveUp, symbol, slot, lookUps, 0);
        if (this.makesUp) journal.put(tick, Entry.makeUp, symbol, slot, lookUps, 0);
        continue;
      }
      openSymbols[kept] = symbol;
      openSlots[kept] = slot;
      openLookUps[kept] = lookUps;
      kept++;
    }
    this.open = kept;
  }

  private want(sessions: number): void {
    const { header, words } = this.block;
    if (sessions <= words[Word.wantedByUpkeep]!) return;
    header.store(Word.wantedByUpkeep, sessions);
    ring(this.block, Role.library);
  }
}
