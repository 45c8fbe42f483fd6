import type { SessionStory } from '../session/story.ts';
import type { GapRow } from './gaps.ts';

/** Gaps of ended sessions that are kept for the page; those of earlier sessions are only counted. */
const mostGaps = 20_000;

/** Milliseconds between two changes of what is shown. */
const publishEveryMs = 250;

/** The stories of the sessions that have ended in a run. They come as fast as sessions end and show four times a second. */
export class Stories {
  #all = $state.raw<readonly SessionStory[]>([]);
  #gaps = $state.raw<readonly GapRow[]>([]);
  #forgotten = $state.raw(0);
  #taken: SessionStory[] = [];
  #publishedAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** In the order of the sessions. */
  get all(): readonly SessionStory[] {
    return this.#all;
  }

  /** The gaps of the latest sessions, in the order of the sessions. */
  get gaps(): readonly GapRow[] {
    return this.#gaps;
  }

  /** Gaps that are no longer kept. */
  get forgotten(): number {
    return this.#forgotten;
  }

  of(session: number): SessionStory | undefined {
    return this.#all.find((story) => story.session === session);
  }

  /** A session that is played again replaces what was told of it. */
  take(story: SessionStory): void {
    this.#taken.push(story);
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#publishedAt + publishEveryMs - performance.now());
    this.#timer = setTimeout(() => this.#publish(), wait);
  }

  /** The run went back to before that session: what was told of it and of later ones is no longer so. */
  cut(session: number): void {
    this.#taken = this.#taken.filter((story) => story.session < session);
    this.#all = this.#all.filter((story) => story.session < session);
    this.#gaps = this.#gaps.filter((gap) => gap.session < session);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#taken = [];
    this.#all = [];
    this.#gaps = [];
    this.#forgotten = 0;
  }

  #publish(): void {
    this.#timer = undefined;
    this.#publishedAt = performance.now();
    const taken = this.#taken;
    this.#taken = [];
    const again = new Set(taken.map(({ session }) => session));
    const isKept = ({ session }: { session: number }): boolean => !again.has(session);
    this.#all = [...this.#all.filter(isKept), ...taken].sort((a, b) => a.session - b.session);
    const gaps = [...this.#gaps.filter(isKept)];
    for (const { session, gaps: told } of taken) for (const gap of told) gaps.push({ session, ...gap });
    const tooMany = Math.max(0, gaps.length - mostGaps);
    this.#forgotten += tooMany;
    this.#gaps = tooMany > 0 ? gaps.slice(tooMany) : gaps;
  }
}
