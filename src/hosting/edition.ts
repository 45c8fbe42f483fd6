/** One build of the studio, as its service worker knows it. */
export interface Edition {
  /** Hash over all files and the service worker's own code. */
  readonly version: string;
  /** Path of the script that the page begins with; the page that names it is of this edition. */
  readonly entry: string;
  /** Paths from the page's folder; the empty one is the page. */
  readonly files: readonly string[];
}

/** The name of the lock that a page holds while it is open, made of the address of any script of its edition. */
export const pageLock = (script: string): string => `${pageLocks}${script}`;
export const pageLocks = 'tapedeck page ';

/** What a page tells a service worker that waits: open pages are ready for it. */
export const takeOver = 'take over';

/** What a page tells the service worker in charge once it holds its lock: editions that nobody needs may go. */
export const pageOpened = 'page opened';
