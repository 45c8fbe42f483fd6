import type { Picture, PictureRequest } from '../memory/picture.ts';
import type { RunPlan } from '../session/plan.ts';
import type { RunReport } from '../session/report.ts';
import type { Standstill } from './coordinator.ts';

/** What the page tells a loop's worker. On shared memory `start` is the only message: later words go through the block. */
export type ToLoop =
  | { readonly kind: 'start'; readonly plan: RunPlan; readonly buffer: SharedArrayBuffer | null }
  | { readonly kind: 'command'; readonly verb: number; readonly argument: number }
  | { readonly kind: 'look'; readonly request: PictureRequest };

/** What a loop's worker tells the page. Pictures come by message in the single mode only. */
export type FromLoop =
  | { readonly kind: 'stand'; readonly event: Standstill }
  | { readonly kind: 'report'; readonly report: RunReport }
  | { readonly kind: 'picture'; readonly picture: Picture | undefined };
