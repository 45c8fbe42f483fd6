/**
 * The coordinator: plays the tape, one instant after the other (the order inside an instant: instant-play.ts), and takes each
 * session through its phases: staged, played slot by slot, closed, ended.
 *
 * It never waits itself: `run` says what it needs, and the shell around it (a worker that sleeps, or the single thread that
 * lets upkeep and the library work meanwhile) calls it again. What a run shows and computes depends on the plan, the bars and
 * the user's interventions alone; the clocks given here pace it and measure waiting, nothing else.
 */
import { qualityPercent } from '../bars/quality.ts';
import { ring, Role } from '../memory/bell.ts';
import type { Block } from '../memory/block.ts';
import { Cell, Word } from '../memory/layout.ts';
import { LogCode } from '../memory/log.ts';
import { beginChange, endChange, isStaged, publish, roll } from '../memory/protocol.ts';
import { stagedFault } from '../memory/staged-fault.ts';
import type { Frame, Timeline } from '../memory/timeline.ts';
import { sessionTotals } from '../session/account.ts';
import type { Intervention } from '../session/intervention.ts';
import { Ledger } from '../session/ledger.ts';
import { firstLaid, runStart, type RunOrigin } from '../session/origin.ts';
import type { RunPlan } from '../session/plan.ts';
import { runReport, type Results, type RunOutline, type RunReport, type SessionReport } from '../session/report.ts';
import { resultsOf } from '../session/trading-report.ts';
import { hasFaults } from '../session/feed-faults.ts';
import { approachOf, endOf } from '../session/session-times.ts';
import { timelineOf } from '../session/run-timeline.ts';
import { stateCauses, type FaultCause } from '../session/state.ts';
import type { SessionStory } from '../session/story.ts';
import { Storyteller } from '../session/storyteller.ts';
import { Due, TickTables } from '../session/tick.ts';
import { bookPiece, type BookPiece } from '../strategy/book-piece.ts';
import { Engine } from '../strategy/engine.ts';
import { strategyOf } from '../strategy/plan-strategy.ts';
import { RunFault } from '../strategy/run-fault.ts';
import type { Strategy } from '../strategy/strategy.ts';
import { slotMs } from '../time/grid.ts';
import { AccountDisplay } from './account-display.ts';
import { ByHand, type Moment, type Script } from './by-hand.ts';
import { RecordDelivery } from './deliver-records.ts';
import { Delivery } from './deliver.ts';
import { Display } from './display.ts';
import { InstantPlay } from './instant-play.ts';
import { JournalApplication } from './journal-application.ts';
import { LateBars } from './late-bars.ts';
import { Listening } from './listening.ts';
import { Pace } from './pace.ts';
import { showPlayed } from './resume.ts';
import { SessionFault, wordsOf } from './session-fault.ts';
import { SessionLife, type SessionRun } from './session-life.ts';
import { StorageWait } from './storage-wait.ts';
import { Transport, type TransportRun } from './transport.ts';

/** What `run` came back for. */
export type Need =
  /** The session that is next is not staged. */
  | 'session'
  /** Upkeep has not finished the tick. */
  | 'upkeep'
  /** The library has not handed over all quotes and ticks of the instant. */
  | 'records'
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
  /** What comes next is made of all that was played, which takes long after a long run, and is no work of the strategy. */
  onMaking?(): void;
  onReport(report: RunReport, place: Place): void;
  onOutline?(outline: RunOutline, place: Place): void;
  /** A session has ended. Where nobody listens no story is made. */
  onStory?(story: SessionStory): void;
  /** The page asked for orders and trades. */
  onBook?(piece: BookPiece): void;
  /** The user intervened; these are all interventions so far. */
  onIntervened?(interventions: readonly Intervention[]): void;
  /** The user gave an order by hand. */
  onScript?(script: Script): void;
}

/** Instants that are played before the clock and the library are looked at again. */
const mostInstants = 64;

/** Where the session is: waited for, played, past its last slot, over. */
type Phase = 'stage' | 'slots' | 'closed' | 'ended';

export class Coordinator {
  /** When the next instant is due, of `clocks.now`; only after `run` returned "time". */
  dueMs = 0;
  readonly ledger: Ledger;
  private readonly plan: RunPlan;
  private readonly block: Block;
  private readonly clocks: Clocks;
  private readonly listener: Listener;
  private readonly timeline: Timeline;
  private readonly delivery: Delivery;
  /** Null where the feed has no faults. */
  private readonly lateBars: LateBars | null;
  private readonly records: RecordDelivery | null;
  private readonly journal: JournalApplication;
  /** Null in a run without a strategy. */
  readonly engine: Engine | null;
  private readonly account: AccountDisplay | null;
  private readonly byHand: ByHand;
  private readonly instants: InstantPlay;
  private readonly life: SessionLife;
  private readonly listening: Listening;
  private readonly display: Display;
  private readonly storage: StorageWait;
  private readonly pace: Pace;
  private readonly transport: Transport;
  /** Null where nobody listens. */
  private readonly storyteller: Storyteller | null;

  /** The reports of sessions that were played already, from the first one on. */
  private readonly played: readonly SessionReport[];
  private session: number;
  private phase: Phase = 'stage';
  private frame: Frame;
  private slot = 0;
  /** What is due at the end of each slot of the session. */
  private due: Uint8Array = new Uint8Array(0);
  private readonly ticks: TickTables;
  private historyBars = 0;
  /** How long before its open the session was laid out; null when it was waited for. */
  private leadMs: number | null = null;

  /** `from` says where the block begins; the block was made for it. `strategy` is the plan's own but in tests. */
  constructor(
    plan: RunPlan,
    block: Block,
    clocks: Clocks,
    listener: Listener,
    strategy: Strategy | null = plan.strategy && strategyOf(plan.strategy, plan.symbols.length),
    from: RunOrigin = runStart(plan),
  ) {
    this.plan = plan;
    this.block = block;
    this.clocks = clocks;
    this.listener = listener;
    this.timeline = timelineOf(plan);
    this.ticks = new TickTables(plan);
    this.session = firstLaid(plan, from);
    this.frame = this.timeline.frame(this.session);
    this.played = from.sessions;
    const before = from.sessions.slice(0, from.session - plan.firstPlayed);
    this.display = new Display(block);
    this.delivery = new Delivery(block);
    this.ledger = new Ledger(plan, block, before);
    this.listening = new Listening(block, from.interventions, () => this.loadHistory());
    this.lateBars = hasFaults(plan.config)
      ? new LateBars(plan, block, this.delivery, this.ledger, this.listening)
      : null;
    this.storyteller = listener.onStory ? new Storyteller(plan, block) : null;
    this.storage = new StorageWait(block, this.display);
    this.journal = new JournalApplication(
      plan,
      block,
      this.delivery,
      this.ledger,
      this.listening,
      this.storyteller,
      () => this.storage.want(this.session + 2),
    );
    this.life = new SessionLife(plan, block, this.ledger, this.display, this.asSession);
    this.engine =
      strategy &&
      new Engine({
        strategy,
        broker: plan.config.broker,
        symbols: plan.symbols.map(({ name }) => name),
        block,
        timeline: this.timeline,
        first: Math.max(plan.firstPlayed, this.session),
        last: plan.sessions.length - 1,
      });
    this.account = this.engine && block.units.length > 0 ? new AccountDisplay(block, this.engine) : null;
    this.byHand = new ByHand(plan, this.engine, this.ledger, this.account);
    this.records = this.ledger.records && new RecordDelivery(block, this.ledger, this.ledger.records);
    this.instants = new InstantPlay(
      block,
      this.delivery,
      this.lateBars,
      this.records,
      this.journal,
      this.life,
      this.listening,
      this.ledger,
      this.engine,
      this.account,
    );
    const { speed } = plan.config.replay;
    this.pace = new Pace(speed === 'max' ? Infinity : speed);
    this.transport = new Transport(block, this.display, this.pace, () => clocks.now());
    beginChange(block.header, Word.metricsRevision);
    block.sessionQuality.fill(NaN);
    this.delivery.begin(this.session, this.frame);
    this.listening.begin(this.frame);
    this.account?.begin(this.session);
    endChange(block.header, Word.metricsRevision);
    this.display.speed(this.pace.speed);
    showPlayed(plan, block, this.timeline, this.display, before);
    const wasLoaded = plan.config.history.autoLoad || from.interventions.some(({ kind }) => kind === 'history');
    block.words[Word.historyLoaded] = wasLoaded && this.session > plan.firstPlayed ? 1 : 0;
    // What comes before is history, which no clock passes through.
    this.display.clock(approachOf(plan, Math.max(plan.firstPlayed, this.session)).at);
    this.display.due(NaN, NaN);
  }

  /** Plays until it needs something, at most for `budgetMs`. */
  run(budgetMs = Infinity): Need {
    const { transport, block } = this;
    const until = budgetMs === Infinity ? Infinity : this.clocks.now() + budgetMs;
    try {
      for (;;) {
        if (transport.isCalled) transport.obey(this.asTransport);
        else if (block.words[Word.failed] !== 0 && !transport.isOver) this.fail('the library could not read on');
        if (transport.state !== 'playing') {
          if (transport.isCalled) continue;
          return transport.isOver ? 'nothing' : 'command';
        }
        block.words[Word.coordinatorBeat]!++;
        const need = this.advance();
        if (need !== null) return need;
        if (this.clocks.now() >= until) return 'turn';
      }
    } catch (error) {
      this.fail(wordsOf(error));
      return 'nothing';
    }
  }

  /** Whether what `run` came back for may be there: for a shell that waits without calling it. */
  ready(): boolean {
    const { header } = this.block;
    if (this.transport.isCalled) return true;
    if (this.transport.isOver) return false;
    if (header.load(Word.failed) !== 0) return true;
    if (this.transport.state !== 'playing') return false;
    if (this.phase === 'stage') return isStaged(header, this.session);
    if (this.phase !== 'slots') return false;
    const { frame, slot } = this;
    if (this.records && !this.records.covers(frame.firstTick + slot)) return false;
    return (this.due[slot]! & Due.journal) === 0 || this.journal.covers(frame.firstTick + slot);
  }

  /** The user has left the run. */
  get isStopped(): boolean {
    return this.transport.isStopped;
  }

  /** The report of the sessions that have ended. */
  report(): RunReport {
    const { ledger, engine } = this;
    const plan = this.byHand.planNow;
    const results = plan.strategy && engine ? resultsOf(plan, plan.strategy, ledger.sessions, engine.book) : null;
    return this.reportWith(results);
  }

  private reportWith(results: Results | null): RunReport {
    const { byHand, ledger, listening } = this;
    return runReport(byHand.planNow, ledger.sessions, ledger.fingerprint(), listening.interventions, results);
  }

  /** Ends a run whose library or upkeep cannot go on. */
  fail(message: string): void {
    this.display.steady();
    this.stand('failed', message);
  }

  /** Does the next thing; returns what is missing for it, or null. An error in a session that plays ends the session alone. */
  private advance(): Need | null {
    try {
      switch (this.phase) {
        case 'stage':
          return this.enter();
        case 'slots':
          return this.play();
        case 'closed':
          this.life.end();
          return null;
        case 'ended':
          this.life.roll();
          return null;
      }
    } catch (error) {
      if (this.phase !== 'slots' || error instanceof RunFault) throw error;
      this.display.steady();
      publish(this.block.header, this.slot);
      const { open } = this.frame.session;
      const at = this.slot === 0 ? open : this.frame.grids[0]!.ends[this.slot - 1]!;
      this.display.clock(Math.max(at, this.block.cells[Cell.clock]!));
      this.life.fail(at, SessionFault.of(error));
      return null;
    }
  }

  /** Takes up a session when it is staged: a trailing one goes into history at once, a played one opens. */
  private enter(): Need | null {
    const { storage, session, frame } = this;
    const { firstPlayed, config } = this.plan;
    if (!storage.isOver(session, () => this.clocks.now())) return 'session';
    const fault = stagedFault(this.block, session);
    if (session < firstPlayed) {
      if (fault) this.display.log(frame.session.open, LogCode.unreadable, -1, session, 0);
      if (config.history.autoLoad) this.historyBars += this.delivery.history(firstPlayed - session);
      this.nextSession();
      return null;
    }
    const approach = approachOf(this.plan, session);
    if (session > firstPlayed && !config.prefetch.autoActivate && !this.transport.mayGoOn) {
      this.display.log(approach.at, LogCode.waits, -1, 1, 0);
      this.stand('paused');
      return null;
    }
    const { open } = frame.session;
    this.leadMs = this.isFetchedAhead && storage.waitedMs === 0 ? this.lead() : null;
    storage.settle(open, this.isFetchedAhead, this.played[session - firstPlayed]);
    if (session === firstPlayed) this.tellHistory(approach.at);
    this.slot = 0;
    this.due = this.ticks.of(frame);
    this.lateBars?.begin(session, frame);
    this.phase = 'slots';
    this.life.approach(session, frame);
    this.listening.turnTo(session, 0);
    if (fault) this.life.fail(open, new SessionFault(stateCauses[fault.cause] as FaultCause, fault.words));
    else this.open(open);
    return null;
  }

  private open(open: number): void {
    this.life.change(open, -1, 0, false);
    this.instants.open(this.session);
    this.logOffGrid(open);
    this.display.clock(open);
    this.showDue();
  }

  private tellHistory(at: number): void {
    const { firstPlayed, config } = this.plan;
    if (firstPlayed > 0 && !config.history.autoLoad) return this.display.log(at, LogCode.waits, -1, 2, 0);
    this.block.words[Word.historyLoaded] = 1;
    this.display.log(at, LogCode.history, -1, firstPlayed, this.historyBars);
  }

  /** Makes the trailing sessions visible that `history.autoLoad` left out; they are laid out. */
  private loadHistory(): void {
    const { header, counts, words, cells } = this.block;
    const { firstPlayed } = this.plan;
    if (this.session !== firstPlayed) return;
    const played = counts.slice();
    beginChange(header, Word.epoch);
    for (let k = 0; k < firstPlayed; k++) {
      this.delivery.turnTo(k, this.timeline.frame(k));
      this.historyBars += this.delivery.history(firstPlayed - k);
    }
    this.delivery.turnTo(firstPlayed, this.frame);
    this.delivery.lookBackAgain();
    counts.set(played);
    words[Word.historyLoaded] = 1;
    endChange(header, Word.epoch);
    this.display.log(cells[Cell.clock]!, LogCode.history, -1, firstPlayed, this.historyBars);
  }

  /** What the user does to the run now counts from the next instant on. */
  private intervene(kind: Intervention['kind'], symbol: number): void {
    const { firstPlayed, sessions } = this.plan;
    const over = this.phase === 'closed' || this.phase === 'ended';
    const session = Math.max(firstPlayed, this.session + (over ? 1 : 0));
    if (session === sessions.length || (kind === 'history' && session > firstPlayed)) return;
    const slot = this.phase === 'slots' ? this.slot : 0;
    this.listening.hear({ session, slot, kind, symbol });
    this.listener.onIntervened?.(this.listening.interventions);
    if (this.phase === 'slots') this.listening.turnTo(session, slot);
  }

  /** Where the run is for an order that comes now. */
  private get moment(): Moment {
    if (this.transport.isOver) return 'over';
    if (this.phase === 'slots') return { slots: this.slot };
    const isLast = this.phase !== 'stage' && this.session + 1 === this.plan.sessions.length;
    return isLast ? 'over' : 'between sessions';
  }

  /** Wall milliseconds since the session was laid out. */
  private lead(): number {
    const { stagedAt, slabs } = this.block;
    return this.clocks.now() + this.clocks.epochMs - stagedAt[this.session % slabs[0]!.depth]!;
  }

  /** The first session is loaded by Play, or by going back to it. */
  private get isFetchedAhead(): boolean {
    const first = Math.max(this.plan.firstPlayed, this.block.words[Word.origin]!);
    return this.session > first && this.plan.config.prefetch.enabled;
  }

  /** Says which symbols have bars that the session's grid has no place for. */
  private logOffGrid(at: number): void {
    const { stagedOffGrid, slabs, symbols } = this.block;
    const from = (this.session % slabs[0]!.depth) * symbols;
    for (let s = 0; s < symbols; s++)
      if (stagedOffGrid[from + s] !== 0) this.display.log(at, LogCode.offGrid, s, stagedOffGrid[from + s]!, 0);
  }

  /**
   * Plays the instant at which the next base slot ends; where neither pace nor a step holds the run, those after it too, as far as
   * nothing is called for.
   */
  private play(): Need | null {
    const { frame, due, session, journal, records, instants, listening, transport } = this;
    const grid = frame.grids[0]!;
    const { count } = grid;
    const paced = transport.isPaced && this.life.isPaced;
    const until = paced || transport.stepsBySlot ? this.slot + 1 : Math.min(count, this.slot + mostInstants);
    do {
      const { slot } = this;
      const dueNow = due[slot]!;
      if ((dueNow & Due.journal) !== 0 && !journal.covers(frame.firstTick + slot)) return 'upkeep';
      if (records && !records.covers(frame.firstTick + slot)) return 'records';
      if (paced) {
        this.dueMs = this.pace.dueMs(slotMs(grid, slot));
        if (this.clocks.now() < this.dueMs) return 'time';
      }
      this.slot = slot + 1;
      instants.play(session, frame, slot, dueNow);
      // The next session's slots are cut here, so that the roll need not.
      if (slot === 0 && session + 1 < this.plan.sessions.length) this.timeline.frame(session + 1);
      listening.turnTo(session, slot + 1);
      if (slot + 1 === count) this.phase = 'closed';
    } while (this.slot < until && this.phase === 'slots' && !transport.isCalled);
    const played = this.slot - 1;
    if (paced) {
      this.pace.advance(slotMs(grid, played), this.clocks.now());
      if (this.slot < count) this.showDue();
    }
    if (transport.hasPlayed(frame.firstTick + played)) this.stand('paused');
    return null;
  }

  private readonly asSession: SessionRun = {
    abandon: () => {
      this.phase = 'closed';
    },
    settle: (at) => this.settle(at),
    rest: (at) => this.rest(at),
    leave: () => {
      this.transport.mayGoOn = this.transport.stepping !== 'no';
      this.nextSession();
      this.phase = 'stage';
    },
  };

  /** Closes the account of the session. */
  private settle(at: number): void {
    const { display, storage, session } = this;
    this.instants.end(this.slot);
    const account = this.ledger.close(session, this.frame, this.slot, storage.outcome, storage.waitedMs);
    this.listening.settle(session, account.left);
    const { expected, missing } = sessionTotals(account);
    const quality = qualityPercent(expected - missing, expected);
    display.quality(session, quality);
    display.log(at, LogCode.sessionEnd, -1, Math.round(quality * 1_000), missing);
    storage.waitedMs = 0;
    if (this.storyteller) {
      const { frame, slot: slots, due, leadMs } = this;
      const { error } = this.life;
      this.listener.onStory?.(this.storyteller.tell({ session, frame, account, slots, due, leadMs, error }));
    }
    this.phase = 'ended';
    display.clock(endOf(this.plan, session).at);
    this.showDue();
  }

  private rest(at: number): void {
    const { transport, session } = this;
    if (session + 1 === this.plan.sessions.length) return this.stand('finished');
    const failed = this.life.state === 'error' && transport.hasSteppedTo(this.frame.firstTick + this.slot - 1);
    if (failed || transport.hasSteppedToEnd(session)) return this.stand('paused');
    if (transport.passesEnds || this.plan.config.session.autoRoll) return;
    this.display.log(at, LogCode.waits, -1, 0, 0);
    this.stand('paused');
  }

  /** The slabs change their meaning: everything about the old session that is not history is gone. */
  private nextSession(): void {
    const { header, words } = this.block;
    this.session++;
    this.slot = 0;
    this.frame = this.timeline.frame(this.session);
    roll(header, this.session, () => {
      this.display.sessionState(this.life.state);
      words[Word.openGaps] = 0;
      words[Word.givenUp] = 0;
      this.delivery.begin(this.session, this.frame);
      this.listening.begin(this.frame);
      this.records?.begin();
      this.account?.begin(this.session);
    });
    ring(this.block, Role.library);
  }

  private readonly asTransport: TransportRun = {
    nextTick: () => this.frame.firstTick + this.slot,
    nextEnd: () => this.session + (this.phase === 'ended' ? 1 : 0),
    report: (isOutline) => {
      this.listener.onMaking?.();
      const place = { session: this.session, slots: this.slot, ended: this.phase === 'ended' };
      if (isOutline) this.listener.onOutline?.(this.reportWith(null), place);
      else this.listener.onReport(this.report(), place);
    },
    tellBook: (known) => {
      this.listener.onMaking?.();
      if (this.engine) this.listener.onBook?.(bookPiece(this.engine.book, known));
    },
    listen: (symbol, on) => {
      if (symbol < this.plan.symbols.length) this.intervene(on ? 'register' : 'cancel', symbol);
    },
    loadHistory: () => {
      const { firstPlayed, config } = this.plan;
      if (firstPlayed > 0 && !config.history.autoLoad) this.intervene('history', -1);
    },
    order: (argument, terms) => {
      const script = this.byHand.take(argument, terms, this.moment);
      this.listener.onScript?.(script);
    },
    stand: (state) => this.stand(state),
    showDue: () => this.showDue(),
  };

  private stand(state: 'paused' | 'finished' | 'failed', message?: string): void {
    this.transport.enter(state, this.asTransport);
    this.listener.onStand({
      state,
      fingerprint: this.ledger.fingerprint(),
      ...(message === undefined ? {} : { error: { message } }),
    });
  }

  /** Shows when the next bar is due. */
  private showDue(): void {
    const grid = this.frame.grids[0]!;
    const { slot, transport } = this;
    if (transport.state !== 'playing' || !transport.isPaced || this.phase !== 'slots' || slot >= grid.count)
      return this.display.due(NaN, NaN);
    this.display.due(grid.ends[slot]!, this.clocks.epochMs + this.pace.dueMs(slotMs(grid, slot)));
  }
}
