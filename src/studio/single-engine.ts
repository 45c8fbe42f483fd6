import { transfer } from 'comlink';
import type { Place } from '../coordinator/coordinator.ts';
import type { ToLoop } from '../coordinator/messages.ts';
import type { Command } from '../memory/commands.ts';
import type { Picture, PictureRequest } from '../memory/picture.ts';
import type { Timeline } from '../memory/timeline.ts';
import { datasetsOf } from '../session/datasets-of.ts';
import type { RunOrigin } from '../session/origin.ts';
import type { RunPlan } from '../session/plan.ts';
import { placeOf, type Engine, type EngineEvents, type Pulse } from './engine.ts';
import { messageOf } from './notices.svelte.ts';
import type { RunLibrary } from './shared-engine.ts';
import { coordinatorWorker, ownHost, type RunWorker } from './workers.ts';

/** Both loops in one worker on a plain buffer, bars from the library's; pictures come by message, one under way at a time. */
export class SingleEngine implements Engine {
  readonly mode = 'single';
  private readonly worker: RunWorker;
  private latest: Picture | undefined;
  private asked = false;
  /** Commands that the worker was sent and has not told of as obeyed. */
  private readonly unobeyed: Command[] = [];
  private signs = 0;
  private isAsked = false;
  /** The line at which own code was last; 0 while it is not at work. */
  private line = 0;
  private unwatch: () => void = () => undefined;

  constructor(plan: RunPlan, from: RunOrigin, library: RunLibrary, events: EngineEvents) {
    const own = plan.strategy?.own;
    this.worker = coordinatorWorker(own);
    this.worker.onmessage = ({ data }) => {
      this.signs++;
      if (data.kind === 'alive') this.isAsked = false;
      if (data.kind === 'hook-line') this.line = data.line;
      if (data.kind === 'obeyed') this.unobeyed.splice(0, data.commands);
      if (data.kind !== 'picture') return events.heard(data);
      this.asked = false;
      this.latest = data.picture ?? this.latest;
    };
    this.worker.onerror = (event) => events.failed('coordinator', event.message);
    if (own) this.unwatch = this.watch(events);
    const { port1, port2 } = new MessageChannel();
    library
      .lend(transfer(port1, [port1]), [...datasetsOf(plan)])
      .catch((error: unknown) => events.cutOff(messageOf(error)));
    this.worker.postMessage({ kind: 'start', plan, buffer: null, from } satisfies ToLoop, [port2]);
  }

  command(...command: Command): void {
    this.unobeyed.push(command);
    this.say({ kind: 'command', command });
  }

  picture(request: PictureRequest): Picture | undefined {
    if (!this.asked) this.say({ kind: 'look', request });
    this.asked = true;
    return this.latest;
  }

  reached(timeline: Timeline): number | undefined {
    const seen = this.picture({ symbol: 0, interval: 0, logAfter: Infinity });
    return seen && timeline.firstTick(seen.session) + seen.slots;
  }

  pulses(): readonly Pulse[] {
    return [{ worker: 'coordinator', beat: this.signs, state: this.signs === 0 ? 'starting' : 'at work' }];
  }

  ask(): void {
    if (!this.isAsked) this.say({ kind: 'ask' });
    this.isAsked = true;
  }

  beginFrame(): void {
    // Its worker cannot be told while it works.
  }

  endFrame(): void {
    // As before.
  }

  place(): Place | undefined {
    return this.latest && placeOf(this.latest.session, this.latest.slots, this.latest.sessionState);
  }

  giveUp(): readonly Command[] {
    this.dispose();
    return this.unobeyed;
  }

  dispose(): void {
    this.unwatch();
    this.worker.terminate();
  }

  /** Nobody can look into the worker: own code that has told a line is at work as long as an answer is owed. */
  private watch(events: EngineEvents): () => void {
    return ownHost().watch(
      () => (this.asked && this.line !== 0 ? this.signs : undefined),
      () => this.line,
      (message) => {
        this.worker.terminate();
        events.cutOff(message);
      },
    );
  }

  private say(message: ToLoop): void {
    this.worker.postMessage(message);
  }
}
