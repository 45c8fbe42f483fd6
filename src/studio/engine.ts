import type { FromLoop } from '../coordinator/messages.ts';
import type { Picture, PictureRequest } from '../memory/picture.ts';

/** One block of a run with the workers that play on it. A run that goes back gets another one. */
export interface Engine {
  readonly mode: 'shared' | 'single';
  /** Commands are obeyed in their order, and none is lost while there is no room. */
  command(verb: number, argument?: number): void;
  picture(request: PictureRequest): Picture | undefined;
  /** Ends the workers and gives the block back. */
  dispose(): void;
}

/** What an engine tells the run that it belongs to. */
export interface EngineEvents {
  heard(message: FromLoop): void;
  /** A worker died or reported an error that it could not handle. */
  failed(message: string): void;
}
