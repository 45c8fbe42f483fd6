import { messageOf } from './notices.svelte.ts';

/** How far work is; a total of null is not known. */
interface Progress {
  readonly bars: number;
  readonly totalBars: number | null;
}

/** Work of the library's worker that a dialog shows: what was asked, how far it is, and what came of it. */
export class LongWork<Result> {
  #isRunning = $state.raw(false);
  #progress = $state.raw<Progress>();
  #result = $state.raw<Result>();
  #fault = $state.raw('');

  get isRunning(): boolean {
    return this.#isRunning;
  }

  get progress(): Progress | undefined {
    return this.#progress;
  }

  get result(): Result | undefined {
    return this.#result;
  }

  /** What went wrong the last time; the empty text when nothing did. */
  get fault(): string {
    return this.#fault;
  }

  /** Forgets what was, for a dialog that is opened. */
  begin(): void {
    this.#result = undefined;
    this.#fault = '';
    this.#progress = undefined;
  }

  /** Runs the work; resolves with its result, undefined where it failed or was cancelled. */
  async run(work: (tell: (progress: Progress) => void) => Promise<Result>): Promise<Result | undefined> {
    this.begin();
    this.#isRunning = true;
    try {
      return (this.#result = await work((progress) => (this.#progress = progress)));
    } catch (thrown) {
      this.#fault = messageOf(thrown);
      return undefined;
    } finally {
      this.#isRunning = false;
    }
  }

  /** Says what is wrong with what was asked, before anything is begun. */
  refuse(fault: string): void {
    this.#fault = fault;
  }
}
