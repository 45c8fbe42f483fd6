import type { Place, Standstill } from '../../src/coordinator/coordinator.ts';
import type { FromLoop, RunStart } from '../../src/coordinator/messages.ts';
import { toPlace } from '../../src/coordinator/rewind.ts';
import { ring, Role } from '../../src/memory/bell.ts';
import type { Block } from '../../src/memory/block.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
import { runStart, type RunOrigin } from '../../src/session/origin.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { runReport, type RunReport } from '../../src/session/report.ts';
import { timelineOf } from '../../src/session/run-timeline.ts';
import { blockFor } from '../../src/session/run-block.ts';
import { sessionStates } from '../../src/session/state.ts';

/** A worker as this test needs it, of Node or of a browser. */
export interface Loop {
  hear(listener: (message: FromLoop) => void): void;
  end(): Promise<unknown>;
}

/** Where workers come from. The library's outlives the runs, unless it is killed; it comes back when it is asked to serve. */
export interface World {
  start(role: 'coordinator' | 'upkeep', start: RunStart): Loop;
  serve(plan: RunPlan, buffer: SharedArrayBuffer): void;
  endLibrary(): Promise<unknown>;
}

const roles = ['coordinator', 'upkeep', 'library'] as const;
export type Deaths = Record<(typeof roles)[number], number>;

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

/** A block with the workers that play on it. */
class Life {
  readonly block: Block;
  readonly coordinator: Loop;
  readonly upkeep: Loop;
  private heard: ((message: FromLoop) => void) | undefined;

  constructor(plan: RunPlan, world: World, from: RunOrigin) {
    this.block = blockFor(plan, true, from);
    const buffer = this.block.buffer as SharedArrayBuffer;
    this.coordinator = world.start('coordinator', { plan, buffer, from });
    this.coordinator.hear((message) => this.heard?.(message));
    this.upkeep = world.start('upkeep', { plan, buffer, from });
    world.serve(plan, buffer);
  }

  /** Gives a command; resolves with what the run says to it. */
  async ask<K extends FromLoop['kind']>(
    verb: number,
    argument: number,
    kind: K,
  ): Promise<Extract<FromLoop, { kind: K }>> {
    const answer = new Promise<Extract<FromLoop, { kind: K }>>((resolve) => {
      this.heard = (message) => {
        if (message.kind === kind) resolve(message as Extract<FromLoop, { kind: K }>);
      };
    });
    this.command(verb, argument);
    return answer;
  }

  command(verb: number, argument = 0): void {
    putCommand(this.block, verb, argument);
    ring(this.block, Role.coordinator);
  }

  /** How far it came, as its block has it. */
  get place(): Place {
    const { words } = this.block;
    const state = sessionStates[Atomics.load(words, Word.sessionState)]!;
    const ended = state === 'ended' || state === 'error';
    return { session: Atomics.load(words, Word.session), slots: Atomics.load(words, Word.slots), ended };
  }

  /** A dead coordinator does not obey; one that lives rests at once, though a browser may let it run on for a while. */
  async end(): Promise<void> {
    this.command(Verb.stop);
    await Promise.all([this.coordinator.end(), this.upkeep.end()]);
  }
}

/**
 * Plays a run of which some worker dies now and then, a random stretch on each time, and is built anew in a fresh block up to the
 * place that the block of the dead run has. Adds to the deaths; returns how the run stands in the end.
 */
export async function playWithDeaths(
  plan: RunPlan,
  world: World,
  random: () => number,
  deaths: Deaths,
): Promise<Standstill> {
  const timeline = timelineOf(plan);
  const first = timeline.firstTick(plan.firstPlayed);
  let report: RunReport = runReport(plan, [], null);
  let life = new Life(plan, world, runStart(plan));
  for (let at = first; ;) {
    at += 1 + Math.floor(random() * ((timeline.ticks - first) / 8));
    if (at >= timeline.ticks) break;
    life.command(Verb.play);
    while (timeline.firstTick(life.place.session) + life.place.slots < at) await soon();
    if (random() < 0.5) ({ report } = await life.ask(Verb.report, 0, 'report'));
    const role = roles[Math.floor(random() * roles.length)]!;
    await (role === 'library' ? world.endLibrary() : life[role].end());
    deaths[role]++;
    // The others go on for a while, until they miss it.
    for (let wait = Math.floor(random() * 5); wait > 0; wait--) await soon();
    const { place } = life;
    await life.end();
    const { from, verb, argument } = toPlace({ plan, timeline, report, place });
    life = new Life(plan, world, from);
    const { event } = await life.ask(verb, argument, 'stand');
    // It died when it had come to its end already.
    if (event.state === 'paused') continue;
    await life.end();
    return event;
  }
  const { event } = await life.ask(Verb.play, 0, 'stand');
  await life.end();
  return event;
}
