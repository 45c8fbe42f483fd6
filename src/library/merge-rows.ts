import type { ConflictRule } from '../intake/choices.ts';
import { blockRows } from '../intake/dataset-hash.ts';
import type { Rows } from './rows.ts';

/** Rows; of bars that were read just now, where each came from (`src/intake/origin.ts`). */
export interface ReadRows extends Rows {
  readonly origins?: Float64Array | undefined;
}

/** Rows of one symbol from one of the datasets that are merged. */
export interface MergedInput {
  readonly rows: AsyncIterable<ReadRows>;
  /** The number of the source of a row by its time; asked in time order. */
  sourceAt(time: number): number;
}

/** Rows of several datasets in time order. All pieces but the last have as many rows as a block of the hash. */
export interface MergedRows extends Rows {
  /** The number of the source of each row. */
  readonly sources: Uint32Array;
}

/** What became of the rows of an input. */
export interface MergeCount {
  /** Rows that are in what was made. */
  taken: number;
  /** Rows that another input had just so. */
  duplicates: number;
  /** Rows with other values than the one that was taken at their time. */
  conflicts: number;
}

/** A row and its place in it. */
export interface RowPlace {
  readonly rows: ReadRows;
  readonly at: number;
}

/** What becomes of bars that several inputs have. Who hears of one looks at it at once. */
export interface MergeLosses {
  /** An input has a bar that an earlier one has just so. */
  duplicate(input: number, lost: RowPlace): void;
  /** A bar of an input was not taken, and what contradicts it is the rival's. */
  conflict(input: number, lost: RowPlace, rivalInput: number, rival: RowPlace): void;
  /** Awaited after a slot with conflicts, so that what was heard need not stay in memory. */
  makeRoom(): Promise<void>;
}

export interface MergeRules {
  /** What two bars must have in common to be of one slot; the start of each, unless told. It grows with the start. */
  readonly slotOf?: ((start: number) => number) | undefined;
  /** Which of several bars of one slot with different values is taken, by the order of the inputs; `reject`: none. */
  readonly conflicts: ConflictRule;
  readonly losses: MergeLosses;
}

/** Nobody hears of them. */
export const noLosses: MergeLosses = {
  duplicate: () => undefined,
  conflict: () => undefined,
  makeRoom: () => Promise.resolve(),
};

export function noCount(): MergeCount {
  return { taken: 0, duplicates: 0, conflicts: 0 };
}

/** Bars of several inputs, a slot once: of equal ones that of the first input that has it, of others as the rules say. */
export async function* mergedBars(
  inputs: readonly MergedInput[],
  { slotOf, conflicts, losses }: MergeRules,
  counts: readonly MergeCount[],
): AsyncGenerator<MergedRows> {
  const cursors = inputs.map((input) => new Cursor(input));
  const out = new Piece();
  const slot = (cursor: Cursor): number => (slotOf && cursor.time !== Infinity ? slotOf(cursor.time) : cursor.time);
  await Promise.all(cursors.map((cursor) => cursor.fill()));
  const slots = Float64Array.from(cursors, slot);
  const lose = (input: number, rival: number): void => {
    counts[input]!.conflicts++;
    losses.conflict(input, cursors[input]!, rival, cursors[rival]!);
  };
  for (;;) {
    let least = Infinity;
    for (const each of slots) if (each < least) least = each;
    if (least === Infinity) break;
    // Values decide which input a row is from, so all that have the slot are looked at before one moves on.
    let taken = -1;
    let rival = -1;
    for (let i = 0; i < cursors.length; i++) {
      if (slots[i] !== least) continue;
      if (taken === -1) taken = i;
      else if (cursors[i]!.equals(cursors[taken]!)) {
        counts[i]!.duplicates++;
        losses.duplicate(i, cursors[i]!);
      } else if (conflicts === 'first') lose(i, (rival = taken));
      else {
        lose(taken, i);
        rival = taken;
        taken = i;
      }
    }
    const isRejected = conflicts === 'reject' && rival !== -1;
    const from = cursors[taken]!;
    if (isRejected) lose(taken, rival);
    else {
      counts[taken]!.taken++;
      out.add(from.rows, from.at, from.source());
    }
    if (rival !== -1) await losses.makeRoom();
    for (let i = 0; i < cursors.length; i++) {
      if (slots[i] !== least) continue;
      const cursor = cursors[i]!;
      if (cursor.step()) await cursor.fill();
      slots[i] = slot(cursor);
    }
    if (out.isFull) yield out.take();
  }
  if (out.count > 0) yield out.take();
}

/**
 * Quotes or ticks of several inputs. Equal ones of one time are as many as in the input that has the most of them, so that
 * merging what is there already adds nothing; the first input's come first.
 */
export async function* mergedRecords(
  inputs: readonly MergedInput[],
  counts: readonly MergeCount[],
): AsyncGenerator<MergedRows> {
  const cursors = inputs.map((input) => new Cursor(input));
  const out = new Piece();
  await Promise.all(cursors.map((cursor) => cursor.fill()));
  for (;;) {
    let least = Infinity;
    let having = 0;
    for (const { time } of cursors) {
      if (time < least) [least, having] = [time, 1];
      else if (time === least) having++;
    }
    if (least === Infinity) break;
    const group: Grouped[] = [];
    for (const [i, cursor] of cursors.entries()) {
      while (cursor.time === least) {
        const values = having === 1 ? null : cursor.values();
        const same = values && group.find((each) => each.claimedBy !== i && isSame(each.values, values));
        if (same) {
          same.claimedBy = i;
          counts[i]!.duplicates++;
        } else {
          if (values) group.push({ values, claimedBy: i });
          counts[i]!.taken++;
          out.add(cursor.rows, cursor.at, cursor.source());
          if (out.isFull) yield out.take();
        }
        if (cursor.step()) await cursor.fill();
      }
    }
  }
  if (out.count > 0) yield out.take();
}

/** A record of the time that is being merged. */
interface Grouped {
  readonly values: readonly number[];
  /** The last input that has it. */
  claimedBy: number;
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, i) => value === b[i]);
}

const none: ReadRows = { columns: [], count: 0 };

/** A place in the rows of an input. */
class Cursor implements RowPlace {
  rows: ReadRows = none;
  at = 0;
  /** Of the row at the place; Infinity behind the last. */
  time = -Infinity;
  private readonly input: MergedInput;
  private readonly iterator: AsyncIterator<ReadRows>;

  constructor(input: MergedInput) {
    this.input = input;
    this.iterator = input.rows[Symbol.asyncIterator]();
  }

  /** Goes to the next row; true where it is not in memory: then `fill` is to be awaited. */
  step(): boolean {
    if (++this.at >= this.rows.count) return true;
    this.time = this.rows.columns[0]![this.at]!;
    return false;
  }

  async fill(): Promise<void> {
    this.at = 0;
    do {
      const next = await this.iterator.next();
      this.rows = next.done ? none : next.value;
      if (next.done) {
        this.time = Infinity;
        return;
      }
    } while (this.rows.count === 0);
    this.time = this.rows.columns[0]![0]!;
  }

  source(): number {
    return this.input.sourceAt(this.time);
  }

  values(): number[] {
    return this.rows.columns.slice(1).map((column) => column[this.at]!);
  }

  /** Has the values that another has; the times may differ within a slot. */
  equals(other: Cursor): boolean {
    const { columns } = this.rows;
    for (let i = 1; i < columns.length; i++)
      if (columns[i]![this.at] !== other.rows.columns[i]![other.at]) return false;
    return true;
  }
}

/** The piece that is being made. */
class Piece {
  count = 0;
  private columns: Float64Array[] = [];
  private sources = new Uint32Array(blockRows);

  get isFull(): boolean {
    return this.count === blockRows;
  }

  add({ columns }: Rows, at: number, source: number): void {
    if (this.columns.length === 0) this.columns = columns.map(() => new Float64Array(blockRows));
    for (let i = 0; i < columns.length; i++) this.columns[i]![this.count] = columns[i]![at]!;
    this.sources[this.count++] = source;
  }

  take(): MergedRows {
    const taken = { columns: this.columns, sources: this.sources, count: this.count };
    this.count = 0;
    return taken;
  }
}
