import type { Script } from '../coordinator/by-hand.ts';
import type { Place } from '../coordinator/coordinator.ts';
import type { Picture, PictureRequest } from '../memory/picture.ts';
import type { Intervention } from '../session/intervention.ts';
import type { RunPlan } from '../session/plan.ts';
import type { RunOutline, RunReport } from '../session/report.ts';
import type { SessionStory } from '../session/story.ts';
import type { BookPiece } from '../strategy/book-piece.ts';
import type { HandOrder } from '../strategy/hand-order.ts';
import type { Instant } from '../time/instant.ts';
import type { Pulse } from './engine.ts';

/** A run came to a stand: the user or a setting paused it, its last session ended, or it failed. */
export interface StandEvent {
  readonly state: 'paused' | 'finished' | 'failed';
  readonly error?: { readonly message: string };
  /** As in the report: of the sessions that have ended; null while none has. */
  readonly fingerprint: string | null;
}

/** Where a run stood, and what its user had done to it by then: with its plan, all that it takes to build it anew. */
export interface KeptPlace {
  readonly place: Place;
  readonly interventions: readonly Intervention[];
}

/** A worker of a run, and how far it has counted. `busy`: it makes a report, and counts when that is made. */
export interface WorkerPulse extends Omit<Pulse, 'state'> {
  readonly state: Pulse['state'] | 'busy';
}

/** A worker was lost, and the run is built anew in a fresh block. */
export interface Loss {
  readonly worker: Pulse['worker'] | 'library';
  readonly reason: string;
  /** How far the run was, and is played again; null where it had not begun. */
  readonly at: Place | null;
}

/** A started run as the page holds it, the same for shared memory and for the single mode. */
export interface RunHandle {
  readonly mode: 'shared' | 'single';
  /** With the orders that were given by hand. */
  readonly plan: RunPlan;
  play(): void;
  pause(): void;
  stepBar(): void;
  stepSession(): void;
  /** Plays at full speed to the first instant at or after a time, then pauses. Throws a RangeError when the run has no such time. */
  runTo(at: Instant): void;
  /**
   * Goes back by a bar, to the end of the session before, to the first instant at or after a time: a fresh block is played up to
   * there at full speed, then the run is paused. Resolves when it stands there. Before the first bar it stands at the start.
   */
  backBar(): Promise<void>;
  backSession(): Promise<void>;
  backTo(at: Instant): Promise<void>;
  /** Cancels a symbol's stream from the next instant on, or registers it again. `symbol` is a place in the plan. */
  setListening(symbol: number, on: boolean): void;
  /** Loads the trailing history that `history.autoLoad` left out, while the first session has not ended. */
  loadHistory(): void;
  /** Gives an order by hand: it counts after the last bar that was played. */
  order(order: HandOrder): void;
  /** Multiple of real time; Infinity is "max". */
  setSpeed(multiple: number): void;
  /** What the user did to the run so far. */
  readonly interventions: readonly Intervention[];
  /** How much of the way to a place is played, 0 to 1, while the run goes back or is taken up again; undefined while it does not. */
  readonly wayShare: number | undefined;
  /** The page begins to draw a frame of the run: where processors are few, a run as fast as it can lets it. */
  beginFrame(): void;
  /** It is drawn, and the next one begins at `nextMs` (of `performance.now`). */
  endFrame(nextMs: number): void;
  /** The latest consistent look; undefined before the first. Cheap enough for every animation frame. */
  picture(request: PictureRequest): Picture | undefined;
  /** The run report as it stands now. */
  report(): Promise<RunReport>;
  /** The same without what a strategy came to. */
  outline(): Promise<RunOutline>;
  /** Orders and trades as they are now, of those that closed a piece after the first `known`; undefined where the run goes back. */
  book(known: number): Promise<BookPiece | undefined>;
  /** Its workers that are watched from here. */
  readonly pulses: readonly WorkerPulse[];
  /** Asks workers that wait for a sign of life. */
  ask(): void;
  /**
   * Builds the run anew in a fresh block, because a worker was lost, plays it up to where it stood, and goes on there as it went. A
   * run of which a worker is lost again and again at the same place fails.
   */
  revive(worker: Loss['worker'], reason: string): void;
  onLoss(listener: (loss: Loss) => void): void;
  /** Called for each order by hand. */
  onScript(listener: (script: Script) => void): void;
  /** Called when another block is shown than before: its log begins anew. */
  onFresh(listener: () => void): void;
  onStand(listener: (event: StandEvent) => void): void;
  /** Called for each session that has ended. */
  onStory(listener: (story: SessionStory) => void): void;
  /** Stops the run and gives its workers and memory back. */
  dispose(): void;
}
