/** Something that went wrong: what happened and why, and what to do next. */
export interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly advice: string;
  /** A button that does the next thing. */
  readonly action?: { readonly name: string; readonly act: () => void } | undefined;
}

/** The next thing where nothing but a fresh page helps. */
export const reloadPage = { name: 'Reload the page', act: () => location.reload() } as const;

/** What was done, where nothing else in sight tells it. */
export interface Note {
  readonly topic: string;
  /** Empty while there is nothing to say yet. */
  readonly text: () => string;
  readonly action: { readonly name: string; readonly act: () => void };
}

/** A problem as it is raised: advice that depends on what the page can do at the moment is asked for whenever it shows. */
export type RaisedProblem = Omit<Problem, 'advice'> & { readonly advice: string | (() => string) };

/** Problems and announcements of the page. A problem stays until it is dismissed or its topic is tried again. */
export class Notices {
  #problems = $state.raw<readonly (RaisedProblem & { topic: string })[]>([]);
  #spoken = $state.raw('');
  #note = $state.raw<Note>();

  get problems(): readonly (Problem & { topic: string })[] {
    return this.#problems.map(({ advice, ...problem }) => ({
      ...problem,
      advice: typeof advice === 'string' ? advice : advice(),
    }));
  }

  /** The last announcement for screen readers. */
  get spoken(): string {
    return this.#spoken;
  }

  /** What was noted last, until it is dismissed. */
  get note(): Note | undefined {
    return this.#note;
  }

  /** Shows a note in place of the one before. */
  tell(note: Note): void {
    this.#note = note;
  }

  dismissNote(topic: string): void {
    if (this.#note?.topic === topic) this.#note = undefined;
  }

  /** Shows a problem in place of the one that the topic had. */
  raise(topic: string, problem: RaisedProblem): void {
    this.#problems = [...this.#problems.filter((other) => other.topic !== topic), { topic, ...problem }];
  }

  clear(topic: string): void {
    if (this.#problems.some((problem) => problem.topic === topic))
      this.#problems = this.#problems.filter((problem) => problem.topic !== topic);
  }

  say(text: string): void {
    this.#spoken = text;
  }
}

/** The messages one after the other, each ended as a sentence is. */
export function sentences(findings: readonly { readonly message: string }[]): string {
  return findings.map(({ message }) => ended(message)).join(' ');
}

/** A text with a full stop, unless it ends with a mark already. */
export function ended(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** The message of anything that was thrown, also of what crossed a worker as data. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) return String(thrown.message);
  return String(thrown);
}
