import type { Place } from '../coordinator/coordinator.ts';
import type { FromLoop, ToLoop } from '../coordinator/messages.ts';
import { doneOf, pulseOf, ring, Role } from '../memory/bell.ts';
import type { Block } from '../memory/block.ts';
import { CommandQueue, Verb, type Command } from '../memory/commands.ts';
import { beginDrawing, endDrawing } from '../memory/drawing.ts';
import { Word } from '../memory/layout.ts';
import { takePicture, type Picture, type PictureRequest } from '../memory/picture.ts';
import type { Timeline } from '../memory/timeline.ts';
import { View } from '../memory/view.ts';
import type { RunOrigin } from '../session/origin.ts';
import type { RunPlan } from '../session/plan.ts';
import { timelineOf } from '../session/run-timeline.ts';
import { blockFor } from '../session/run-block.ts';
import { placeOf, type Engine, type EngineEvents, type Pulse } from './engine.ts';
import type { StandEvent } from './run-handle.ts';
import { LoopWorker, takeLoopWorker } from './loop-worker.ts';
import { ownHost } from './workers.ts';

/** What a run needs of the library's worker. */
export interface RunLibrary {
  /** Lays the run's sessions out in the block, and lets the block before go; rejects when bars cannot be read. */
  attach(plan: RunPlan, buffer: SharedArrayBuffer): Promise<void>;
  /** Reads bars of those datasets, by their ids, at the other end of the port, for a run without shared memory. */
  lend(port: MessagePort, datasets: readonly string[]): Promise<void>;
  /** The run was given up. */
  detach(): Promise<void>;
}

/** Milliseconds in which the coordinator and the library must both have told of the library's failure. */
const failureDeadlineMs = 1_000;

/** The page has no processor to itself beside those for the run and for the library. */
const isCrowded = (): boolean => navigator.hardwareConcurrency < 4;

/** Coordinator and upkeep in workers of their own, the library in the page's; everything meets in shared memory. */
export class SharedEngine implements Engine {
  readonly mode = 'shared';
  private readonly events: EngineEvents;
  private readonly block: Block;
  private readonly view: View;
  private readonly coordinator: LoopWorker;
  private readonly upkeep: LoopWorker;
  private readonly commands: CommandQueue;
  private libraryReason: string | undefined;
  private libraryStand: StandEvent | undefined;
  private unwatch: () => void = () => undefined;
  private isSending = false;
  private isOver = false;

  constructor(plan: RunPlan, from: RunOrigin, library: RunLibrary, events: EngineEvents) {
    this.events = events;
    this.block = blockFor(plan, true, from);
    this.view = new View(this.block, timelineOf(plan));
    this.commands = new CommandQueue(this.block);
    const own = plan.strategy?.own;
    this.coordinator = own ? new LoopWorker(ownHost().worker(own)) : takeLoopWorker('coordinator');
    this.upkeep = takeLoopWorker('upkeep');
    if (own) this.unwatch = this.watch();
    // Whoever plays at once says first that the page draws, and the workers rest before they begin.
    queueMicrotask(() =>
      this.begin({ kind: 'start', plan, buffer: this.block.buffer as SharedArrayBuffer, from }, library),
    );
  }

  private begin(
    start: ToLoop & { readonly kind: 'start'; readonly buffer: SharedArrayBuffer },
    library: RunLibrary,
  ): void {
    if (this.isOver) return;
    for (const name of ['coordinator', 'upkeep'] as const)
      this[name].serve(
        start,
        (message) => this.heard(message),
        (message) => this.events.failed(name, message),
      );
    library.attach(start.plan, start.buffer).catch((error: unknown) => {
      this.libraryReason = error instanceof Error ? error.message : String(error);
      this.libraryFailed();
    });
  }

  command(...command: Command): void {
    this.commands.put(...command);
    if (!this.isSending) this.send();
  }

  picture(request: PictureRequest): Picture | undefined {
    return takePicture(this.view, request);
  }

  reached(timeline: Timeline): number {
    const { words } = this.block;
    return timeline.firstTick(words[Word.session]!) + words[Word.slots]!;
  }

  pulses(): readonly Pulse[] {
    const { words } = this.block;
    const pulse = (worker: Pulse['worker'], beats: number): Pulse => {
      const waits = words[pulseOf(Role[worker])]!;
      const state = words[doneOf(Role[worker])] === 1 ? 'done' : beats === 0 && waits === 0 ? 'starting' : 'at work';
      return { worker, beat: beats + waits, state };
    };
    return [pulse('coordinator', words[Word.coordinatorBeat]!), pulse('upkeep', words[Word.upkeepBeat]!)];
  }

  ask(): void {
    ring(this.block, Role.coordinator);
    ring(this.block, Role.upkeep);
  }

  beginFrame(): void {
    if (isCrowded()) beginDrawing(this.block);
  }

  endFrame(nextMs: number): void {
    if (isCrowded()) endDrawing(this.block, performance.timeOrigin + nextMs);
  }

  place(): Place {
    const { words } = this.block;
    return placeOf(words[Word.session]!, words[Word.slots]!, words[Word.sessionState]!);
  }

  giveUp(): readonly Command[] {
    const unobeyed = this.commands.takeBack();
    this.leave();
    this.coordinator.terminate();
    this.upkeep.terminate();
    return unobeyed;
  }

  dispose(): void {
    if (this.isOver) return;
    const isHeard = this.leave();
    for (const worker of [this.coordinator, this.upkeep])
      if (isHeard) worker.leave();
      else worker.terminate();
  }

  /** Tells the workers that the run is left; false where there is no room to tell. */
  private leave(): boolean {
    const { block, commands } = this;
    this.isOver = true;
    this.unwatch();
    block.header.store(Word.left, 1);
    // Chromium lets a busy worker run on for two seconds after its end; this one rests at once.
    commands.put(Verb.stop);
    const isHeard = commands.flush();
    ring(block, Role.coordinator);
    ring(block, Role.upkeep);
    return isHeard;
  }

  /** Commands for which the ring has no room wait for the next frame. */
  private readonly send = (): void => {
    if (this.isOver) return;
    this.isSending = !this.commands.flush();
    ring(this.block, Role.coordinator);
    if (this.isSending) requestAnimationFrame(this.send);
  };

  private heard(message: FromLoop): void {
    const ofLibrary = this.block.header.load(Word.failed) !== 0;
    if (message.kind !== 'stand' || message.event.state !== 'failed' || !ofLibrary) return this.events.heard(message);
    this.libraryStand = message.event;
    this.libraryFailed();
  }

  /** Own code of which a hook does not come back: its worker is ended, which is all that helps. */
  private watch(): () => void {
    const { words } = this.block;
    const call = (): number | undefined => (words[Word.hookCalls]! % 2 === 0 ? undefined : words[Word.hookCalls]!);
    return ownHost().watch(
      call,
      () => words[Word.hookLine]!,
      (message) => {
        this.coordinator.terminate();
        this.events.cutOff(message);
      },
    );
  }

  /** Two tell of the library's failure: the library itself knows the reason, the coordinator how far the run came. */
  private libraryFailed(): void {
    const stand: StandEvent = this.libraryStand ?? { state: 'failed', fingerprint: null };
    const message = this.libraryReason ?? stand.error?.message;
    const event = { ...stand, ...(message === undefined ? {} : { error: { message } }) };
    const tell = (): void => this.events.heard({ kind: 'stand', event });
    if (this.libraryReason !== undefined && this.libraryStand) tell();
    else setTimeout(tell, failureDeadlineMs);
  }
}
