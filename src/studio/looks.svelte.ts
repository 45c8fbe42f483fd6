import type { Picture, PictureRequest } from '../memory/picture.ts';
import type { RunState } from '../memory/run-state.ts';
import type { RunHandle } from './run-handle.ts';
import { RunLog } from './run-log.svelte.ts';

/** Milliseconds between two looks at a run. Bars come at most ten a second below "max", and drawing more often only costs. */
const lookEveryMs = 60;

/** At "max" whole sessions go by between two looks, however many there are; fewer leave the processor to the run. */
const lookAtMaxEveryMs = 100;

/** Milliseconds between two changes of what is read rather than watched, once there are many symbols. */
const readEveryMs = 250;
const readAtMaxEveryMs = 400;
const fewSymbols = 8;

/** How long after a command the page goes on looking at a run that does not play. */
const lookAfterCommandMs = 1_500;

/** What there is to look at. */
export interface Sight {
  readonly handle: RunHandle;
  readonly isPlaying: boolean;
  readonly request: Omit<PictureRequest, 'logAfter'>;
}

/** Hears of each look, and of those for figures and tables when they are shown while the run plays. */
export interface LookListener {
  look(picture: Picture): void;
  board(picture: Picture): void;
}

/** The fastest display, in milliseconds a frame. */
const leastFrameMs = 4;

/**
 * The looks at a run. While it plays, one look is shown in parts, a frame after the other, so that no frame holds them all: the chart,
 * then what is read beside it, then figures and tables, then the log, then the strips.
 */
export class Looks {
  readonly #sight: () => Sight | undefined;
  readonly #heard: LookListener;
  #picture = $state.raw<Picture>();
  #words = $state.raw<Picture>();
  #board = $state.raw<Picture>();
  #strips = $state.raw<Picture>();
  #log = $state.raw(new RunLog());
  #frame = 0;
  #frameAt = -Infinity;
  /** Between two frames: the shortest of late, as what comes late comes later by whole frames. */
  #frameMs = 1_000 / 60;
  #lookedAt = -Infinity;
  #boardAt = -Infinity;
  #until = 0;
  /** What the start of a run changes in the page is still to be drawn. */
  #startsRun = false;
  /** The parts of the latest look that are still to be shown. */
  #due: (() => void)[] = [];

  constructor(sight: () => Sight | undefined, heard: LookListener) {
    this.#sight = sight;
    this.#heard = heard;
  }

  get picture(): Picture | undefined {
    return this.#picture;
  }

  /** The look for clock and read-out: the same as `picture`, a frame later while the run plays. */
  get words(): Picture | undefined {
    return this.#words;
  }

  /** The look for figures and tables: the same as `words`, a frame later while the run plays, and calmer if there are many symbols. */
  get board(): Picture | undefined {
    return this.#board;
  }

  /** The look for strips of quality and the tape: the same as `board`, two frames later while the run plays. */
  get strips(): Picture | undefined {
    return this.#strips;
  }

  get log(): RunLog {
    return this.#log;
  }

  /** So many symbols that their looks come calmer, and in turn even when the run has come to a stand. */
  get isLarge(): boolean {
    return (this.#picture?.streamed.length ?? 0) > fewSymbols;
  }

  /** Looks on: as long as the run plays, and for a moment after a command; what the command changes in the page is drawn. */
  keep(): void {
    this.#sight()?.handle.beginFrame();
    this.#until = performance.now() + lookAfterCommandMs;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#onFrame);
  }

  /** As `keep`, when a run begins to play: what that changes in the page is drawn in a frame of its own, before the first look. */
  start(): void {
    this.#startsRun = true;
    this.keep();
  }

  /** Takes a look now. All of it is shown at once, unless the run plays. */
  look(): void {
    const sight = this.#sight();
    const start = performance.now();
    const picture = sight?.handle.picture({ ...sight.request, logAfter: this.#log.last });
    if (!sight || !picture) return;
    performance.measure('Looking at the run', { start });
    this.#log.take(picture.log);
    this.#picture = picture;
    this.#heard.look(picture);
    if (!sight.isPlaying) return this.showAll();
    this.#due = [this.#showWords];
    const now = performance.now();
    const every = picture.speed === Infinity ? readAtMaxEveryMs : readEveryMs;
    if (this.isLarge && now - this.#boardAt < every) return;
    this.#boardAt = now;
    this.#due.push(
      this.#showBoard,
      () => {
        this.#showLog();
        this.#heard.board(picture);
      },
      this.#showStrips,
    );
  }

  showAll(): void {
    this.#due = [];
    for (const show of this.#shows) show();
  }

  /** Looks until it sees that state, so that what the page says fits together; not longer than a moment. */
  async until(state: RunState, isOn: () => boolean): Promise<void> {
    for (let n = 0; n < 25 && isOn(); n++) {
      this.look();
      if (this.#picture?.runState === state) return;
      await aMoment();
    }
  }

  /** Shows the parts with pauses between: what there is of many symbols at the end of a run is more than a frame holds. */
  async showInTurn(isOn: () => boolean): Promise<void> {
    this.#due = [];
    for (const show of this.#shows) {
      await aMoment();
      if (isOn()) show();
    }
    await aMoment();
  }

  /** The run goes on in a fresh block, whose log begins anew. */
  forgetLog(): void {
    this.#log = new RunLog();
  }

  /** The run was given up. */
  clear(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#due = [];
    this.#picture = undefined;
    this.#words = undefined;
    this.#board = undefined;
    this.#strips = undefined;
    this.forgetLog();
  }

  readonly #showWords = (): void => {
    this.#words = this.#picture;
  };

  readonly #showBoard = (): void => {
    this.#board = this.#picture;
  };

  readonly #showLog = (): void => {
    this.#log.publish();
  };

  readonly #showStrips = (): void => {
    this.#strips = this.#picture;
  };

  readonly #shows = [this.#showWords, this.#showBoard, this.#showLog, this.#showStrips];

  readonly #onFrame = (now: number): void => {
    this.#frame = 0;
    const sight = this.#sight();
    if (!sight) return;
    const { isPlaying, handle } = sight;
    const every = this.#picture?.speed === Infinity ? lookAtMaxEveryMs : lookEveryMs;
    this.#frameMs = Math.min(this.#frameMs * 1.05, Math.max(now - this.#frameAt, leastFrameMs));
    this.#frameAt = now;
    // Also for what others draw in the frame; a timer comes after it.
    handle.beginFrame();
    setTimeout(() => handle.endFrame(now + this.#frameMs));
    const show = this.#due.shift();
    if (show) show();
    else if (this.#startsRun) this.#startsRun = false;
    else if (now - this.#lookedAt >= every) {
      this.#lookedAt = now;
      this.look();
    }
    if (isPlaying || now < this.#until) this.#frame = requestAnimationFrame(this.#onFrame);
  };
}

function aMoment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
