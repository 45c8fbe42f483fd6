import { transfer } from 'comlink';
import type { FromLoop, ToLoop } from '../coordinator/messages.ts';
import type { Picture, PictureRequest } from '../memory/picture.ts';
import type { Timeline } from '../memory/timeline.ts';
import type { RunOrigin } from '../session/origin.ts';
import type { RunPlan } from '../session/plan.ts';
import type { Engine, EngineEvents } from './engine.ts';
import { messageOf } from './notices.svelte.ts';
import type { RunLibrary } from './shared-engine.ts';
import { coordinatorWorker } from './workers.ts';

/** Both loops in one worker on a plain buffer, bars from the library's; pictures come by message, one under way at a time. */
export class SingleEngine implements Engine {
  readonly mode = 'single';
  private readonly worker: Worker;
  private latest: Picture | undefined;
  private asked = false;

  constructor(plan: RunPlan, from: RunOrigin, library: RunLibrary, events: EngineEvents) {
    this.worker = coordinatorWorker();
    this.worker.onmessage = ({ data }: MessageEvent<FromLoop>) => {
      if (data.kind !== 'picture') return events.heard(data);
      this.asked = false;
      this.latest = data.picture ?? this.latest;
    };
    this.worker.onerror = (event) => events.failed(event.message);
    const { port1, port2 } = new MessageChannel();
    library.lend(transfer(port1, [port1])).catch((error: unknown) => events.failed(messageOf(error)));
    this.worker.postMessage({ kind: 'start', plan, buffer: null, from } satisfies ToLoop, [port2]);
  }

  command(verb: number, argument = 0): void {
    this.say({ kind: 'command', verb, argument });
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

  dispose(): void {
    this.worker.terminate();
  }

  private say(message: ToLoop): void {
    this.worker.postMessage(message);
  }
}
