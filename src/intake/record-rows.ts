import { recordColumns, type RecordColumns, type RecordKind } from '../bars/records.ts';
import type { Breathe } from './result.ts';
import type { Run, Staging } from './staging.ts';
import { staged } from './staging.ts';
import { timeOrder } from './time-order.ts';

const firstCapacity = 256;

/** The quotes or ticks of one symbol in the order in which they were read, in columns that grow. */
export class RecordRows {
  private readonly kind: RecordKind;
  private columns: RecordColumns;
  /** Records that were staged, in runs in the order of reading. */
  readonly runs: Run[] = [];
  /** The last record is of the second time around of an hour that the wall clock showed twice. */
  secondHour = false;
  private ordered = true;
  private file = -1;
  private last = NaN;
  /** The latest time among the records of the current file. */
  private latest = -Infinity;

  constructor(kind: RecordKind) {
    this.kind = kind;
    this.columns = recordColumns(kind, firstCapacity);
  }

  /** Columns of a staged record: time and values. */
  get rowColumns(): number {
    return 1 + this.columns.values.length;
  }

  /** Adds a record; returns 1 when a later one of the same file came before it, else 0. */
  append(file: number, time: number, values: Float64Array): 0 | 1 {
    let { columns } = this;
    const row = columns.count;
    if (row === columns.time.length) columns = this.grow();
    columns.time[row] = time;
    for (let i = 0; i < columns.values.length; i++) columns.values[i]![row] = values[i]!;
    columns.count = row + 1;
    if (row > 0 && time < this.last) this.ordered = false;
    this.last = time;
    if (file !== this.file) {
      this.file = file;
      this.latest = -Infinity;
    }
    if (time < this.latest) return 1;
    this.latest = time;
    return 0;
  }

  /**
   * Which time is meant of two that the wall clock shows alike, the later one `shift` after the first. Records come nearly in
   * the order of time, so that the second time around begins with one that lies far before the last one, and goes on.
   */
  inRepeatedHour(file: number, first: number, shift: number): number {
    const last = file === this.file ? this.last : NaN;
    if (!(Math.abs(last - first) < 2 * shift)) this.secondHour = false;
    else if (last - first > shift / 2) this.secondHour = true;
    return this.secondHour ? first + shift : first;
  }

  /** The records in time order, equal times in the order in which they were read. */
  async inOrder(breathe: Breathe): Promise<RecordColumns> {
    const { columns } = this;
    if (this.ordered) return columns;
    const order = await timeOrder(columns.time, columns.count, breathe);
    const sorted = recordColumns(this.kind, columns.count);
    for (const [to, from] of [[sorted.time, columns.time], ...sorted.values.map((to, i) => [to, columns.values[i]!])]) {
      for (let i = 0; i < order.length; i++) to![i] = from![order[i]!]!;
      await breathe();
    }
    sorted.count = columns.count;
    return sorted;
  }

  /** Stages the records that are here as one run, and begins anew. */
  async stage(staging: Staging, breathe: Breathe): Promise<void> {
    const { time, values, count } = this.columns;
    if (count === 0) return;
    const order = this.ordered ? null : await timeOrder(time, count, breathe);
    this.runs.push(await staged({ count, columns: [time, ...values] }, order, staging));
    this.columns = recordColumns(this.kind, 0);
    this.ordered = true;
  }

  private grow(): RecordColumns {
    const { columns } = this;
    const grown = recordColumns(this.kind, Math.max(firstCapacity, columns.count * 2));
    grown.time.set(columns.time);
    for (const [i, values] of columns.values.entries()) grown.values[i]!.set(values);
    grown.count = columns.count;
    return (this.columns = grown);
  }
}
