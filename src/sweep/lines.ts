import { appVersion } from '../session/report.ts';
import type { SweepRow } from './row.ts';
import type { Shard } from './shard.ts';
import { cellCount, type Sweep } from './sweep.ts';
import { verdictOf, verdictWords, walkedOf, walkedReturn } from './verdict.ts';

/** The table of a sweep as JSON lines: what it is of, a line a cell, and once all are there what they come to. */
export interface SweepHead {
  readonly tapedeck: 'sweep table';
  readonly version: string;
  /** Of the sweep: shards of one sweep have the same. */
  readonly sweep: string;
  readonly cells: number;
  readonly leftOut: number;
  /** Null for all cells. */
  readonly shard: Shard | null;
  readonly axes: Sweep['axes'];
  readonly random: Sweep['random'];
  readonly walkForward: Sweep['walkForward'];
  readonly windows: Sweep['windows'];
  readonly data: Sweep['data'];
}

/** A row as it is written: with the link of its configuration. */
export type LinkedRow = SweepRow & { readonly link: string };

export function headOf(sweep: Sweep, shard: Shard | null): SweepHead {
  const { id, leftOut, axes, random, walkForward, windows, data } = sweep;
  const cells = cellCount(sweep);
  const head = { tapedeck: 'sweep table', version: appVersion, sweep: id, cells, leftOut, shard } as const;
  return { ...head, axes, random, walkForward, windows, data };
}

/** The last line of a whole table. */
export function summaryOf(rows: readonly SweepRow[]): object {
  const walked = walkedOf(rows);
  if (walked.length > 0)
    return {
      summary: {
        walkForward: walked.map(({ window, chosen, verdict, out }) => ({
          window,
          params: chosen.params,
          inSample: { cell: chosen.cell, return: chosen.figures['Return [%]'], sharpe: chosen.figures['Sharpe Ratio'] },
          outOfSample: { cell: out.cell, return: out.figures['Return [%]'], sharpe: out.figures['Sharpe Ratio'] },
          verdict,
        })),
        outOfSampleReturn: walkedReturn(walked),
      },
    };
  const verdict = verdictOf(rows);
  return { summary: { verdict, words: verdict && verdictWords(verdict) } };
}

export function linesOf(values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

/** A file of lines and its name. */
export interface TableFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Merges the tables of shards to the one that a single machine writes. Throws an Error that names file and line for what is no such table, for
 * shards of several sweeps, for cells with two results, and for cells that are missing.
 */
export function mergeTables(files: readonly TableFile[]): {
  readonly head: SweepHead;
  readonly rows: readonly LinkedRow[];
} {
  let head: SweepHead | undefined;
  let headName = '';
  const rows = new Map<number, { readonly row: LinkedRow; readonly line: string; readonly from: string }>();
  for (const { name, text } of files) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const own = parsed(lines[0] ?? '', name, 1) as Partial<SweepHead>;
    if (own.tapedeck !== 'sweep table' || typeof own.cells !== 'number')
      throw new Error(`${name} is no table of a sweep; it must begin with the line that "sweep" writes first`);
    const whole = { ...(own as SweepHead), shard: null };
    if (!head) [head, headName] = [whole, name];
    else if (JSON.stringify(head) !== JSON.stringify(whole))
      throw new Error(
        `${name} is of sweep ${whole.sweep} and ${headName} of ${head.sweep}; settings, ranges, bars and version must be the same`,
      );
    for (let i = 1; i < lines.length; i++) {
      const line = lines[i]!;
      const row = parsed(line, name, i + 1) as Partial<LinkedRow>;
      if ('summary' in row) continue;
      const { cell } = row;
      if (!(typeof cell === 'number' && Number.isInteger(cell) && cell >= 1 && cell <= head.cells))
        throw new Error(`${name}, line ${i + 1} has the cell ${String(cell)}; it must be from 1 to ${head.cells}`);
      const known = rows.get(cell);
      if (known && known.line !== line)
        throw new Error(`Cell ${cell} has two results, in ${known.from} and in ${name}`);
      rows.set(cell, { row: row as LinkedRow, line, from: name });
    }
  }
  if (!head) throw new Error('There is no table to be merged');
  const missing = Array.from({ length: head.cells }, (_, i) => i + 1).filter((cell) => !rows.has(cell));
  if (missing.length > 0) {
    const some = missing.slice(0, 5).join(', ');
    const more = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
    throw new Error(`${missing.length} of ${head.cells} cells are missing: ${some}${more}`);
  }
  return { head, rows: [...rows.values()].map(({ row }) => row).sort((a, b) => a.cell - b.cell) };
}

function parsed(line: string, name: string, at: number): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new Error(`${name}, line ${at} is not a JSON object`);
}
