import type { Block } from '../memory/block.ts';
import type { Frame } from '../memory/timeline.ts';
import type { Ledger } from '../session/ledger.ts';
import type { RunPlan } from '../session/plan.ts';
import { approachOf, endOf } from '../session/session-times.ts';
import { transition, type Effect, type SessionEvent, type SessionState, type StateCause } from '../session/state.ts';
import { Due } from '../session/tick.ts';
import { sessionTimeAt } from '../time/grid.ts';
import { minute, second } from '../time/instant.ts';
import type { Display } from './display.ts';
import type { SessionFault } from './session-fault.ts';

/** What the changes of a session ask of the run that plays it. */
export interface SessionRun {
  /** What is left of the session is not played. */
  abandon(): void;
  /** Closes the account of the session, which is over since `at`. */
  settle(at: number): void;
  /** The run may stand here. */
  rest(at: number): void;
  /** Takes up the next session. */
  leave(): void;
}

/** Silence this close to the end is not a timeout. */
const endMs = minute;

/** Takes the session that plays through its states: says what happens to it, and carries out what that brings with it. */
export class SessionLife {
  state: SessionState = 'not-started';
  /** The words of the error that ended the session; null while none did. */
  error: string | null = null;
  private readonly plan: RunPlan;
  private readonly block: Block;
  private readonly ledger: Ledger;
  private readonly display: Display;
  private readonly run: SessionRun;
  private session = 0;
  private frame!: Frame;
  private activeTo = 0;
  private lastDataMs = 0;
  private hurried = false;

  constructor(plan: RunPlan, block: Block, ledger: Ledger, display: Display, run: SessionRun) {
    this.plan = plan;
    this.block = block;
    this.ledger = ledger;
    this.display = display;
    this.run = run;
  }

  /** Whether bars come at their time; a session that timed out passes as fast as it can. */
  get isPaced(): boolean {
    return !this.hurried;
  }

  /** The session becomes pre-market, and active where its grid begins with its active hours. */
  approach(session: number, frame: Frame): void {
    this.session = session;
    this.frame = frame;
    this.error = null;
    this.hurried = false;
    this.lastDataMs = frame.session.open;
    this.activeTo = frame.session.activeTo;
    const { at, cause } = approachOf(this.plan, session);
    this.happen('approach', at, cause);
  }

  /** A bar was delivered. */
  hasData(at: number): void {
    this.lastDataMs = at;
  }

  /** Changes that are due at an instant, the end of a base slot or the open; `due` is what the tick table has for it. */
  change(at: number, slot: number, due: number, last: boolean): void {
    if (this.state === 'pre-market') this.openIfDue(at);
    if (this.state !== 'active') return;
    if (last || at >= this.activeTo)
      this.happen('close', this.activeTo, this.frame.session.early ? 'early close' : 'close');
    else if (due & Due.boundary) this.watch(at, slot);
  }

  /** The session ends after its roll delay. */
  end(): void {
    const { at, cause } = endOf(this.plan, this.session);
    this.happen('end', at, cause);
  }

  /** The session ends with an error. */
  fail(at: number, { fault, message }: SessionFault): void {
    this.error = message;
    this.happen('fail', at, fault);
  }

  /** The run goes on to the next session. */
  roll(): void {
    this.happen('roll', NaN, 'next session opens');
  }

  private openIfDue(at: number): void {
    const { activeFrom } = this.frame.session;
    if (at < activeFrom) return;
    this.happen('open', activeFrom, 'open');
    this.lastDataMs = Math.max(this.lastDataMs, activeFrom);
  }

  /**
   * Times the session out: every stream is exhausted (nothing of the session is due any more; what a cancelled one has is not) and `timeoutSeconds` went by
   * without data, in session time. Checked each `boundaryCheckSeconds`, at the ends of base slots.
   */
  private watch(at: number, slot: number): void {
    const { timeoutSeconds } = this.plan.config.session;
    if (this.isDueAfter(slot)) return;
    const grid = this.frame.grids[0]!;
    const silentMs = grid.elapsed[slot]! - sessionTimeAt(grid, this.lastDataMs);
    if (silentMs < timeoutSeconds * second || this.frame.session.activeTo - at < endMs) return;
    this.happen('timeout', at, 'no data for session.timeoutSeconds and none left');
  }

  /** Whether a stream that is not cancelled has anything due after a slot. */
  private isDueAfter(slot: number): boolean {
    const { stagedLastDue, silent, slabs, symbols } = this.block;
    const from = (this.session % slabs[0]!.depth) * symbols;
    for (let s = 0; s < symbols; s++) if (stagedLastDue[from + s]! > slot && silent[s] === 0) return true;
    return false;
  }

  private happen(event: SessionEvent, at: number, cause: StateCause): void {
    const { state, effects } = transition(this.state, event);
    this.state = state;
    for (const effect of effects) this.carryOut(effect, at, cause);
  }

  private carryOut(effect: Effect, at: number, cause: StateCause): void {
    switch (effect) {
      case 'record':
        this.display.sessionState(this.state);
        this.ledger.change(this.state, at, cause);
        return this.display.stateLog(at, this.state, cause);
      case 'hurry':
        this.hurried = true;
        return;
      case 'abandon':
        return this.run.abandon();
      case 'settle':
        return this.run.settle(at);
      case 'rest':
        return this.run.rest(at);
      case 'leave':
        return this.run.leave();
    }
  }
}
