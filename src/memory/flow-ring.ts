import type { RecordKind } from '../bars/records.ts';
import { ring, Role } from './bell.ts';
import type { Block } from './block.ts';
import { flowFields, Word } from './layout.ts';
import { handOver, reached } from './protocol.ts';

/**
 * The flow of quotes and ticks from the library to the coordinator: a ring of rows, in the order in which they are delivered,
 * and how many ticks (run-wide numbers of base slots) it covers. A row: what it is, the tick at whose instant it is delivered,
 * time, four values. What there is room for is written ahead; a session with more records than the ring goes through it in
 * pieces.
 */
const kinds = { quotes: 0, ticks: 1, outside: 2 } as const;

/** Writes rows ahead of the clock. The library alone. */
export class FlowWriter {
  readonly capacity: number;
  private readonly block: Block;
  private head = 0;

  constructor(block: Block) {
    this.block = block;
    this.capacity = block.layout.shape.flow ?? 0;
  }

  /** Rows that the ring takes now. */
  get room(): number {
    return this.capacity - ((this.head - reached(this.block.header, Word.flowTail)) | 0);
  }

  /** A record, delivered at the tick; with two values in a tick, four in a quote. Only while there is room. */
  put(
    kind: RecordKind,
    symbol: number,
    tick: number,
    time: number,
    values: readonly Float64Array[],
    row: number,
  ): void {
    const { flow } = this.block;
    const at = (this.head & (this.capacity - 1)) * flowFields;
    flow[at] = symbol * 4 + kinds[kind];
    flow[at + 1] = tick;
    flow[at + 2] = time;
    for (let i = 0; i < 4; i++) flow[at + 3 + i] = i < values.length ? values[i]![row]! : 0;
    this.head = (this.head + 1) | 0;
  }

  /** How many quotes and ticks of a symbol lay outside the session that ends with the tick. */
  putOutside(symbol: number, tick: number, quotes: number, ticks: number): void {
    const { flow } = this.block;
    const at = (this.head & (this.capacity - 1)) * flowFields;
    flow[at] = symbol * 4 + kinds.outside;
    flow[at + 1] = tick;
    flow[at + 2] = 0;
    flow[at + 3] = quotes;
    flow[at + 4] = ticks;
    flow[at + 5] = 0;
    flow[at + 6] = 0;
    this.head = (this.head + 1) | 0;
  }

  /** Hands over what was put; everything of the ticks below `covered` is. */
  flush(covered: number): void {
    const { header } = this.block;
    handOver(header, Word.flowHead, this.head);
    handOver(header, Word.flowCovered, covered);
    ring(this.block, Role.coordinator);
  }
}

/** Takes rows when the clock gets to their tick. The coordinator alone. */
export class FlowReader {
  symbol = 0;
  kind: RecordKind | 'outside' = 'quotes';
  /** Time and values of the record; of `outside`, numbers of quotes and ticks from 1 on. */
  readonly record = new Float64Array(5);
  private readonly block: Block;
  private readonly capacity: number;
  private head = 0;
  private tail = 0;
  /** Rows that were taken out of the ring to make room, before those in it. */
  private kept = new Float64Array(0);
  private keptFrom = 0;
  private keptTo = 0;

  constructor(block: Block) {
    this.block = block;
    this.capacity = block.layout.shape.flow ?? 0;
  }

  /** Whether all rows of the tick are there. While they are not, what there is is taken out of the ring, so that there is room. */
  covers(tick: number): boolean {
    const { header } = this.block;
    const covered = reached(header, Word.flowCovered) > tick;
    this.head = reached(header, Word.flowHead);
    if (covered) return true;
    if (this.head !== this.tail) {
      this.keep();
      this.release();
    }
    return false;
  }

  /** Takes the next row of the tick into the fields; false when there is none left. Rows of ticks before are passed over. */
  next(tick: number): boolean {
    for (;;) {
      const isKept = this.keptFrom < this.keptTo;
      if (!isKept && this.tail === this.head) return false;
      const rows = isKept ? this.kept : this.block.flow;
      const at = isKept ? this.keptFrom : (this.tail & (this.capacity - 1)) * flowFields;
      if (rows[at + 1]! > tick) return false;
      if (isKept) this.keptFrom += flowFields;
      else this.tail = (this.tail + 1) | 0;
      if (rows[at + 1]! < tick) continue;
      const tag = rows[at]!;
      this.symbol = tag >> 2;
      this.kind = (tag & 3) === kinds.quotes ? 'quotes' : (tag & 3) === kinds.ticks ? 'ticks' : 'outside';
      for (let i = 0; i < 5; i++) this.record[i] = rows[at + 2 + i]!;
      return true;
    }
  }

  /** Gives the room of what was taken back to the library, which waits when more than half of the ring is full. */
  release(): void {
    const { header, words } = this.block;
    const before = (this.head - words[Word.flowTail]!) | 0;
    handOver(header, Word.flowTail, this.tail);
    const half = this.capacity / 2;
    if (before > half && ((this.head - this.tail) | 0) <= half) ring(this.block, Role.library);
  }

  private keep(): void {
    const { flow } = this.block;
    const more = ((this.head - this.tail) | 0) * flowFields;
    if (this.keptFrom === this.keptTo) this.keptFrom = this.keptTo = 0;
    if (this.keptTo + more > this.kept.length) {
      const wider = new Float64Array((this.keptTo - this.keptFrom + more) * 2);
      wider.set(this.kept.subarray(this.keptFrom, this.keptTo));
      this.keptTo -= this.keptFrom;
      this.keptFrom = 0;
      this.kept = wider;
    }
    for (; this.tail !== this.head; this.tail = (this.tail + 1) | 0) {
      const at = (this.tail & (this.capacity - 1)) * flowFields;
      for (let i = 0; i < flowFields; i++) this.kept[this.keptTo++] = flow[at + i]!;
    }
  }
}
