/// <reference lib="webworker" />
import { wrap } from 'comlink';
import { Coordinator, type Clocks, type Listener } from '../src/coordinator/coordinator.ts';
import { runAlone } from '../src/coordinator/alone.ts';
import type { FromLoop, ToLoop } from '../src/coordinator/messages.ts';
import { wordsOf } from '../src/coordinator/session-fault.ts';
import { Stager } from '../src/library/stage.ts';
import type { BarReader } from '../src/library/store.ts';
import { Role, waitFor } from '../src/memory/bell.ts';
import { Block } from '../src/memory/block.ts';
import { CommandQueue, hasCommand } from '../src/memory/commands.ts';
import { Courtesy } from '../src/memory/drawing.ts';
import { Word } from '../src/memory/layout.ts';
import { takePicture } from '../src/memory/picture.ts';
import { View } from '../src/memory/view.ts';
import type { RunOrigin } from '../src/session/origin.ts';
import type { RunPlan } from '../src/session/plan.ts';
import type { SessionStory } from '../src/session/story.ts';
import type { Strategy } from '../src/strategy/strategy.ts';
import { timelineOf } from '../src/session/run-timeline.ts';
import { blockFor } from '../src/session/run-block.ts';
import { shapeOf } from '../src/session/shape.ts';
import { Upkeep } from '../src/upkeep/upkeep.ts';
import { messageTurn } from './message-turn.ts';

declare const self: DedicatedWorkerGlobalScope;

/** The strategy of a run; `tell` speaks to the page. */
export type MakeStrategy = (plan: RunPlan, block: Block, tell: (message: FromLoop) => void) => Strategy | null;

/** What the scope has is taken from it here, once: that of own code is closed before the run begins. */
const post = self.postMessage.bind(self);
const tell = (message: FromLoop): void => post(message);

/** How long a run as fast as it can goes on until it looks whether the page draws, in milliseconds. */
const turnMs = 1;

/** Stories are sent together: at full speed sessions end by the hundred a second, and each message costs both sides. */
const sendEveryMs = 100;
let stories: SessionStory[] = [];
let sentAtMs = -Infinity;
function sendStories(): void {
  if (stories.length === 0) return;
  tell({ kind: 'stories', stories });
  stories = [];
  sentAtMs = performance.now();
}

const listener: Listener = {
  onStand(event) {
    sendStories();
    tell({ kind: 'stand', event });
  },
  onStory(story) {
    stories.push(story);
    if (performance.now() - sentAtMs >= sendEveryMs) sendStories();
  },
  onIntervened: (interventions) => tell({ kind: 'interventions', interventions }),
  onScript: (script) => tell({ kind: 'script', script }),
  onBook: (piece) => tell({ kind: 'book', piece }),
  onReport: (report, place) => tell({ kind: 'report', report, place }),
  onOutline: (report, place) => tell({ kind: 'outline', report, place }),
};

/** Plays on shared memory: waits in its sleep, takes commands from the block, and comes back when the page has left the run. */
function playShared(
  plan: RunPlan,
  buffer: SharedArrayBuffer,
  from: RunOrigin,
  clocks: Clocks,
  make: MakeStrategy,
): void {
  const block = new Block(buffer, shapeOf(plan));
  const courtesy = new Courtesy(block, () => clocks.epochMs + clocks.now());
  courtesy.rest();
  const coordinator = new Coordinator(plan, block, clocks, listener, make(plan, block, tell), from);
  for (;;) {
    const need = coordinator.run(turnMs);
    if (coordinator.isStopped) break;
    if (need === 'time') {
      sendStories();
      waitFor(block, Role.coordinator, () => hasCommand(block), coordinator.dueMs - clocks.now());
      continue;
    }
    courtesy.rest();
    if (need !== 'turn') waitFor(block, Role.coordinator, () => coordinator.ready());
  }
  stories = [];
  tell({ kind: 'free' });
}

/** Plays everything in this thread, on a plain buffer: upkeep, and laying out what the library reads at the other end of the port. */
async function playAlone(
  plan: RunPlan,
  from: RunOrigin,
  clocks: Clocks,
  library: MessagePort,
  make: MakeStrategy,
  onEngine: () => void,
): Promise<void> {
  const block = blockFor(plan, false, from);
  const view = new View(block, timelineOf(plan));
  let wake = (): void => undefined;
  const commands = new CommandQueue(block);
  hear = (data) => {
    if (data.kind === 'ask') tell({ kind: 'alive' });
    if (data.kind === 'look') tell({ kind: 'picture', picture: takePicture(view, data.request) });
    if (data.kind !== 'command') return;
    commands.put(...data.command);
    wake();
  };
  const heard = { ...listener, onMaking: onEngine };
  const coordinator = new Coordinator(plan, block, clocks, heard, make(plan, block, tell), from);
  let obeyed = 0;
  const tellObeyed = (): void => {
    const taken = block.words[Word.commandTail]!;
    if (taken !== obeyed) tell({ kind: 'obeyed', commands: taken - obeyed });
    obeyed = taken;
  };
  const turn = messageTurn();
  const idle = {
    now: clocks.now,
    turn: () => {
      tellObeyed();
      return turn();
    },
    until: (milliseconds: number) =>
      new Promise<void>((resolve) => {
        tellObeyed();
        sendStories();
        commands.flush();
        // One that came while the library was at work has woken nobody.
        if (hasCommand(block)) return resolve();
        const timer = milliseconds === Infinity ? undefined : setTimeout(resolve, Math.max(0, milliseconds));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
  try {
    const stager = await Stager.open(plan, block, wrap<BarReader>(library));
    const loader = {
      ready: () => stager.ready(),
      stageNext: () => {
        onEngine();
        return stager.stageNext();
      },
    };
    await runAlone(coordinator, new Upkeep(plan, block, clocks.now), loader, idle, commands);
  } catch (error) {
    coordinator.fail(wordsOf(error));
  }
  for (;;) {
    await idle.until(Infinity);
    commands.flush();
    coordinator.run();
  }
}

/** What is told after the start. */
let hear: (data: ToLoop) => void = () => undefined;

/**
 * What serves the run that the page starts in this worker: it is to hear the page's messages. `onEngine` hears, where one thread does all,
 * that what comes next is no work of the strategy, however long it takes: a session is laid out, a report is made.
 */
export function runServer(
  make: MakeStrategy,
  onEngine: () => void = () => undefined,
): (event: MessageEvent<ToLoop>) => void {
  const clocks = { now: () => performance.now(), epochMs: performance.timeOrigin };
  return ({ data, ports }) => {
    if (data.kind !== 'start') hear(data);
    else if (data.buffer) playShared(data.plan, data.buffer, data.from, clocks, make);
    else void playAlone(data.plan, data.from, clocks, ports[0]!, make, onEngine);
  };
}
