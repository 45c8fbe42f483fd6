/** What replays, one wish after the other. */
export interface Replayer<Wish, Answer> {
  replay(wish: Wish): Promise<Answer>;
  /** Ends it at once, whatever it does; what is under way is then never answered. */
  end(): void;
}

export interface ReplayHearer<Wish, Answer> {
  onAnswer(wish: Wish, answer: Answer): void;
  onFailed(thrown: unknown): void;
}

/** A replay that nobody wants any more and that has taken so long is ended; a shorter one comes to its end sooner than a fresh one is up. */
const patienceMs = 1_000;

/** Replays for wishes that come faster than they are met: of those that wait the latest is next, and only the answer to the latest is told. */
export class LatestReplay<Wish, Answer> {
  readonly #open: () => Promise<Replayer<Wish, Answer>>;
  readonly #hearer: ReplayHearer<Wish, Answer>;
  #opened: Promise<Replayer<Wish, Answer>> | undefined;
  #next: { readonly wish: Wish } | undefined;
  #current: { readonly beganMs: number; readonly giveUp: () => void } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(open: () => Promise<Replayer<Wish, Answer>>, hearer: ReplayHearer<Wish, Answer>) {
    this.#open = open;
    this.#hearer = hearer;
  }

  /** Brings up what replays, so that the first answer comes sooner. */
  warm(): void {
    this.#ready().catch(() => (this.#opened = undefined));
  }

  /** Wants a replay in place of all that were wanted before. Of the wish that begins work, a promise of the end of the work. */
  ask(wish: Wish): Promise<void> | undefined {
    this.#next = { wish };
    if (!this.#current) return this.#work();
    const ageMs = performance.now() - this.#current.beganMs;
    this.#timer ??= setTimeout(this.#current.giveUp, Math.max(0, patienceMs - ageMs));
    return undefined;
  }

  /** Nothing is wanted any more; what is under way is ended. */
  cancel(): void {
    this.#next = undefined;
    this.#current?.giveUp();
  }

  /** Gives back what replays. */
  end(): void {
    this.cancel();
    this.#close();
  }

  async #work(): Promise<void> {
    while (this.#next) {
      const { wish } = this.#next;
      this.#next = undefined;
      let isGivenUp = false;
      const given = new Promise<undefined>((resolve) => {
        const giveUp = (): void => {
          isGivenUp = true;
          this.#close();
          resolve(undefined);
        };
        this.#current = { beganMs: performance.now(), giveUp };
      });
      const isWanted = (): boolean => !isGivenUp && !this.#next;
      try {
        const answer = await Promise.race([this.#ready().then((ready) => ready.replay(wish)), given]);
        if (isWanted()) this.#hearer.onAnswer(wish, answer!);
      } catch (thrown) {
        const wasWanted = isWanted();
        this.#close();
        if (wasWanted) this.#hearer.onFailed(thrown);
      }
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#current = undefined;
    }
  }

  #ready(): Promise<Replayer<Wish, Answer>> {
    return (this.#opened ??= this.#open());
  }

  #close(): void {
    void this.#opened?.then(
      (opened) => opened.end(),
      () => undefined,
    );
    this.#opened = undefined;
  }
}
