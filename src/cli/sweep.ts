import { availableParallelism } from 'node:os';
import { encodeLink } from '../config/link.ts';
import { defaultChoices } from '../intake/choices.ts';
import { playCells } from '../player/pool.ts';
import { headOf, linesOf, mergeTables, summaryOf, type LinkedRow } from '../sweep/lines.ts';
import { planSweep } from '../sweep/plan-sweep.ts';
import { cellsOf, readShard, type Shard } from '../sweep/shard.ts';
import { readSpec } from '../sweep/spec.ts';
import { cellCount, configOf } from '../sweep/sweep.ts';
import { clockWords, timeLeftMs } from '../sweep/time-left.ts';
import { verdictOf, verdictWords } from '../sweep/verdict.ts';
import { cellThreads } from './cell-threads.ts';
import { findingLines } from './finding-lines.ts';
import type { ImportChoices } from './import-choices.ts';
import { jsonFile } from './json-file.ts';
import { loadFor } from './load.ts';
import { ownCode, withCode } from './own-code.ts';
import { textFile } from './text-file.ts';
import { unreadLines } from './unread-files.ts';
import { WrongArguments } from './wrong-arguments.ts';

/** Progress is told so often. */
const sayEveryMs = 2_000;

/** Where a command writes: its results, and its progress. */
export interface Outlets {
  write(text: string): void;
  say(line: string): void;
}

/**
 * Plays a sweep, or a shard of it, on all cores, and writes its table as JSON lines, each as soon as those before it are written. Returns whether all
 * cells could be played. `codePath` is a file with a strategy of one's own; `chosen` is for the import of the files. Throws WrongArguments for a sweep or code that cannot be read, or
 * that does not fit the files.
 */
export async function sweep(
  path: string,
  files: readonly string[],
  shard: Shard | null,
  out: Outlets,
  codePath?: string,
  chosen: ImportChoices = defaultChoices,
): Promise<boolean> {
  const code = codePath === undefined ? undefined : ownCode(codePath);
  const read = readSpec(jsonFile(path, 'SWEEP must be a JSON file { config, params, random, walkForward }'));
  if (!read.ok) throw new WrongArguments(findingLines(read.findings));
  const spec = withCode(read.spec, code);
  const own = code ? [code] : [];
  const { store, datasets, files: loaded } = await loadFor(spec.config, files, chosen, (line) => out.say(line));
  const planned = planSweep(spec, datasets, own);
  if (!planned.ok) throw new WrongArguments(findingLines(planned.findings));
  if (planned.warnings.length > 0) out.say(findingLines(planned.warnings));
  const { sweep, plan } = planned;
  for (const line of unreadLines(loaded, plan)) out.say(line);
  const cells = cellsOf(cellCount(sweep), shard ?? { part: 1, of: 1 });
  const count = Math.max(1, Math.min(availableParallelism(), cells.length));
  out.say(`${cells.length} of ${cellCount(sweep)} cells on ${count} threads${leftOutWords(sweep.leftOut)}`);

  const rows: LinkedRow[] = [];
  const waiting = new Map<number, LinkedRow>();
  const began = performance.now();
  let saidAt = began;
  let done = 0;
  const { players, end } = await cellThreads(count, sweep, datasets, store, own);
  out.write(linesOf([headOf(sweep, shard)]));
  try {
    await playCells(players, cells, async (row) => {
      waiting.set(row.cell, { ...row, link: await encodeLink(configOf(sweep, row)) });
      done++;
      for (let next; (next = waiting.get(cells[rows.length]!)); rows.push(next)) {
        waiting.delete(next.cell);
        out.write(linesOf([next]));
      }
      const now = performance.now();
      if (now - saidAt < sayEveryMs) return;
      saidAt = now;
      const left = cells.length - done;
      out.say(`${done} of ${cells.length} cells, ${clockWords(timeLeftMs(done, left, now - began))} left`);
    });
  } finally {
    await end();
  }
  if (shard === null) conclude(rows, out);
  for (const { cell, error } of rows) if (error !== undefined) out.say(`error: cell ${cell}: ${error}`);
  out.say(`${done} cells in ${clockWords(performance.now() - began)}`);
  return rows.every(({ error }) => error === undefined);
}

/** Merges the tables of shards and writes that of the whole sweep. Rejects where they are not all parts of one sweep. */
export function merge(paths: readonly string[], out: Outlets): boolean {
  const must = 'name the tables that "sweep --shard" has written';
  const files = paths.map((name) => ({ name, text: textFile(name, must) }));
  const { head, rows } = mergeTables(files);
  out.write(linesOf([head, ...rows]));
  conclude(rows, out);
  return rows.every(({ error }) => error === undefined);
}

/** Reads the value of `--shard`. Throws WrongArguments. */
export function shardOf(text: string): Shard {
  const shard = readShard(text);
  if (!shard) throw new WrongArguments(`--shard was "${text}"; it must be like 3/64, the third of 64 parts`);
  return shard;
}

function conclude(rows: readonly LinkedRow[], out: Outlets): void {
  out.write(linesOf([summaryOf(rows)]));
  const verdict = rows[0]?.window === null ? verdictOf(rows) : null;
  if (verdict) out.say(verdictWords(verdict));
}

function leftOutWords(leftOut: number): string {
  return leftOut === 0 ? '' : `; ${leftOut} combinations left out, which the strategy does not take`;
}
