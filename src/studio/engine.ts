import type { Place } from '../coordinator/coordinator.ts';
import type { FromLoop } from '../coordinator/messages.ts';
import { sessionStates } from '../session/state.ts';
import type { Timeline } from '../memory/timeline.ts';
import type { Command } from '../memory/commands.ts';
import type { Picture, PictureRequest } from '../memory/picture.ts';

/** A worker of an engine, and how far it has counted: it counts on while it is alive, at the latest when it is asked for a sign. */
export interface Pulse {
  readonly worker: 'coordinator' | 'upkeep';
  readonly beat: number;
  /** `starting`: it has not counted yet. `done`: nothing is left for it to do, and it counts no more. */
  readonly state: 'starting' | 'at work' | 'done';
}

/** One block of a run with the workers that play on it. A run that goes back gets another one. */
export interface Engine {
  readonly mode: 'shared' | 'single';
  /** Commands are obeyed in their order, and none is lost while there is no room. */
  command(...command: Command): void;
  picture(request: PictureRequest): Picture | undefined;
  /** Base slots of the run that are played, trailing sessions included; undefined before the first word from it. */
  reached(timeline: Timeline): number | undefined;
  pulses(): readonly Pulse[];
  /** Asks workers that wait for a sign of life. */
  ask(): void;
  /** How far the run is; undefined before the first word from it. */
  place(): Place | undefined;
  /** The page begins to draw a frame. */
  beginFrame(): void;
  /** It is drawn, and the next one begins at `nextMs` (of `performance.now`). */
  endFrame(nextMs: number): void;
  /** Ends the workers, as `dispose`, and returns the commands that nobody has obeyed. Its last picture can still be looked at. */
  giveUp(): readonly Command[];
  /** Ends the workers and gives the block back. */
  dispose(): void;
}

/** What an engine tells the run that it belongs to. */
export interface EngineEvents {
  heard(message: FromLoop): void;
  /** A worker reported an error that it could not handle, or did not load. */
  failed(worker: Pulse['worker'], message: string): void;
  /** The run cannot go on: the library cannot be read at all, or own code does not come back. */
  cutOff(message: string): void;
}

/** The place that a session, its played slots and the place of its state in `sessionStates` say. */
export function placeOf(session: number, slots: number, state: number): Place {
  const name = sessionStates[state];
  return { session, slots, ended: name === 'ended' || name === 'error' };
}
