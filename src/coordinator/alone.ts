import type { CommandQueue } from '../memory/commands.ts';
import type { Upkeep } from '../upkeep/upkeep.ts';
import type { Coordinator } from './coordinator.ts';

/** What the loops need of the library when they share its thread. */
export interface SessionLoader {
  /** Whether a session is asked for and there is room for it, or quotes and ticks can be written ahead. */
  ready(): boolean;
  /** Lays the next session out, or writes quotes and ticks ahead; rejects when they cannot be read. */
  stageNext(): Promise<void>;
}

/** How the one thread lets others in. */
export interface Idle {
  /** Milliseconds of a clock that does not jump. */
  now(): number;
  /** Gives the turn away, and resolves soon after. */
  turn(): Promise<void>;
  /** Resolves after that long, or earlier when a command has come. */
  until(milliseconds: number): Promise<void>;
}

/** The longest that the loops keep the thread, in milliseconds. */
const turnMs = 8;

/**
 * Runs both loops and the library in one thread, in the order in which they need one another: the single mode of the page and
 * the terminal. Resolves when the run is over or has failed.
 */
export async function runAlone(
  coordinator: Coordinator,
  upkeep: Upkeep,
  loader: SessionLoader,
  idle: Idle,
  commands: CommandQueue,
): Promise<void> {
  let turnAt = idle.now();
  const stageWanted = async (): Promise<void> => {
    while (loader.ready()) await loader.stageNext();
  };
  for (;;) {
    if (idle.now() - turnAt > turnMs) {
      await idle.turn();
      turnAt = idle.now();
    }
    // Also those that the ring had no room for, and that no wait is ahead of.
    commands.flush();
    try {
      switch (coordinator.run(turnMs)) {
        case 'upkeep':
          upkeep.run();
          await stageWanted();
          break;
        case 'session':
        case 'records':
          await stageWanted();
          break;
        case 'time':
          upkeep.run();
          await stageWanted();
          await idle.until(coordinator.dueMs - idle.now());
          turnAt = idle.now();
          break;
        case 'command':
          await stageWanted();
          await idle.until(Infinity);
          turnAt = idle.now();
          break;
        case 'turn':
          break;
        case 'nothing':
          return;
      }
    } catch (error) {
      coordinator.fail(error instanceof Error ? error.message : String(error));
    }
  }
}
