/**
 * The coordinator: plays the tape, one instant after the other. Inside an instant T the order is fixed:
 *  1. all base bars that end at T, symbols in the plan's order;
 *  2. derived bars whose bucket ends at T;
 *  3. if T is a check tick, upkeep's journal for T: fills, with the derived bars that they mend;
 *  4. session state changes due at T;
 *  5. the strategy, once.
 *
 * It never waits itself: `run` says what it needs, and the shell around it (a worker that sleeps, or the single thread that
 * lets upkeep and the library work meanwhile) calls it again. What a run shows and computes depends on the plan and the bars
 * alone; the clocks given here pace it and measure waiting, nothing else.
 */
import { qualityPercent } from '../bars/quality.ts';
import { ring, Role } from '../memory/bell.ts';
import type { Block } from '../memory/block.ts';
import { hasCommand, takeCommand, Verb } from '../memory/commands.ts';
import { Entry, JournalReader } from '../memory/journal.ts';
import { Cell, Word } from '../memory/layout.ts';
import { beginChange, endChange, isStaged, publish, roll } from '../memory/protocol.ts';
import { LogCode, LogLoop } from '../memory/log.ts';
import { putLog } from '../memory/log-ring.ts';
import { runStates, type RunState } from '../memory/run-state.ts';
import type { Frame, Timeline } from '../memory/timeline.ts';
import { View } from '../memory/view.ts';
import { Ledger } from '../session/ledger.ts';
import type { RunPlan } from '../session/plan.ts';
import { runReport, type RunReport } from '../session/report.ts';
import {
  allows,
  stateCauses,
  sessionStates,
  transition,
  type SessionEvent,
  type SessionState,
  type StateCause,
} from '../session/state.ts';
import { speedWord, timelineOf } from '../session/shape.ts';
import { checksGaps, isJournaled, isTick } from '../session/tick.ts';
import type { Strategy } from '../strategy/strategy.ts';
import { hour, minute, second } from '../time/instant.ts';
import { Delivery } from './deliver.ts';
import { Pace } from './pace.ts';

/** What `run` came back for. */
export type Need =
  /** The session that is next is not staged. */
  | 'session'
  /** Upkeep has not finished the tick. */
  | 'upkeep'
  /** The next instant is not due before `dueMs`. */
  | 'time'
  /** The budget is used up; there is more to do. */
  | 'turn'
  /** A command: the run is paused, or not started. */
  | 'command'
  /** Nothing: the run is over, or the user stopped it. */
  | 'nothing';

export interface Clocks {
  /** Milliseconds of a clock that does not jump. */
  now(): number;
  /** What to add to `now` to get epoch milliseconds. */
  readonly epochMs: number;
}

/** What the run tells its user when it stands still. */
export interface Standstill {
  readonly state: 'paused' | 'finished' | 'failed';
  readonly fingerprint: string | null;
  readonly error?: { readonly message: string };
}

/** How far a run is: the base slots of a session that are played, and whether the session has ended. */
export interface Place {
  /** Place in `plan.sessions`. */
  readonly session: number;
  readonly slots: number;
  readonly ended: boolean;
}

export interface Listener {
  onStand(event: Standstill): void;
  onReport(report: RunReport, place: Place): void;
}

const approachMs = hour / 2;
/** Silence this close to the end is not a timeout. */
const endMs = minute;

export class Coordinator {
  /** When the next instant is due, of `clocks.now`; only after `run` returned "time". */
  dueMs = 0;
  readonly ledger: Ledger;
  private readonly plan: RunPlan;
  private readonly block: Block;
  private readonly clocks: Clocks;
  private readonly listener: Listener;
  private readonly strategy: Strategy | null;
  private readonly timeline: Timeline;
  private readonly delivery: Delivery;
  private readonly journal: JournalReader;
  private readonly view: View;
  private readonly pace: Pace;

  private runState: RunState = 'ready';
  private stepping: 'no' | 'bar' | 'session' | 'time' = 'no';
  /** The slot or the session that a step goes to. */
  private target = 0;
  private session = 0;
  private phase: 'stage' | 'slots' | 'closed' | 'ended' = 'stage';
  private frame: Frame;
  private slot = 0;
  private state: SessionState = 'not-started';
  private previousEnd = -Infinity;
  private lastDataMs = 0;
  private historyBars = 0;
  private waitingSinceMs = -1;
  private waitedMs = 0;
  private mayGoOn = false;

  constructor(plan: RunPlan, block: Block, clocks: Clocks, listener: Listener, strategy: Strategy | null = null) {
    this.plan = plan;
    this.block = block;
    this.clocks = clocks;
    this.listener = listener;
    this.strategy = strategy;
    this.timeline = timelineOf(plan);
    this.frame = this.timeline.frame(0);
    this.delivery = new Delivery(block);
    this.journal = new JournalReader(block);
    this.ledger = new Ledger(plan, block);
    this.view = new View(block, this.timeline);
    const { speed } = plan.config.replay;
    this.pace = new Pace(speed === 'max' ? Infinity : speed);
    block.sessionQuality.fill(NaN);
    this.showSpeed();
    this.delivery.begin(0, this.frame);
    this.show(this.frame.session.open - approachMs);
  }

  private get isOver(): boolean {
    return this.runState === 'finished' || this.runState === 'failed';
  }

  /** Plays until it needs something, at most for `budgetMs`. */
  run(budgetMs = Infinity): Need {
    const until = budgetMs === Infinity ? Infinity : this.clocks.now() + budgetMs;
    const { words } = this.block;
    try {
      for (let n = 1; ; n++) {
        if (hasCommand(this.block)) this.obey();
        else if (words[Word.failed] !== 0 && !this.isOver) this.fail('the library could not read on');
        if (this.runState !== 'playing') {
          if (hasCommand(this.block)) continue;
          return this.isOver ? 'nothing' : 'command';
        }
        words[Word.coordinatorBeat]!++;
        const need = this.advance();
        if (need !== null) return need;
        if (n % 64 === 0 && this.clocks.now() >= until) return 'turn';
      }
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
      return 'nothing';
    }
  }

  /** Whether what `run` came back for may be there: for a shell that waits without calling it. */
  ready(): boolean {
    const { header } = this.block;
    if (hasCommand(this.block)) return true;
    if (this.isOver) return false;
    if (header.load(Word.failed) !== 0) return true;
    if (this.runState !== 'playing') return false;
    if (this.phase === 'stage') return isStaged(header, this.session);
    return this.phase === 'slots' && this.journal.covers(this.frame.firstTick + this.slot);
  }

  /** The report of the sessions that have ended. */
  report(): RunReport {
    return runReport(this.plan, this.ledger.sessions, this.ledger.fingerprint());
  }

  /** Ends a run whose library or upkeep cannot go on. */
  fail(message: string): void {
    if (allows(this.state, 'fail')) this.change('fail', this.block.cells[Cell.clock]!, 'the run failed');
    this.stand('failed', message);
  }

  private obey(): void {
    const { verb, argument } = takeCommand(this.block);
    if (verb === Verb.report) return this.listener.onReport(this.report(), this.place);
    if (verb === Verb.speed) {
      this.pace.speed = argument === 0 ? Infinity : argument / 1_000;
      this.pace.anchor(this.clocks.now());
      this.showSpeed();
      return this.showDue();
    }
    if (this.isOver) return;
    if (verb === Verb.pause && this.runState === 'playing') return this.stand('paused');
    if (verb === Verb.stop) return this.setRunState('finished');
    if (verb === Verb.play) this.goOn('no', 0);
    if (verb === Verb.stepBar) this.goOn('bar', 0);
    if (verb === Verb.stepSession) this.goOn('session', this.session + (this.phase === 'ended' ? 1 : 0));
    if (verb === Verb.runToEnd) this.goOn('session', argument);
    if (verb === Verb.runTo) {
      if (argument >= this.frame.firstTick + this.slot) return this.goOn('time', argument);
      this.stand('paused');
    }
  }

  private goOn(stepping: 'no' | 'bar' | 'session' | 'time', target: number): void {
    this.stepping = stepping;
    this.target = target;
    this.mayGoOn = true;
    this.pace.anchor(this.clocks.now());
    this.setRunState('playing');
  }

  private get place(): Place {
    return { session: this.session, slots: this.slot, ended: this.phase === 'ended' };
  }

  /** Does the next thing; returns what is missing for it, or null. */
  private advance(): Need | null {
    switch (this.phase) {
      case 'stage':
        return this.enter();
      case 'slots':
        return this.play();
      case 'closed':
        this.end();
        return null;
      case 'ended':
        this.roll();
        return null;
    }
  }

  /** Takes up a session when it is staged: a trailing one goes into history at once, a played one opens. */
  private enter(): Need | null {
    if (!isStaged(this.block.header, this.session)) {
      if (this.waitingSinceMs < 0) this.waitingSinceMs = this.clocks.now();
      this.want(this.session + 1);
      return 'session';
    }
    const { firstPlayed, config } = this.plan;
    if (this.waitingSinceMs >= 0) this.waitedMs += this.clocks.now() - this.waitingSinceMs;
    this.waitingSinceMs = -1;
    if (this.session < firstPlayed) {
      this.historyBars += this.delivery.history(firstPlayed - this.session);
      this.nextSession();
      return null;
    }
    if (this.session > firstPlayed && !config.prefetch.autoActivate && !this.mayGoOn) {
      this.log(this.frame.session.open - approachMs, LogLoop.coordinator, LogCode.waits, -1, 1, 0);
      this.stand('paused');
      return null;
    }
    this.settleWait();
    const { open } = this.frame.session;
    const approach = Math.max(open - approachMs, this.previousEnd);
    if (this.session === firstPlayed)
      this.log(approach, LogLoop.coordinator, LogCode.history, -1, firstPlayed, this.historyBars);
    this.change('approach', approach, approach > open - approachMs ? stateCauses[1] : stateCauses[0]);
    this.change('open', open, 'open');
    this.logOffGrid(open);
    this.lastDataMs = open;
    this.slot = 0;
    this.phase = 'slots';
    this.show(open);
    return null;
  }

  /** Says which symbols have bars that the session's grid has no place for. */
  private logOffGrid(at: number): void {
    const { stagedOffGrid, slabs, symbols } = this.block;
    const from = (this.session % slabs[0]!.depth) * symbols;
    for (let s = 0; s < symbols; s++)
      if (stagedOffGrid[from + s] !== 0)
        this.log(at, LogLoop.coordinator, LogCode.offGrid, s, stagedOffGrid[from + s]!, 0);
  }

  /** Plays the instant at which the next base slot ends. */
  private play(): Need | null {
    const { block, frame, slot } = this;
    const { header } = block;
    const grid = frame.grids[0]!;
    const at = grid.ends[slot]!;
    const last = slot + 1 === grid.count;
    const journaled = isJournaled(this.plan, frame, slot);
    if (journaled && !this.journal.covers(frame.firstTick + slot)) return 'upkeep';
    const barMs = at - grid.starts[slot]!;
    const paced = this.pace.speed !== Infinity && this.stepping === 'no' && this.state === 'active';
    if (paced) {
      this.dueMs = this.pace.dueMs(barMs);
      if (this.clocks.now() < this.dueMs) return 'time';
    }

    beginChange(header, Word.metricsRevision);
    if (this.delivery.stream(slot) > 0) this.lastDataMs = at;
    block.cells[Cell.clock] = at;
    endChange(header, Word.metricsRevision);
    this.delivery.derive(slot);
    if (journaled) this.applyJournal(at, slot);
    if (last) this.close(at);
    else if (this.state === 'active') this.watch(at, slot);
    publish(header, slot + 1);
    if (this.strategy) {
      this.view.refresh();
      this.strategy.onInstant(this.view);
    }
    // The next session's slots are cut here, so that the roll need not.
    if (slot === 0 && this.session + 1 < this.plan.sessions.length) this.timeline.frame(this.session + 1);

    if (paced) this.pace.advance(barMs, this.clocks.now());
    this.slot = slot + 1;
    if (!last && paced) this.showDue();
    if (this.stepping === 'bar' || (this.stepping === 'time' && frame.firstTick + slot >= this.target))
      this.stand('paused');
    return null;
  }

  private applyJournal(at: number, now: number): void {
    const { journal, block, delivery, ledger, frame } = this;
    const { header, words } = block;
    const tick = frame.firstTick + now;
    if (checksGaps(this.plan, frame, now)) words[Word.ticks]!++;
    while (journal.next(tick)) {
      const { kind, symbol, slot, count } = journal;
      if (kind === Entry.fill) {
        beginChange(header, Word.metricsRevision);
        delivery.fill(symbol, slot);
        endChange(header, Word.metricsRevision);
        delivery.mend(symbol, slot, now + 1);
        ledger.mended(now, this.session, symbol, slot);
        this.lastDataMs = at;
        words[Word.fills]!++;
        words[Word.openGaps]!--;
        this.log(at, LogLoop.upkeep, LogCode.filled, symbol, slot, journal.source);
      } else if (kind === Entry.missing) {
        if (this.plan.fillSources.length > 0) words[Word.openGaps]! += count;
        this.log(at, LogLoop.upkeep, LogCode.missing, symbol, count, slot);
      } else if (kind === Entry.gaveUp) {
        words[Word.openGaps]!--;
        words[Word.givenUp]!++;
        this.log(at, LogLoop.upkeep, LogCode.gaveUp, symbol, count, slot);
      } else if (kind === Entry.askNext) {
        this.want(this.session + 2);
        this.log(at, LogLoop.upkeep, LogCode.askedNext, -1, (frame.session.close - at) / second, 0);
      }
      if (kind === Entry.fill || kind === Entry.lookedUp) {
        words[Word.attempts]!++;
        ledger.lookedUp(symbol);
      }
    }
    journal.release();
  }

  /**
   * Times the session out: every stream is exhausted (nothing of the session is due any more) and `timeoutSeconds` went by
   * without data. Checked each `boundaryCheckSeconds`, at the ends of base slots.
   */
  private watch(at: number, slot: number): void {
    const { boundaryCheckSeconds, timeoutSeconds } = this.plan.config.session;
    const { stagedLastDue, slabs } = this.block;
    if (slot < stagedLastDue[this.session % slabs[0]!.depth]!) return;
    if (!isTick(this.frame, slot, boundaryCheckSeconds)) return;
    if (at - this.lastDataMs < timeoutSeconds * second || this.frame.session.close - at < endMs) return;
    this.change('timeout', at, stateCauses[7]);
  }

  private close(at: number): void {
    if (this.state === 'active') this.change('close', at, this.frame.session.early ? 'early close' : 'close');
    this.phase = 'closed';
  }

  /** Ends the session after the roll delay, which is session time and no longer than to the next open. */
  private end(): void {
    const { close } = this.frame.session;
    const delayed = close + this.plan.config.session.rollDelayMinutes * minute;
    const nextOpen = this.plan.sessions[this.session + 1]?.open ?? Infinity;
    const at = Math.min(delayed, nextOpen);
    this.change('end', at, at < delayed ? 'next session opens' : 'roll delay over');
    this.previousEnd = at;
    const { prefetch } = this.plan.config;
    const first = this.session === this.plan.firstPlayed;
    const kind = first || !prefetch.enabled ? 'off' : this.waitedMs > 0 ? 'miss' : 'hit';
    const { expected, missing } = this.ledger.close(this.session, this.frame, kind, this.waitedMs);
    const quality = qualityPercent(expected - missing, expected);
    beginChange(this.block.header, Word.metricsRevision);
    this.block.sessionQuality[this.session] = quality;
    endChange(this.block.header, Word.metricsRevision);
    this.log(at, LogLoop.coordinator, LogCode.sessionEnd, -1, Math.round(quality * 1_000), missing);
    this.waitedMs = 0;
    this.show(at);
    this.phase = 'ended';
    if (this.session + 1 === this.plan.sessions.length) return this.stand('finished');
    if (this.stepping === 'session' && this.session >= this.target) return this.stand('paused');
    if (this.stepping === 'session' || this.stepping === 'time') return;
    if (this.plan.config.session.autoRoll) return;
    this.log(at, LogLoop.coordinator, LogCode.waits, -1, 0, 0);
    this.stand('paused');
  }

  private roll(): void {
    this.state = transition(this.state, 'next');
    this.nextSession();
    this.mayGoOn = this.stepping !== 'no';
    this.phase = 'stage';
  }

  /** The slabs change their meaning: everything about the old session that is not history is gone. */
  private nextSession(): void {
    const { header, words } = this.block;
    this.session++;
    this.slot = 0;
    this.frame = this.timeline.frame(this.session);
    roll(header, this.session, () => {
      words[Word.sessionState] = sessionStates.indexOf(this.state);
      words[Word.openGaps] = 0;
      words[Word.givenUp] = 0;
      this.delivery.begin(this.session, this.frame);
    });
    ring(this.block, Role.library);
  }

  /** Asks the library for that many sessions of the run. */
  private want(sessions: number): void {
    this.block.header.store(Word.wantedByCoordinator, sessions);
    ring(this.block, Role.library);
  }

  /** Accounts for the time that the run waited for the session to be staged. */
  private settleWait(): void {
    const { header, words, cells } = this.block;
    const { firstPlayed, config } = this.plan;
    beginChange(header, Word.metricsRevision);
    cells[Cell.waitedMs]! += this.waitedMs;
    endChange(header, Word.metricsRevision);
    if (this.session === firstPlayed || !config.prefetch.enabled) return;
    const { open } = this.frame.session;
    if (this.waitedMs > 0) {
      words[Word.prefetchMisses]!++;
      this.log(open, LogLoop.coordinator, LogCode.prefetchMiss, -1, Math.round(this.waitedMs * 1_000), 0);
    } else {
      words[Word.prefetchHits]!++;
      this.log(open, LogLoop.coordinator, LogCode.prefetchHit, -1, 0, 0);
    }
  }

  private change(event: SessionEvent, at: number, cause: StateCause): void {
    this.state = transition(this.state, event);
    this.block.words[Word.sessionState] = sessionStates.indexOf(this.state);
    this.ledger.change(this.state, at, cause);
    this.log(at, LogLoop.coordinator, LogCode.state, -1, sessionStates.indexOf(this.state), stateCauses.indexOf(cause));
  }

  private stand(state: 'paused' | 'finished' | 'failed', message?: string): void {
    this.stepping = 'no';
    this.setRunState(state);
    this.listener.onStand({
      state,
      fingerprint: this.ledger.fingerprint(),
      ...(message === undefined ? {} : { error: { message } }),
    });
  }

  private setRunState(state: RunState): void {
    this.runState = state;
    this.block.header.store(Word.runState, runStates.indexOf(state));
    this.showDue();
  }

  /** Shows the clock. */
  private show(at: number): void {
    const { header, cells } = this.block;
    beginChange(header, Word.metricsRevision);
    cells[Cell.clock] = at;
    endChange(header, Word.metricsRevision);
    this.showDue();
  }

  /** Shows when the next bar is due, so that a page can move the clock between bars. */
  private showDue(): void {
    const { header, cells } = this.block;
    const grid = this.frame.grids[0]!;
    const paced = this.runState === 'playing' && this.phase === 'slots' && this.slot < grid.count;
    beginChange(header, Word.metricsRevision);
    if (paced && this.pace.speed !== Infinity && this.stepping === 'no') {
      cells[Cell.nextInstant] = grid.ends[this.slot]!;
      cells[Cell.nextDueWall] = this.clocks.epochMs + this.pace.dueMs(grid.ends[this.slot]! - grid.starts[this.slot]!);
    } else {
      cells[Cell.nextInstant] = NaN;
      cells[Cell.nextDueWall] = NaN;
    }
    endChange(header, Word.metricsRevision);
  }

  private showSpeed(): void {
    this.block.words[Word.speedThousandths] = speedWord(this.pace.speed);
  }

  private log(at: number, loop: number, code: number, symbol: number, a: number, b: number): void {
    putLog(this.block, at, loop, code, symbol, a, b);
  }
}
