import type { FromLoop, ToLoop } from '../coordinator/messages.ts';
import { ring, Role } from '../memory/bell.ts';
import type { Block } from '../memory/block.ts';
import { putCommand, Verb } from '../memory/commands.ts';
import { Word } from '../memory/layout.ts';
import { takePicture, type Picture, type PictureRequest } from '../memory/picture.ts';
import { View } from '../memory/view.ts';
import type { RunPlan } from '../session/plan.ts';
import type { RunReport } from '../session/report.ts';
import { runStart } from '../session/origin.ts';
import { blockFor, speedWord, timelineOf } from '../session/shape.ts';
import { isoText, type Instant } from '../time/instant.ts';
import type { RunHandle, StandEvent } from './run-handle.ts';

/** What a run on shared memory needs of the library's worker. */
export interface RunLibrary {
  /** Lays the run's sessions out in the block; rejects when bars cannot be read. */
  attach(plan: RunPlan, buffer: SharedArrayBuffer): Promise<void>;
  /** The run was given up. */
  detach(): Promise<void>;
}

/** Milliseconds in which the coordinator and the library must both have told of the library's failure. */
const failureDeadlineMs = 1_000;

/** Milliseconds in which a report must come. */
const reportDeadlineMs = 20_000;

/** What both modes have in common: listeners, and one report under way at a time. */
abstract class Run implements RunHandle {
  abstract readonly mode: 'shared' | 'single';
  readonly plan: RunPlan;
  private readonly listeners: ((event: StandEvent) => void)[] = [];
  private hasFailed = false;
  private waiting: { resolve(report: RunReport): void; reject(error: Error): void }[] = [];
  protected over = false;

  constructor(plan: RunPlan) {
    this.plan = plan;
  }

  protected abstract command(verb: number, argument?: number): void;
  abstract picture(request: PictureRequest): Picture | undefined;

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
    this.command(Verb.runTo, tickOf(this.plan, at));
  }
  setListening(symbol: number, on: boolean): void {
    this.command(Verb.listen, symbol * 2 + (on ? 1 : 0));
  }
  loadHistory(): void {
    this.command(Verb.loadHistory);
  }
  setSpeed(multiple: number): void {
    this.command(Verb.speed, speedWord(multiple));
  }
  backBar(): Promise<void> {
    return Promise.reject(new Error('Going back is not served yet'));
  }
  backSession(): Promise<void> {
    return Promise.reject(new Error('Going back is not served yet'));
  }
  backTo(at: Instant): Promise<void> {
    tickOf(this.plan, at);
    return Promise.reject(new Error('Going back is not served yet'));
  }

  report(): Promise<RunReport> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The run did not answer in time; try again')), reportDeadlineMs);
      this.waiting.push({
        resolve: (report) => {
          clearTimeout(timer);
          resolve(report);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      if (this.waiting.length === 1) this.command(Verb.report);
    });
  }

  onStand(listener: (event: StandEvent) => void): void {
    this.listeners.push(listener);
  }

  dispose(): void {
    this.over = true;
    for (const { reject } of this.waiting) reject(new Error('The run was stopped'));
    this.waiting = [];
  }

  /** A worker died or reported an error that it could not handle. */
  protected failed(message: string): void {
    this.stands({ state: 'failed', error: { message }, fingerprint: null });
  }

  protected heard(message: FromLoop): void {
    if (this.over) return;
    if (message.kind === 'stand') this.stands(message.event);
    if (message.kind !== 'report') return;
    for (const { resolve } of this.waiting) resolve(message.report);
    this.waiting = [];
  }

  /** Tells the listeners; a run fails once, and for its first reason. */
  protected stands(event: StandEvent): void {
    if (this.over || this.hasFailed) return;
    this.hasFailed = event.state === 'failed';
    for (const listener of this.listeners) listener(event);
  }
}

/** Coordinator and upkeep in workers of their own, the library in the page's; everything meets in shared memory. */
class SharedRun extends Run {
  readonly mode = 'shared';
  private readonly block: Block;
  private readonly view: View;
  private readonly coordinator: Worker;
  private readonly upkeep: Worker;
  private readonly library: RunLibrary;
  private readonly unsent: (readonly [verb: number, argument: number])[] = [];
  private libraryReason: string | undefined;
  private libraryStand: StandEvent | undefined;

  constructor(plan: RunPlan, library: RunLibrary) {
    super(plan);
    this.library = library;
    this.block = blockFor(plan, true, runStart(plan));
    this.view = viewOf(plan, this.block);
    this.coordinator = coordinatorWorker();
    this.upkeep = new Worker(new URL('../../workers/upkeep.ts', import.meta.url), { type: 'module', name: 'upkeep' });
    const start: ToLoop = {
      kind: 'start',
      plan,
      buffer: this.block.buffer as SharedArrayBuffer,
      from: runStart(plan),
    };
    for (const worker of [this.coordinator, this.upkeep]) {
      worker.onmessage = ({ data }: MessageEvent<FromLoop>) => this.heard(data);
      worker.onerror = (event) => this.failed(event.message);
      worker.postMessage(start);
    }
    library.attach(plan, start.buffer!).catch((error: unknown) => {
      this.libraryReason = error instanceof Error ? error.message : String(error);
      this.libraryFailed();
    });
  }

  override picture(request: PictureRequest): Picture | undefined {
    return takePicture(this.view, request);
  }

  override dispose(): void {
    // Chromium lets a busy worker run on for two seconds after its end; this one rests at once.
    this.command(Verb.stop);
    super.dispose();
    void this.library.detach();
    this.coordinator.terminate();
    this.upkeep.terminate();
  }

  protected override command(verb: number, argument = 0): void {
    this.unsent.push([verb, argument]);
    if (this.unsent.length === 1) this.send();
  }

  /** Puts commands into the ring in their order; those for which it has no room wait for the next frame. */
  private readonly send = (): void => {
    if (this.over) return;
    while (this.unsent.length > 0 && putCommand(this.block, ...this.unsent[0]!)) this.unsent.shift();
    ring(this.block, Role.coordinator);
    if (this.unsent.length > 0) requestAnimationFrame(this.send);
  };

  protected override heard(message: FromLoop): void {
    const ofLibrary = this.block.header.load(Word.failed) !== 0;
    if (message.kind !== 'stand' || message.event.state !== 'failed' || !ofLibrary) return super.heard(message);
    this.libraryStand = message.event;
    this.libraryFailed();
  }

  /** Two tell of the library's failure: the library itself knows the reason, the coordinator how far the run came. */
  private libraryFailed(): void {
    const stand: StandEvent = this.libraryStand ?? { state: 'failed', fingerprint: null };
    const message = this.libraryReason ?? stand.error?.message;
    const tell = (): void => this.stands({ ...stand, ...(message === undefined ? {} : { error: { message } }) });
    if (this.libraryReason !== undefined && this.libraryStand) tell();
    else setTimeout(tell, failureDeadlineMs);
  }
}

/** Everything in one worker on a plain buffer; pictures come by message, one under way at a time. */
class SingleRun extends Run {
  readonly mode = 'single';
  private readonly worker: Worker;
  private latest: Picture | undefined;
  private asked = false;

  constructor(plan: RunPlan) {
    super(plan);
    this.worker = coordinatorWorker();
    this.worker.onmessage = ({ data }: MessageEvent<FromLoop>) => {
      if (data.kind !== 'picture') return this.heard(data);
      this.asked = false;
      this.latest = data.picture ?? this.latest;
    };
    this.worker.onerror = (event) => this.failed(event.message);
    this.say({ kind: 'start', plan, buffer: null, from: runStart(plan) });
  }

  override picture(request: PictureRequest): Picture | undefined {
    if (!this.asked) this.say({ kind: 'look', request });
    this.asked = true;
    return this.latest;
  }

  override dispose(): void {
    super.dispose();
    this.worker.terminate();
  }

  protected override command(verb: number, argument = 0): void {
    this.say({ kind: 'command', verb, argument });
  }

  private say(message: ToLoop): void {
    this.worker.postMessage(message);
  }
}

function coordinatorWorker(): Worker {
  return new Worker(new URL('../../workers/coordinator.ts', import.meta.url), { type: 'module', name: 'coordinator' });
}

/** The number of the first base slot that ends at or after a time. Throws a RangeError when the run does not play then. */
function tickOf(plan: RunPlan, at: Instant): number {
  const { open } = plan.sessions[plan.firstPlayed]!;
  const { close } = plan.sessions.at(-1)!;
  if (at >= open && at <= close) return timelineOf(plan).tickAt(at);
  throw new RangeError(
    `The time was ${Number.isFinite(at) ? isoText(at) : at}; the run plays from ${isoText(open)} to ${isoText(close)}`,
  );
}

function viewOf(plan: RunPlan, block: Block): View {
  return new View(block, timelineOf(plan));
}

/** Prepares a run on a fresh block: on shared memory where the page is isolated, else in one worker. It plays when told to. */
export function startRun(plan: RunPlan, library: RunLibrary): RunHandle {
  return globalThis.crossOriginIsolated ? new SharedRun(plan, library) : new SingleRun(plan);
}
