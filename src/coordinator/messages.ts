import type { Command } from '../memory/commands.ts';
import type { Picture, PictureRequest } from '../memory/picture.ts';
import type { Intervention } from '../session/intervention.ts';
import type { RunOrigin } from '../session/origin.ts';
import type { RunPlan } from '../session/plan.ts';
import type { RunOutline, RunReport } from '../session/report.ts';
import type { SessionStory } from '../session/story.ts';
import type { BookPiece } from '../strategy/book-piece.ts';
import type { Script } from './by-hand.ts';
import type { Place, Standstill } from './coordinator.ts';

/**
 * What a loop needs to begin: the plan, the block, and what was played before. Without a block the worker makes its own, and the
 * message brings a port at whose end the library reads bars.
 */
export interface RunStart {
  readonly plan: RunPlan;
  readonly buffer: SharedArrayBuffer | null;
  readonly from: RunOrigin;
}

/** What the page tells a loop's worker. On shared memory `start` is the only message: later words go through the block. */
export type ToLoop =
  | ({ readonly kind: 'start' } & RunStart)
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'look'; readonly request: PictureRequest }
  /** Asks for a sign of life, which is `alive`. */
  | { readonly kind: 'ask' };

/** What a loop's worker tells the page. Pictures come by message in the single mode only. */
export type FromLoop =
  | { readonly kind: 'stand'; readonly event: Standstill }
  | { readonly kind: 'report'; readonly report: RunReport; readonly place: Place }
  | { readonly kind: 'outline'; readonly report: RunOutline; readonly place: Place }
  | { readonly kind: 'book'; readonly piece: BookPiece }
  | { readonly kind: 'interventions'; readonly interventions: readonly Intervention[] }
  | { readonly kind: 'script'; readonly script: Script }
  /** Own code is at work at that line of its text; 0: it is not at work. In the single mode only. */
  | { readonly kind: 'hook-line'; readonly line: number }
  | { readonly kind: 'stories'; readonly stories: readonly SessionStory[] }
  | { readonly kind: 'picture'; readonly picture: Picture | undefined }
  /** In the single mode: so many commands more are obeyed. */
  | { readonly kind: 'obeyed'; readonly commands: number }
  | { readonly kind: 'alive' }
  /** The worker has let go of the run and takes the next one. On shared memory only. */
  | { readonly kind: 'free' };
