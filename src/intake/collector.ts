import { FileFault } from './file-fault.ts';
import type { BarColumns } from '../bars/columns.ts';
import { barColumns } from '../bars/columns.ts';
import type { DataKind, RecordKind } from '../bars/records.ts';
import type { Audit, Decision } from './audit.ts';
import { intervalOf } from './bar-interval.ts';
import { gridDecision } from './grid.ts';
import { RecordRows } from './record-rows.ts';
import type { Breathe, IntakeResult, RecordResult, SymbolBars, SymbolRecords } from './result.ts';
import { intervalText } from '../bars/interval.ts';
import type { SkippedFile } from './skipped.ts';
import { SymbolRows } from './symbol-rows.ts';
import { FileTally } from './tally.ts';
import { timeOrder } from './time-order.ts';

/** More symbols than markets list; a file with more has something else in that column. */
const maxSymbols = 20_000;
/** Rows between two breaths, some ten milliseconds of work. */
const breathRows = 200_000;

/** Takes the bars, quotes or ticks of all files of one import together. */
export class Collector {
  private readonly files: FileTally[] = [];
  private readonly skipped: SkippedFile[] = [];
  private readonly decisions = new Map<string, Decision>();
  private readonly bySymbol = new Map<string, SymbolRows>();
  private readonly recordsBySymbol = new Map<string, RecordRows>();
  private settledKind: DataKind | null = null;

  /** Begins a file; bars that come from now on are its own. `bytes` are those on disk. */
  beginFile(name: string, bytes: number): FileTally {
    const tally = new FileTally(name, bytes);
    this.files.push(tally);
    return tally;
  }

  /** Takes note of files that are not read. */
  skip(files: readonly SkippedFile[]): void {
    this.skipped.push(...files);
  }

  /** The number of the current file. */
  get file(): number {
    return this.files.length - 1;
  }

  /** What the files hold; bars before the first. */
  get kind(): DataKind {
    return this.settledKind ?? 'bars';
  }

  /** The current file holds data of that kind. Throws when a file before it held another. */
  settleKind(kind: DataKind): void {
    const settled = (this.settledKind ??= kind);
    if (settled !== kind)
      throw new FileFault(`holds ${kind}, the files before it ${settled}; import them as datasets of their own`);
  }

  /** The rows of a symbol's bars, made when they are not there. Throws when there are too many symbols. */
  symbol(name: string): SymbolRows {
    return rowsOf(this.bySymbol, name, () => new SymbolRows(name));
  }

  /** The same for quotes or ticks. */
  records(name: string, kind: RecordKind): RecordRows {
    return rowsOf(this.recordsBySymbol, name, () => new RecordRows(kind));
  }

  /**
   * Sorts the bars of each symbol and takes each time once: of equal bars the first, of others the last, in the order of
   * the files and of the records in them. Ends the collector. Throws when there are no bars at all.
   */
  async finish(breathe: Breathe): Promise<IntakeResult> {
    const symbols: SymbolBars[] = [];
    let bars = 0;
    const names = [...this.bySymbol.keys()].sort();
    for (const name of names) {
      const rows = this.bySymbol.get(name)!;
      this.bySymbol.delete(name);
      const columns = rows.ordered ? rows.columns : await this.sorted(rows, breathe);
      if (columns.count === 0) continue;
      symbols.push({ name, columns });
      bars += columns.count;
    }
    if (bars === 0) throw new Error('There are no bars in these files');
    const { ms, decision } = intervalOf(symbols, this.chosenInterval());
    const grid = gridDecision(symbols, ms);
    const audits = this.files.map((tally): Audit => {
      tally.decisions.push(decision);
      if (grid) tally.decisions.push(grid);
      return this.auditOf(tally);
    });
    return { kind: 'bars', symbols, interval: intervalText(ms), intervalMs: ms, bars, audits, skipped: this.skipped };
  }

  /** Sorts the quotes or ticks of each symbol by time alone: equal ones are as many. Ends the collector. */
  async finishRecords(kind: RecordKind, breathe: Breathe): Promise<RecordResult> {
    const symbols: SymbolRecords[] = [];
    let records = 0;
    for (const name of [...this.recordsBySymbol.keys()].sort()) {
      const rows = this.recordsBySymbol.get(name)!;
      this.recordsBySymbol.delete(name);
      const columns = await rows.inOrder(breathe);
      symbols.push({ name, columns });
      records += columns.count;
    }
    return { kind, symbols, records, audits: this.files.map((tally) => this.auditOf(tally)), skipped: this.skipped };
  }

  /** The interval that was chosen for the files; null where none was. Throws when several were. */
  private chosenInterval(): number | null {
    const chosen = new Set(this.files.flatMap(({ chosenIntervalMs }) => chosenIntervalMs ?? []));
    if (chosen.size <= 1) return [...chosen][0] ?? null;
    const texts = [...chosen].map(intervalText).join(' and ');
    throw new Error(`${texts} were chosen as intervals of bars; import them as datasets of their own`);
  }

  private async sorted(rows: SymbolRows, breathe: Breathe): Promise<BarColumns> {
    const from = rows.columns;
    const order = await timeOrder(from.start, from.count, breathe);
    const to = barColumns(from.count);
    let out = -1;
    let last = -1;
    for (let i = 0; i < order.length; i++) {
      const row = order[i]!;
      if (out >= 0 && from.start[row] === to.start[out]) {
        if (isSameBar(from, row, last)) {
          this.files[rows.fileOf(row)]!.duplicates++;
          continue;
        }
        this.files[rows.fileOf(last)]!.conflicts++;
      } else out++;
      last = row;
      to.start[out] = from.start[row]!;
      to.open[out] = from.open[row]!;
      to.high[out] = from.high[row]!;
      to.low[out] = from.low[row]!;
      to.close[out] = from.close[row]!;
      to.volume[out] = from.volume[row]!;
      if (i % breathRows === 0) await breathe();
    }
    to.count = out + 1;
    return to;
  }

  private auditOf(tally: FileTally): Audit {
    const { file, bytes, records, duplicates, conflicts, rejected, headers, blanks, outOfOrder } = tally;
    return {
      ...{ file, bytes, records, duplicates, conflicts, rejected, headers, blanks, outOfOrder },
      accepted: tally.taken - duplicates - conflicts,
      rejections: tally.rejections,
      reasons: tally.reasons,
      ignoredColumns: tally.ignoredColumns,
      decisions: tally.decisions.map((decision) => this.shared(decision)),
    };
  }

  /** Equal decisions are one object, which copies and storage keep once: thousands of files are often decided alike. */
  private shared(decision: Decision): Decision {
    const key = JSON.stringify(decision);
    const known = this.decisions.get(key);
    if (known) return known;
    this.decisions.set(key, decision);
    return decision;
  }
}

function rowsOf<Rows>(bySymbol: Map<string, Rows>, name: string, make: () => Rows): Rows {
  let rows = bySymbol.get(name);
  if (!rows) {
    if (bySymbol.size === maxSymbols) {
      throw new FileFault(
        `has more than ${maxSymbols.toLocaleString('en-US')} symbols, the next being "${name}"; is the column really the symbol's?`,
      );
    }
    rows = make();
    bySymbol.set(name, rows);
  }
  return rows;
}

function isSameBar(columns: BarColumns, a: number, b: number): boolean {
  const { open, high, low, close, volume } = columns;
  return (
    open[a] === open[b] && high[a] === high[b] && low[a] === low[b] && close[a] === close[b] && volume[a] === volume[b]
  );
}
