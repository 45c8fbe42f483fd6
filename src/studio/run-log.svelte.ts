import { LogCode, type LogRecord } from '../memory/log.ts';
import { sessionStates, type SessionState } from '../session/state.ts';
import { noteKey, type GapNote, type GapNotes } from './gaps.ts';

/** Records kept for the page; older ones are in the report only. */
const mostRecords = 4_000;

/** When a state was entered, epoch milliseconds, and the place of its cause in `stateCauses`. */
export interface Entered {
  readonly at: number;
  readonly cause: number;
}

/** What the loops reported in a run, as far as the page shows it: the last records, and the story of the session that plays. */
export class RunLog {
  #records = $state.raw<readonly LogRecord[]>([]);
  #entered = $state.raw<ReadonlyMap<SessionState, Entered>>(new Map());
  #notes = $state.raw<GapNotes>(new Map());
  #late = $state.raw<ReadonlySet<number>>(new Set());
  #passedOver = $state.raw(0);
  #last = 0;
  #lost = 0;
  #taken: LogRecord[] = [];
  readonly #states = new Map<SessionState, Entered>();
  readonly #gaps = new Map<number, GapNote>();

  /** The latest record first. */
  get records(): readonly LogRecord[] {
    return this.#records;
  }

  /** How the session that plays entered its states, in the order in which it did. */
  get entered(): ReadonlyMap<SessionState, Entered> {
    return this.#entered;
  }

  get notes(): GapNotes {
    return this.#notes;
  }

  /** The keys of the notes of late bars; the same set as long as they are the same, because the chart is drawn anew with them. */
  get late(): ReadonlySet<number> {
    return this.#late;
  }

  /** Records that were overwritten before the page read them. */
  get passedOver(): number {
    return this.#passedOver;
  }

  /** Sequence number of the last record taken. */
  get last(): number {
    return this.#last;
  }

  /** Takes records, oldest first; they show once they are published. A session begins again with the state "pre-market". */
  take(records: readonly LogRecord[]): void {
    for (const record of records) {
      const { code, symbol, a, b, at, sequence } = record;
      if (sequence <= this.#last) continue;
      this.#lost += sequence - this.#last - 1;
      this.#last = sequence;
      this.#taken.push(record);
      if (code === LogCode.state) {
        const state = sessionStates[a]!;
        if (state === 'pre-market') {
          this.#states.clear();
          this.#gaps.clear();
        }
        this.#states.set(state, { at, cause: b });
      } else if (code === LogCode.filled) {
        this.#gaps.set(noteKey(symbol, a), { source: b, givenUp: false, late: false });
      } else if (code === LogCode.gaveUp) {
        this.#gaps.set(noteKey(symbol, b), { source: null, givenUp: true, late: false });
      } else if (code === LogCode.late) {
        this.#gaps.set(noteKey(symbol, b), { source: null, givenUp: false, late: true });
      }
    }
  }

  /** Shows what was taken. */
  publish(): void {
    if (this.#taken.length === 0) return;
    this.#records = [...this.#taken.slice(-mostRecords).reverse(), ...this.#records].slice(0, mostRecords);
    this.#entered = new Map(this.#states);
    this.#notes = new Map(this.#gaps);
    const late = new Set([...this.#gaps].filter(([, note]) => note.late).map(([key]) => key));
    if (late.size !== this.#late.size || [...late].some((key) => !this.#late.has(key))) this.#late = late;
    this.#passedOver = this.#lost;
    this.#taken = [];
  }
}
