import type { Block } from './block.ts';
import { journalCapacity, journalWords, Word } from './layout.ts';

/** What upkeep has to say about a check tick. Entries of a tick are in this order: by symbol, by slot. */
export const Entry = {
  /** `count` more slots of the symbol are missing, the first at `slot`. */
  missing: 1,
  /** The slot of the symbol is to be filled from its candidate; `count` is the attempt. */
  fill: 2,
  /** `count` look-ups of missing slots of the symbol found nothing. */
  attempts: 3,
  /** `count` missing slots of the symbol are given up, the first at `slot`. */
  gaveUp: 4,
} as const;

/** Writes entries for ticks ahead of the clock. Upkeep alone. */
export class JournalWriter {
  private readonly block: Block;
  private head = 0;

  constructor(block: Block) {
    this.block = block;
  }

  /** Entries that fit before the coordinator has read more. */
  room(): number {
    return journalCapacity - (this.head - Atomics.load(this.block.words, Word.journalTail));
  }

  /** `tick` is the run-wide number of the base slot whose end is the tick. The caller has checked `room`. */
  put(tick: number, kind: number, symbol: number, slot: number, count: number): void {
    const { journal } = this.block;
    const at = (this.head % journalCapacity) * journalWords;
    journal[at] = tick;
    journal[at + 1] = symbol * 8 + kind;
    journal[at + 2] = slot;
    journal[at + 3] = count;
    this.head++;
  }

  /** Everything up to and with the tick is written. */
  publish(tick: number): void {
    Atomics.store(this.block.words, Word.journalHead, this.head);
    Atomics.store(this.block.words, Word.journaled, tick + 1);
  }
}

/** Reads entries when the clock gets to their tick. The coordinator alone. */
export class JournalReader {
  kind = 0;
  symbol = 0;
  slot = 0;
  count = 0;
  private readonly block: Block;
  private tail = 0;

  constructor(block: Block) {
    this.block = block;
  }

  /** Whether upkeep has finished the tick. */
  covers(tick: number): boolean {
    return Atomics.load(this.block.words, Word.journaled) > tick;
  }

  /** Takes the next entry of the tick into the fields; false when there is none left. Only after `covers`. */
  next(tick: number): boolean {
    const { journal, words } = this.block;
    if (this.tail === Atomics.load(words, Word.journalHead)) return false;
    const at = (this.tail % journalCapacity) * journalWords;
    if (journal[at] !== tick) return false;
    this.kind = journal[at + 1]! & 7;
    this.symbol = journal[at + 1]! >> 3;
    this.slot = journal[at + 2]!;
    this.count = journal[at + 3]!;
    this.tail++;
    return true;
  }

  /** Gives the room of what was read back to upkeep. */
  release(): void {
    Atomics.store(this.block.words, Word.journalTail, this.tail);
  }
}
