import { ring, Role } from './bell.ts';
import type { Block } from './block.ts';
import { journalWords, Word } from './layout.ts';
import { handOver, reached } from './protocol.ts';

/** What upkeep has to say about a check tick, in the order in which it is to be applied. */
export const Entry = {
  /** `count` more slots of the symbol are missing, the first at `slot`. */
  missing: 1,
  /** The slot of the symbol is to be filled from its candidate, a bar of fill source `source`; `count` is the look-up. */
  fill: 2,
  /** The slot of the symbol was looked up and no source has it. */
  lookedUp: 3,
  /** The slot of the symbol is given up. */
  gaveUp: 4,
  /** The next session is to be staged. */
  askNext: 5,
  /** The slot of the symbol, found missing, has its bar: it arrived late. `count` is the look-ups until then. */
  arrived: 6,
  /** The slot of the symbol gets a made-up bar of the last price, after `count` look-ups. */
  makeUp: 7,
} as const;

/** A queue of entries that grows. */
class Queue {
  words = new Int32Array(1_024 * journalWords);
  from = 0;
  to = 0;

  /** Place for one more entry. */
  grow(): number {
    if (this.from === this.to) this.from = this.to = 0;
    if (this.to === this.words.length) {
      const wider = new Int32Array(this.words.length * 2);
      wider.set(this.words.subarray(this.from, this.to));
      this.words = wider;
      this.to -= this.from;
      this.from = 0;
    }
    this.to += journalWords;
    return this.to - journalWords;
  }
}

/** Writes entries for ticks ahead of the clock. Upkeep alone. What the ring has no room for waits here. */
export class JournalWriter {
  private readonly block: Block;
  private readonly capacity: number;
  private readonly queue = new Queue();
  private head = 0;
  private finished = -1;

  constructor(block: Block) {
    this.block = block;
    this.capacity = block.journal.length / journalWords;
  }

  /** `tick` is the run-wide number of the base slot whose end is the tick. */
  put(tick: number, kind: number, symbol: number, slot: number, count: number, source: number): void {
    const at = this.queue.grow();
    const { words } = this.queue;
    words[at] = tick;
    words[at + 1] = symbol * 8 + kind;
    words[at + 2] = slot;
    words[at + 3] = count;
    words[at + 4] = source;
  }

  /** Everything up to and with the tick is put. */
  finish(tick: number): void {
    this.finished = tick;
    this.flush();
  }

  /** Whether all that was put is in the ring. */
  get empty(): boolean {
    return this.finished < 0;
  }

  /** Whether the ring takes another entry. */
  hasRoom(): boolean {
    return this.head - reached(this.block.header, Word.journalTail) < this.capacity;
  }

  /** Moves what is put into the ring; false while there is no room for all of it. */
  flush(): boolean {
    const { queue, capacity } = this;
    if (this.finished < 0) return true;
    const { journal, header } = this.block;
    const tail = reached(header, Word.journalTail);
    while (queue.from < queue.to && this.head - tail < capacity) {
      const at = (this.head % capacity) * journalWords;
      for (let i = 0; i < journalWords; i++) journal[at + i] = queue.words[queue.from + i]!;
      queue.from += journalWords;
      this.head++;
    }
    handOver(header, Word.journalHead, this.head);
    const done = queue.from === queue.to;
    if (done) {
      handOver(header, Word.journaled, this.finished + 1);
      this.finished = -1;
    }
    ring(this.block, Role.coordinator);
    return done;
  }
}

/** Reads entries when the clock gets to their tick. The coordinator alone. */
export class JournalReader {
  kind = 0;
  symbol = 0;
  slot = 0;
  count = 0;
  source = 0;
  private readonly block: Block;
  private readonly capacity: number;
  private readonly queue = new Queue();
  private tail = 0;

  constructor(block: Block) {
    this.block = block;
    this.capacity = block.journal.length / journalWords;
  }

  /** Whether upkeep has finished the tick. While it has not, what there is is taken out of the ring, so that there is room. */
  covers(tick: number): boolean {
    const { journal, header } = this.block;
    if (reached(header, Word.journaled) > tick) return true;
    const head = reached(header, Word.journalHead);
    if (head === this.tail) return false;
    for (; this.tail !== head; this.tail++) {
      const from = (this.tail % this.capacity) * journalWords;
      const at = this.queue.grow();
      for (let i = 0; i < journalWords; i++) this.queue.words[at + i] = journal[from + i]!;
    }
    this.release();
    return reached(header, Word.journaled) > tick;
  }

  /**
   * Takes the next entry of the tick into the fields; false when there is none left. Entries of ticks before it, of a session
   * that ended with an error, are passed over. Only after `covers`.
   */
  next(tick: number): boolean {
    const { queue } = this;
    while (queue.from < queue.to) {
      const at = queue.from;
      if (queue.words[at]! > tick) return false;
      queue.from += journalWords;
      if (queue.words[at] === tick) return this.take(queue.words, at);
    }
    const { journal, header } = this.block;
    const head = reached(header, Word.journalHead);
    while (this.tail !== head) {
      const at = (this.tail % this.capacity) * journalWords;
      if (journal[at]! > tick) return false;
      this.tail++;
      if (journal[at] === tick) return this.take(journal, at);
    }
    return false;
  }

  /** Gives the room of what was read back to upkeep. */
  release(): void {
    const { header, words } = this.block;
    const before = words[Word.journalTail]!;
    if (this.tail === before) return;
    handOver(header, Word.journalTail, this.tail);
    // Upkeep waits for room only when the ring was full; ringing at every tick would wake it in vain.
    if (reached(header, Word.journalHead) - before >= this.capacity) ring(this.block, Role.upkeep);
  }

  private take(words: Int32Array, at: number): true {
    this.kind = words[at + 1]! & 7;
    this.symbol = words[at + 1]! >> 3;
    this.slot = words[at + 2]!;
    this.count = words[at + 3]!;
    this.source = words[at + 4]!;
    return true;
  }
}
