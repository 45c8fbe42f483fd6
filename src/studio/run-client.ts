import type { Script } from '../coordinator/by-hand.ts';
import type { Place } from '../coordinator/coordinator.ts';
import type { FromLoop } from '../coordinator/messages.ts';
import { backBar, backSession, toPlace, toTick, type Played, type Rewind } from '../coordinator/rewind.ts';
import { Verb, type Command } from '../memory/commands.ts';
import type { Picture, PictureRequest } from '../memory/picture.ts';
import type { Timeline } from '../memory/timeline.ts';
import type { Intervention } from '../session/intervention.ts';
import { firstLaid, runStart, type RunOrigin } from '../session/origin.ts';
import type { RunPlan } from '../session/plan.ts';
import type { RunOutline, RunReport } from '../session/report.ts';
import type { SessionStory } from '../session/story.ts';
import type { BookPiece } from '../strategy/book-piece.ts';
import { timelineOf } from '../session/run-timeline.ts';
import { withOrders } from '../session/with-orders.ts';
import { handCommand, type HandOrder } from '../strategy/hand-order.ts';
import { speedWord } from '../session/shape.ts';
import { isoText, type Instant } from '../time/instant.ts';
import type { Engine, EngineEvents } from './engine.ts';
import type { KeptPlace, Loss, RunHandle, StandEvent, WorkerPulse } from './run-handle.ts';
import { SharedEngine, type RunLibrary } from './shared-engine.ts';
import { SingleEngine } from './single-engine.ts';

/** Milliseconds in which a report must come. */
const reportDeadlineMs = 20_000;

/** So often a run is built anew without having come further since; then it fails. */
const mostLosses = 3;

/** Commands that set the run going. */
const goVerbs: readonly number[] = [Verb.play, Verb.stepBar, Verb.stepSession, Verb.runTo, Verb.runToEnd];

interface Answer<Report> {
  readonly report: Report;
  readonly place: Place;
}

/** Those who wait for a report of one kind; they are told together. */
interface Waiting<Report> {
  readonly outline: 0 | 1;
  readonly asked: { resolve(answer: Answer<Report>): void; reject(error: Error): void }[];
}

/** A way to a place, played in a fresh block, that has begun: what is told meanwhile waits until the run stands. */
interface Way {
  readonly later: Command[];
  /** Absent while the run that is left says how far it came. */
  readonly arrived?: () => void;
  readonly rewind?: Rewind;
  /** Base slots of the run between which the way leads. */
  readonly ticks?: readonly [from: number, to: number];
  /** It leads to where a run was that lost a worker while it played: nobody is told that it stands there, for it goes on. */
  readonly goesOn?: boolean;
}

/** A run: one engine after the other, each with a fresh block; one report under way at a time. */
class Run implements RunHandle {
  /** With the orders that were given by hand. */
  plan: RunPlan;
  private readonly library: RunLibrary;
  private readonly timeline: Timeline;
  private readonly listeners: ((event: StandEvent) => void)[] = [];
  private readonly storyListeners: ((story: SessionStory) => void)[] = [];
  private readonly lossListeners: ((loss: Loss) => void)[] = [];
  private readonly scriptListeners: ((script: Script) => void)[] = [];
  private readonly freshListeners: (() => void)[] = [];
  private engine: Engine;
  /** The engine that the run leaves when it goes back: it is shown until the new one stands. */
  private left: Engine | undefined;
  private way: Way | undefined;
  private heardInterventions: readonly Intervention[] = [];
  private speed: number | undefined;
  private hasFailed = false;
  private readonly reports: Waiting<RunReport> = { outline: 0, asked: [] };
  private readonly outlines: Waiting<RunOutline> = { outline: 1, asked: [] };
  private bookAsked: ((piece: BookPiece | undefined) => void) | undefined;
  private over = false;
  /** The command that set the run going, until it stands. */
  private going: Command | undefined;
  /** Base slot at which a worker was lost last, and how often one was since the run came further than that. */
  private lostAt = -1;
  private losses = 0;

  constructor(plan: RunPlan, library: RunLibrary, kept?: KeptPlace) {
    this.plan = plan;
    this.library = library;
    this.timeline = timelineOf(plan);
    if (!kept) this.engine = this.opened(runStart(plan));
    else {
      const { place, interventions } = kept;
      const way = toPlace({ plan, timeline: this.timeline, report: { sessions: [], interventions }, place });
      this.engine = this.opened(way.from);
      this.follow(way, () => this.tellLater());
    }
  }

  get mode(): 'shared' | 'single' {
    return this.engine.mode;
  }

  get interventions(): readonly Intervention[] {
    return this.heardInterventions;
  }

  get wayShare(): number | undefined {
    if (!this.way?.ticks) return undefined;
    const [from, to] = this.way.ticks;
    const at = this.engine.reached(this.timeline);
    return at === undefined ? 0 : Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from)));
  }

  play(): void {
    this.command(Verb.play);
  }
  pause(): void {
    this.command(Verb.pause);
  }
  stepBar(): void {
    this.command(Verb.stepBar);
  }
  stepSession(): void {
    this.command(Verb.stepSession);
  }
  runTo(at: Instant): void {
    this.command(Verb.runTo, this.tickOf(at));
  }
  setListening(symbol: number, on: boolean): void {
    this.command(Verb.listen, symbol * 2 + (on ? 1 : 0));
  }
  loadHistory(): void {
    this.command(Verb.loadHistory);
  }
  order(order: HandOrder): void {
    this.command(Verb.order, ...handCommand(order));
  }
  setSpeed(multiple: number): void {
    this.speed = multiple;
    this.command(Verb.speed, speedWord(multiple));
  }

  backBar(): Promise<void> {
    return this.goBack(backBar);
  }
  backSession(): Promise<void> {
    return this.goBack(backSession);
  }
  async backTo(at: Instant): Promise<void> {
    const tick = this.tickOf(at);
    await this.goBack((played) => toTick(played, tick));
  }

  picture(request: PictureRequest): Picture | undefined {
    // A run that is built anew has nothing to show before it stands, and one that was given up never again.
    if (this.over || (this.way?.arrived && !this.left)) return undefined;
    return (this.left ?? this.engine).picture(request);
  }

  beginFrame(): void {
    this.engine.beginFrame();
  }

  endFrame(nextMs: number): void {
    this.engine.endFrame(nextMs);
  }

  async report(): Promise<RunReport> {
    return (await this.answer(this.reports)).report;
  }

  async outline(): Promise<RunOutline> {
    return (await this.answer(this.outlines)).report;
  }

  book(known: number): Promise<BookPiece | undefined> {
    this.tellBook(undefined);
    if (this.way || this.over) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.bookAsked = resolve;
      this.engine.command(Verb.book, known);
    });
  }

  onStand(listener: (event: StandEvent) => void): void {
    this.listeners.push(listener);
  }

  onStory(listener: (story: SessionStory) => void): void {
    this.storyListeners.push(listener);
  }

  dispose(): void {
    this.over = true;
    this.refuseReports('The run was stopped');
    this.tellBook(undefined);
    this.way?.arrived?.();
    this.engine.dispose();
    this.left?.dispose();
    this.library.detach().catch(() => undefined);
  }

  get pulses(): readonly WorkerPulse[] {
    const isBusy = this.reports.asked.length + this.outlines.asked.length > 0;
    return this.engine
      .pulses()
      .map((pulse) => (isBusy && pulse.state === 'at work' ? { ...pulse, state: 'busy' } : pulse));
  }

  ask(): void {
    this.engine.ask();
  }

  onLoss(listener: (loss: Loss) => void): void {
    this.lossListeners.push(listener);
  }

  onScript(listener: (script: Script) => void): void {
    this.scriptListeners.push(listener);
  }

  onFresh(listener: () => void): void {
    this.freshListeners.push(listener);
  }

  revive(worker: Loss['worker'], reason: string): void {
    if (this.over || this.hasFailed) return;
    const place = this.engine.place();
    const hasBegun = place !== undefined && place.session >= this.plan.firstPlayed && (place.slots > 0 || place.ended);
    const tick = hasBegun ? this.timeline.firstTick(place.session) + place.slots : 0;
    this.losses = tick > this.lostAt ? 1 : this.losses + 1;
    this.lostAt = tick;
    if (this.losses > mostLosses) {
      const message = `The worker “${worker}” was lost ${mostLosses} times at the same place: ${reason}`;
      return this.stands({ state: 'failed', error: { message }, fingerprint: null });
    }
    this.refuseReports(`The worker “${worker}” was lost; try again`);
    this.tellBook(undefined);
    const dead = this.engine;
    const unobeyed = dead.giveUp().filter(([verb]) => verb !== Verb.report && verb !== Verb.book);
    const isGoing = this.going && !unobeyed.some(([verb]) => goVerbs.includes(verb));
    const onward = [...(isGoing ? [this.going!] : []), ...unobeyed];
    const loss = { worker, reason, at: hasBegun ? place : null };
    if (this.way?.rewind) {
      // It was on its way to a place: the way begins anew.
      if (this.left) dead.dispose();
      this.engine = this.opened(this.way.rewind.from);
      this.follow(this.way.rewind, this.way.arrived!, this.way.goesOn);
    } else {
      const interventions = this.heardInterventions;
      const { plan, timeline } = this;
      const rewind = hasBegun && toPlace({ plan, timeline, report: { sessions: [], interventions }, place });
      this.engine = this.opened(rewind ? rewind.from : { ...runStart(plan), interventions });
      if (rewind) {
        this.left = dead;
        this.way = { later: onward };
        this.follow(
          rewind,
          () => this.tellLater(),
          onward.some(([verb]) => goVerbs.includes(verb)),
        );
      } else {
        if (this.speed !== undefined) this.engine.command(Verb.speed, speedWord(this.speed));
        for (const each of onward) this.engine.command(...each);
        for (const listener of this.freshListeners) listener();
      }
    }
    for (const listener of this.lossListeners) listener(loss);
  }

  private command(verb: number, argument = 0, terms?: readonly number[]): void {
    const command: Command = terms ? [verb, argument, terms] : [verb, argument];
    if (goVerbs.includes(verb)) this.going = command;
    if (this.way) this.way.later.push(command);
    else this.engine.command(...command);
  }

  private opened(from: RunOrigin): Engine {
    const events: EngineEvents = {
      heard: (message) => {
        if (this.engine === engine) this.heard(message);
      },
      failed: (worker, message) => {
        if (this.engine === engine) this.revive(worker, message || 'it did not load');
      },
      cutOff: (message) => {
        if (this.engine === engine) this.stands({ state: 'failed', error: { message }, fingerprint: null });
      },
    };
    // Memory is shared within one origin, and foreign code is in another.
    const isShared = globalThis.crossOriginIsolated && !this.plan.strategy?.own?.isForeign;
    const engine: Engine = isShared
      ? new SharedEngine(this.plan, from, this.library, events)
      : new SingleEngine(this.plan, from, this.library, events);
    return engine;
  }

  /** Pauses where the run is, and plays a fresh block up to the target; the old one is shown until the new one stands there. */
  private async goBack(leads: (played: Played) => Rewind): Promise<void> {
    if (this.way) throw new Error('The run is going back already');
    this.engine.command(Verb.pause);
    this.going = undefined;
    this.way = { later: [] };
    this.tellBook(undefined);
    try {
      const way = leads({ plan: this.plan, timeline: this.timeline, ...(await this.answer(this.outlines)) });
      this.left = this.engine;
      this.engine = this.opened(way.from);
      await new Promise<void>((arrived) => this.follow(way, arrived));
    } finally {
      this.tellLater();
    }
  }

  /** Sends a fresh engine on its way. */
  private follow(rewind: Rewind, arrived: () => void, goesOn = false): void {
    const { plan, timeline } = this;
    const { from, verb, argument } = rewind;
    const start = timeline.firstTick(firstLaid(plan, from));
    const end = verb === Verb.runToEnd ? timeline.firstTick(argument + 1) : argument + 1;
    this.way = { later: this.way?.later ?? [], arrived, rewind, ticks: [start, end], goesOn };
    this.heardInterventions = from.interventions;
    if (this.speed !== undefined) this.engine.command(Verb.speed, speedWord(this.speed));
    this.engine.command(verb, argument);
  }

  /** The way has come to its end, or was given up: what was told meanwhile is told now. */
  private tellLater(): void {
    const later = this.way?.later ?? [];
    this.way = undefined;
    if (!this.over) for (const command of later) this.engine.command(...command);
  }

  /** What was given by hand is given again by whatever is built anew. */
  private takeScript(script: Script): void {
    if (script.refusal === null) this.plan = withOrders(this.plan, script.orders);
    for (const listener of this.scriptListeners) listener(script);
  }

  private tellBook(piece: BookPiece | undefined): void {
    this.bookAsked?.(piece);
    this.bookAsked = undefined;
  }

  private refuseReports(message: string): void {
    for (const { asked } of [this.reports, this.outlines])
      for (const { reject } of asked.splice(0)) reject(new Error(message));
  }

  private answer<Report>(waiting: Waiting<Report>): Promise<Answer<Report>> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The run did not answer in time; try again')), reportDeadlineMs);
      waiting.asked.push({
        resolve: (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.engine.command(Verb.report, waiting.outline);
    });
  }

  private heard(message: FromLoop): void {
    if (this.over) return;
    if (message.kind === 'stand') this.stands(message.event);
    if (message.kind === 'book') this.tellBook(message.piece);
    if (message.kind === 'interventions') this.heardInterventions = message.interventions;
    if (message.kind === 'script') this.takeScript(message.script);
    if (message.kind === 'stories')
      for (const story of message.stories) for (const listener of this.storyListeners) listener(story);
    if (message.kind === 'report') for (const { resolve } of this.reports.asked.splice(0)) resolve(message);
    if (message.kind === 'outline') for (const { resolve } of this.outlines.asked.splice(0)) resolve(message);
  }

  /** Tells the listeners; a run fails once, and for its first reason. */
  private stands(event: StandEvent): void {
    if (this.over || this.hasFailed) return;
    // While the run goes back, the engine that it leaves stands of no interest.
    if (this.way && !this.way.arrived && event.state === 'paused') return;
    this.hasFailed = event.state === 'failed';
    const { arrived, goesOn } = this.way ?? {};
    if (this.left) {
      this.left.dispose();
      this.left = undefined;
      for (const listener of this.freshListeners) listener();
    }
    if (goesOn && event.state === 'paused') return arrived?.();
    this.going = undefined;
    for (const listener of this.listeners) listener(event);
    arrived?.();
  }

  /** The number of the first base slot that ends at or after a time. Throws a RangeError when the run does not play then. */
  private tickOf(at: Instant): number {
    const { open } = this.plan.sessions[this.plan.firstPlayed]!;
    const { close } = this.plan.sessions.at(-1)!;
    if (at >= open && at <= close) return this.timeline.tickAt(at);
    throw new RangeError(
      `The time was ${Number.isFinite(at) ? isoText(at) : at}; the run plays from ${isoText(open)} to ${isoText(close)}`,
    );
  }
}

/**
 * Prepares a run on a fresh block: on shared memory where the page is isolated and its strategy is not foreign, else in one worker. It plays when told to; one that
 * is taken up at a place where it stood before is played up to there at full speed, and stands.
 */
export function startRun(plan: RunPlan, library: RunLibrary, kept?: KeptPlace): RunHandle {
  return new Run(plan, library, kept);
}
