import { LogCode, type LogRecord } from '../memory/log.ts';
import { sessionStates, type SessionState } from '../session/state.ts';
import { noteKey, type GapNote, type GapNotes } from './gaps.ts';

/** Records kept for the page; older ones are in the report only. */
const mostRecords = 200;

/** What the loops reported in a run, as far as the page shows it: the last records, and the story of the session that plays. */
export class RunLog {
  #records = $state.raw<readonly LogRecord[]>([]);
  #entered = $state.raw<ReadonlyMap<SessionState, number>>(new Map());
  #notes = $state.raw<GapNotes>(new Map());
  #passedOver = $state.raw(0);
  #last = 0;

  /** The latest record first. */
  get records(): readonly LogRecord[] {
    return this.#records;
  }

  /** When the session that plays entered each state, epoch milliseconds. */
  get entered(): ReadonlyMap<SessionState, number> {
    return this.#entered;
  }

  get notes(): GapNotes {
    return this.#notes;
  }

  /** Records that were overwritten before the page read them. */
  get passedOver(): number {
    return this.#passedOver;
  }

  /** Sequence number of the last record taken. */
  get last(): number {
    return this.#last;
  }

  /** Takes records, oldest first. A session begins again with the state "pre-market". */
  take(records: readonly LogRecord[]): void {
    const fresh = records.filter(({ sequence }) => sequence > this.#last);
    if (fresh.length === 0) return;
    this.#passedOver += fresh[0]!.sequence - this.#last - 1;
    this.#last = fresh.at(-1)!.sequence;
    let entered = new Map(this.#entered);
    let notes = new Map(this.#notes);
    for (const { code, symbol, a, b, at } of fresh) {
      if (code === LogCode.state) {
        const state = sessionStates[a]!;
        if (state === 'pre-market') [entered, notes] = [new Map(), new Map<number, GapNote>()];
        entered.set(state, at);
      } else if (code === LogCode.filled) {
        notes.set(noteKey(symbol, a), { source: b, givenUp: false });
      } else if (code === LogCode.gaveUp) {
        for (let slot = b; slot < b + a; slot++) notes.set(noteKey(symbol, slot), { source: null, givenUp: true });
      }
    }
    this.#entered = entered;
    this.#notes = notes;
    this.#records = [...fresh.slice(-mostRecords).reverse(), ...this.#records].slice(0, mostRecords);
  }
}
