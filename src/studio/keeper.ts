import { readVisit, writeVisit, type KeptVisit } from './kept-visit.ts';

const key = 'tapedeck.visit';

/** Milliseconds between two writings while a run goes on. */
const writeEveryMs = 500;

/** The lock that every open page of the studio shares. */
const pageLock = 'tapedeck-page';

/** What a page found when it was opened. */
export interface Found {
  readonly visit: KeptVisit;
  /** This tab left it, by a reload or a crash; else it was the last tab that was used. */
  readonly isOfTab: boolean;
}

/**
 * Keeps how the page is left, in small steps, so that a crash loses half a second at most. Each tab keeps its own record
 * (`sessionStorage`, which survives a reload), and the last one that was used seeds the next visit (`localStorage`). Where the browser
 * refuses storage nothing is kept. A page that was only opened writes nothing: the first change by its user is the first that is kept.
 */
export class Keeper {
  #untouched: string | undefined;
  #written = '';
  #due: (() => KeptVisit) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #onLeft: (characters: number | undefined) => void;

  /** `onLeft` hears how long a record would be that is kept without its run, and undefined of each that is whole. */
  constructor(onLeft: (characters: number | undefined) => void) {
    this.#onLeft = onLeft;
    // The last half second before the page goes; a crash is survived without.
    addEventListener('pagehide', () => this.#write());
  }

  /** What was kept; undefined where there is nothing that can be read. */
  find(): Found | undefined {
    const ofTab = readVisit(read(() => sessionStorage));
    if (ofTab) return { visit: ofTab, isOfTab: true };
    const visit = readVisit(read(() => localStorage));
    return visit && { visit, isOfTab: false };
  }

  /** From here on what differs from this is kept. */
  begin(visit: KeptVisit): void {
    this.#untouched = writeVisit(visit).text;
  }

  /** Nothing is kept until `begin`. */
  rest(): void {
    this.#write();
    this.#untouched = undefined;
  }

  /** Keeps how the page is, soon. */
  keep(visit: () => KeptVisit): void {
    if (this.#untouched === undefined) return;
    this.#due = visit;
    this.#timer ??= setTimeout(() => this.#write(), writeEveryMs);
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#due) return;
    const { text, tooLong } = writeVisit(this.#due());
    this.#due = undefined;
    this.#onLeft(tooLong);
    if (text === this.#untouched || text === this.#written) return;
    this.#untouched = '';
    this.#written = text;
    for (const storage of [() => sessionStorage, () => localStorage]) {
      try {
        storage().setItem(key, text);
      } catch {
        // Storage is refused or full: the page works, and is not found again.
      }
    }
  }
}

/** Whether another tab has the studio open; from now on this one has. Where the browser has no locks, or refuses them, nobody knows: no. */
export async function isOpenElsewhere(): Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined;
  const { held = [] } = (await locks?.query().catch(() => undefined)) ?? {};
  locks?.request(pageLock, { mode: 'shared' }, () => new Promise(() => undefined)).catch(() => undefined);
  return held.some(({ name }) => name === pageLock);
}

function read(storage: () => Storage): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return null;
  }
}
