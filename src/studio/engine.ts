import type { FromLoop } from '../coordinator/messages.ts';
import type { Timeline } from '../memory/timeline.ts';
import type { Picture, PictureRequest } from '../memory/picture.ts';

/** One block of a run with the workers that play on it. A run that goes back gets another one. */
export interface Engine {
  readonly mode: 'shared' | 'single';
  /** Commands are obeyed in their order, and none is lost while there is no room. */
  command(verb: number, argument?: number): void;
  picture(request: PictureRequest): Picture | undefined;
  /** Base slots of the run that are played, trailing sessions included; undefined before the first word from it. */
  reached(timeline: Timeline): number | undefined;
  /** Ends the workers and gives the block back. */
  dispose(): void;
}

/** What an engine tells the run that it belongs to. */
export interface EngineEvents {
  heard(message: FromLoop): void;
  /** A worker died or reported an error that it could not handle. */
  failed(message: string): void;
}
