import type { Place } from '../coordinator/coordinator.ts';
import type { FromLoop } from '../coordinator/messages.ts';
import { backBar, backSession, toTick, type Played, type Rewind } from '../coordinator/rewind.ts';
import { Verb } from '../memory/commands.ts';
import type { Picture, PictureRequest } from '../memory/picture.ts';
import type { Timeline } from '../memory/timeline.ts';
import { runStart, type RunOrigin } from '../session/origin.ts';
import type { RunPlan } from '../session/plan.ts';
import type { RunReport } from '../session/report.ts';
import type { SessionStory } from '../session/story.ts';
import { speedWord, timelineOf } from '../session/shape.ts';
import { isoText, type Instant } from '../time/instant.ts';
import type { Engine, EngineEvents } from './engine.ts';
import type { RunHandle, StandEvent } from './run-handle.ts';
import { SharedEngine, type RunLibrary } from './shared-engine.ts';
import { SingleEngine } from './single-engine.ts';

/** Milliseconds in which a report must come. */
const reportDeadlineMs = 20_000;

interface Answer {
  readonly report: RunReport;
  readonly place: Place;
}

/** A going back that has begun: what is told meanwhile waits until the run stands. */
interface WayBack {
  readonly later: (readonly [verb: number, argument: number])[];
  readonly arrived: (() => void) | undefined;
}

/** A run: one engine after the other, each with a fresh block; one report under way at a time. */
class Run implements RunHandle {
  readonly plan: RunPlan;
  private readonly library: RunLibrary;
  private readonly timeline: Timeline;
  private readonly listeners: ((event: StandEvent) => void)[] = [];
  private readonly storyListeners: ((story: SessionStory) => void)[] = [];
  private engine: Engine;
  /** The engine that is shown: while the run goes back, the one that it left. */
  private shown: Engine;
  private wayBack: WayBack | undefined;
  private speed: number | undefined;
  private hasFailed = false;
  private waiting: { resolve(answer: Answer): void; reject(error: Error): void }[] = [];
  private over = false;

  constructor(plan: RunPlan, library: RunLibrary) {
    this.plan = plan;
    this.library = library;
    this.timeline = timelineOf(plan);
    this.engine = this.shown = this.opened(runStart(plan));
  }

  get mode(): 'shared' | 'single' {
    return this.shown.mode;
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
    return this.shown.picture(request);
  }

  async report(): Promise<RunReport> {
    return (await this.answer()).report;
  }

  onStand(listener: (event: StandEvent) => void): void {
    this.listeners.push(listener);
  }

  onStory(listener: (story: SessionStory) => void): void {
    this.storyListeners.push(listener);
  }

  dispose(): void {
    this.over = true;
    for (const { reject } of this.waiting) reject(new Error('The run was stopped'));
    this.waiting = [];
    this.wayBack?.arrived?.();
    this.engine.dispose();
    if (this.shown !== this.engine) this.shown.dispose();
    void this.library.detach();
  }

  private command(verb: number, argument = 0): void {
    if (this.wayBack) this.wayBack.later.push([verb, argument]);
    else this.engine.command(verb, argument);
  }

  private opened(from: RunOrigin): Engine {
    const events: EngineEvents = {
      heard: (message) => {
        if (this.engine === engine) this.heard(message);
      },
      failed: (message) => {
        if (this.engine === engine) this.stands({ state: 'failed', error: { message }, fingerprint: null });
      },
    };
    const engine: Engine = globalThis.crossOriginIsolated
      ? new SharedEngine(this.plan, from, this.library, events)
      : new SingleEngine(this.plan, from, events);
    return engine;
  }

  /** Pauses where the run is, and plays a fresh block up to the target; the old one is shown until the new one stands there. */
  private async goBack(way: (played: Played) => Rewind): Promise<void> {
    if (this.wayBack) throw new Error('The run is going back already');
    this.engine.command(Verb.pause);
    this.wayBack = { later: [], arrived: undefined };
    try {
      const { from, verb, argument } = way({ plan: this.plan, timeline: this.timeline, ...(await this.answer()) });
      const left = this.engine;
      const engine = (this.engine = this.opened(from));
      await new Promise<void>((resolve) => {
        this.wayBack = { later: this.wayBack?.later ?? [], arrived: resolve };
        if (this.speed !== undefined) engine.command(Verb.speed, speedWord(this.speed));
        engine.command(verb, argument);
      });
      left.dispose();
    } finally {
      const later = this.wayBack?.later ?? [];
      this.wayBack = undefined;
      if (!this.over) for (const [verb, argument] of later) this.engine.command(verb, argument);
    }
  }

  private answer(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The run did not answer in time; try again')), reportDeadlineMs);
      this.waiting.push({
        resolve: (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.engine.command(Verb.report);
    });
  }

  private heard(message: FromLoop): void {
    if (this.over) return;
    if (message.kind === 'stand') this.stands(message.event);
    if (message.kind === 'stories')
      for (const story of message.stories) for (const listener of this.storyListeners) listener(story);
    if (message.kind !== 'report') return;
    for (const { resolve } of this.waiting) resolve(message);
    this.waiting = [];
  }

  /** Tells the listeners; a run fails once, and for its first reason. */
  private stands(event: StandEvent): void {
    if (this.over || this.hasFailed) return;
    // While the run goes back, the engine that it leaves stands of no interest.
    if (this.wayBack && this.engine === this.shown && event.state === 'paused') return;
    this.hasFailed = event.state === 'failed';
    this.shown = this.engine;
    for (const listener of this.listeners) listener(event);
    this.wayBack?.arrived?.();
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

/** Prepares a run on a fresh block: on shared memory where the page is isolated, else in one worker. It plays when told to. */
export function startRun(plan: RunPlan, library: RunLibrary): RunHandle {
  return new Run(plan, library);
}
