import type { Block } from '../memory/block.ts';
import { hasCommand, takeCommand, Verb } from '../memory/commands.ts';
import type { RunState } from '../memory/run-state.ts';
import type { Display } from './display.ts';
import type { Pace } from './pace.ts';

/** How far the run plays before it pauses again: on and on, a bar, to a session's end, or to a slot's number in the run. */
export type Stepping = 'no' | 'bar' | 'session' | 'time';

/** What a command asks of the run beyond its transport. */
export interface TransportRun {
  /** The run-wide number of the base slot that is played next. */
  nextTick(): number;
  /** The session that plays, or the one after it when it has ended. */
  nextEnd(): number;
  /** `isOutline`: without what a strategy came to. */
  report(isOutline: boolean): void;
  /** Orders and trades are told; of those that closed the ones after that many. */
  tellBook(known: number): void;
  /** The stream of a symbol is cancelled, or registered again, from the next instant on. */
  listen(symbol: number, on: boolean): void;
  loadHistory(): void;
  /** An order by hand. */
  order(argument: number, terms: readonly number[]): void;
  stand(state: 'paused'): void;
  /** What is due next has another time. */
  showDue(): void;
}

/** Whether the run plays, how fast and how far: what its user told it. */
export class Transport {
  state: RunState = 'ready';
  stepping: Stepping = 'no';
  /** The user's last word starts the next session where a setting makes the run wait for one. */
  mayGoOn = false;
  /** The user has left the run: nobody asks it for anything any more. */
  isStopped = false;
  private readonly block: Block;
  private readonly display: Display;
  private readonly pace: Pace;
  private readonly now: () => number;
  /** Where `stepping` leads: how many bars on, the place of a session, or a slot's number. */
  private target = 0;

  constructor(block: Block, display: Display, pace: Pace, now: () => number) {
    this.block = block;
    this.display = display;
    this.pace = pace;
    this.now = now;
  }

  get isOver(): boolean {
    return this.state === 'finished' || this.state === 'failed';
  }

  /** Bars come at their time, not as fast as they can. */
  get isPaced(): boolean {
    return this.pace.speed !== Infinity && this.stepping === 'no';
  }

  /** A step ends at the end of a slot. */
  get stepsBySlot(): boolean {
    return this.stepping === 'bar' || this.stepping === 'time';
  }

  /** Whether a command waits. */
  get isCalled(): boolean {
    return hasCommand(this.block);
  }

  /** Obeys the oldest command. */
  obey(run: TransportRun): void {
    const { verb, argument, terms } = takeCommand(this.block);
    if (verb === Verb.report) return run.report(argument === 1);
    if (verb === Verb.book) return run.tellBook(argument);
    if (verb === Verb.speed) return this.setSpeed(argument === 0 ? Infinity : argument / 1_000, run);
    if (verb === Verb.order) return run.order(argument, terms!);
    if (verb === Verb.stop) this.isStopped = true;
    if (this.isOver) return;
    switch (verb) {
      case Verb.pause:
        if (this.state === 'playing') run.stand('paused');
        return;
      case Verb.stop:
        return this.enter('finished', run);
      case Verb.play:
        return this.goOn('no', 0, run);
      case Verb.stepBar:
        // A step that comes while one is under way is another bar, not the same one.
        return this.goOn('bar', this.stepping === 'bar' ? this.target + 1 : 1, run);
      case Verb.stepSession:
        return this.goOn('session', run.nextEnd(), run);
      case Verb.runToEnd:
        return this.goOn('session', argument, run);
      case Verb.listen:
        return run.listen(argument >> 1, (argument & 1) === 1);
      case Verb.loadHistory:
        return run.loadHistory();
      case Verb.runTo:
        return argument < run.nextTick() ? run.stand('paused') : this.goOn('time', argument, run);
    }
  }

  /** Takes a state and shows it. */
  enter(state: RunState, run: Pick<TransportRun, 'showDue'>): void {
    this.state = state;
    if (state !== 'playing') this.stepping = 'no';
    this.display.runState(state);
    run.showDue();
  }

  /** The slot of that number is played; returns whether the run has come where a step led. */
  hasPlayed(tick: number): boolean {
    if (this.stepping === 'bar' && --this.target > 0) return false;
    return this.hasSteppedTo(tick);
  }

  /** Whether a step led no farther than to the slot of that number: a step of a bar leads to any. */
  hasSteppedTo(tick: number): boolean {
    return this.stepping === 'bar' || (this.stepping === 'time' && tick >= this.target);
  }

  /** Whether the run has come where a step led, now that a session has ended. */
  hasSteppedToEnd(session: number): boolean {
    return this.stepping === 'session' && session >= this.target;
  }

  /** The user lets the run pass the ends of sessions, whatever `session.autoRoll` says. */
  get passesEnds(): boolean {
    return this.stepping === 'session' || this.stepping === 'time';
  }

  private goOn(stepping: Stepping, target: number, run: TransportRun): void {
    this.stepping = stepping;
    this.target = target;
    this.mayGoOn = true;
    this.pace.anchor(this.now());
    this.enter('playing', run);
  }

  private setSpeed(multiple: number, run: TransportRun): void {
    this.pace.speed = multiple;
    this.pace.anchor(this.now());
    this.display.speed(multiple);
    run.showDue();
  }
}
