import { gapCount, gapsOf } from '../session/story-rows.ts';
import type { SessionStory } from '../session/story.ts';
import type { GapRow } from './gaps.ts';

/** Gaps of ended sessions that a table gets; those of earlier sessions are only counted. */
const mostGaps = 20_000;

/** Milliseconds between two changes of what is shown. */
const publishEveryMs = 250;

/** The stories of the sessions that have ended in a run. They come as fast as sessions end and show four times a second. */
export class Stories {
  #all = $state.raw<readonly SessionStory[]>([]);
  /** The rows of a story: made when a table asks for them. */
  readonly #rows = new WeakMap<SessionStory, readonly GapRow[]>();
  #taken: SessionStory[] = [];
  #publishedAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** In the order of the sessions. */
  get all(): readonly SessionStory[] {
    return this.#all;
  }

  /** The gaps of the latest sessions, the latest session first, each by symbol and slot; at most 20,000. */
  get gaps(): readonly GapRow[] {
    const rows: GapRow[] = [];
    for (let i = this.#all.length - 1; i >= 0 && rows.length < mostGaps; i--) {
      for (const row of this.#rowsOf(this.#all[i]!)) if (rows.length < mostGaps) rows.push(row);
    }
    return rows;
  }

  /** The gaps of a session that has ended, by symbol and slot. */
  gapsOf(session: number): readonly GapRow[] {
    const story = this.of(session);
    return story ? this.#rowsOf(story) : [];
  }

  /** Gaps of all sessions that have ended; those that a story does not tell are counted too. */
  get gapCount(): number {
    return this.#all.reduce((sum, story) => sum + gapCount(story), 0);
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
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#taken = [];
    this.#all = [];
  }

  #rowsOf(story: SessionStory): readonly GapRow[] {
    let rows = this.#rows.get(story);
    if (!rows) this.#rows.set(story, (rows = gapsOf(story).map((gap) => ({ session: story.session, ...gap }))));
    return rows;
  }

  #publish(): void {
    this.#timer = undefined;
    this.#publishedAt = performance.now();
    const taken = this.#taken;
    this.#taken = [];
    const again = new Set(taken.map(({ session }) => session));
    const isKept = ({ session }: { session: number }): boolean => !again.has(session);
    this.#all = [...this.#all.filter(isKept), ...taken].sort((a, b) => a.session - b.session);
  }
}
