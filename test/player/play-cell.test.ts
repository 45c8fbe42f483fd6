import { beforeAll, describe, expect, test } from 'vitest';
import { nodeThread, playToEnd } from '../../src/cli/play.ts';
import type { JsonObject } from '../../src/config/kinds.ts';
import { decodeLink, encodeLink } from '../../src/config/link.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { cellService } from '../../src/player/cell-service.ts';
import { playCell } from '../../src/player/play-cell.ts';
import { planRun } from '../../src/session/plan-run.ts';
import type { Params } from '../../src/strategy/definition.ts';
import { planStrategy } from '../../src/strategy/plan-strategy.ts';
import { headOf, linesOf, mergeTables, summaryOf } from '../../src/sweep/lines.ts';
import { planSweep } from '../../src/sweep/plan-sweep.ts';
import { figureNames, type SweepRow } from '../../src/sweep/row.ts';
import { cellsOf } from '../../src/sweep/shard.ts';
import { readSpec } from '../../src/sweep/spec.ts';
import { cellCount, cellOf, configOf, strategyOfCell, type Sweep } from '../../src/sweep/sweep.ts';
import { isEvidence, verdictOf, verdictWords, walkedOf, walkedReturn } from '../../src/sweep/verdict.ts';
import { randomWalk, storeDataset } from '../support/synthetic.ts';

const store = new MemoryStore();
/** Bars with gaps that a second dataset fills in part: what upkeep does is the same in a cell and alone. */
beforeAll(async () => {
  await storeDataset(store, 'WALK', {
    A: randomWalk('2024-03-04', '2024-03-22', 7, (_, slot) => slot % 37 !== 5),
    B: randomWalk('2024-03-04', '2024-03-22', 8),
  });
  await storeDataset(store, 'MORE', { A: randomWalk('2024-03-04', '2024-03-15', 7) });
});

const config = {
  data: { dataset: 'WALK', from: '2024-03-07', fillFrom: ['MORE'] },
  strategy: { name: 'SMA cross', params: {} },
  broker: { commission: 0.0002 },
};

async function sweepOf(more: object): Promise<Sweep> {
  const read = readSpec({ config, params: { fast: [3, 8], slow: [20, 90] }, ...more });
  if (!read.ok) throw new Error(read.findings.map(({ message }) => message).join('\n'));
  const planned = planSweep(read.spec, await store.list());
  if (!planned.ok) throw new Error(planned.findings.map(({ message }) => message).join('\n'));
  return planned.sweep;
}

async function rowsOf(sweep: Sweep, cells = cellsOf(cellCount(sweep), { part: 1, of: 1 })): Promise<SweepRow[]> {
  const rows: SweepRow[] = [];
  for (const cell of cells) {
    const stage = { datasets: await store.list(), store, thread: nodeThread };
    rows.push((await playCell(sweep, cell, strategyOfCell(sweep, cell, []), stage)).row);
  }
  return rows;
}

/** What the link of a cell gives to whoever opens it. */
async function aloneByLink(sweep: Sweep, cell: number) {
  const link = await decodeLink(await encodeLink(configOf(sweep, cellOf(sweep, cell))));
  if (!link.ok || !('config' in link)) throw new Error('the link is none');
  const planned = planRun(link.config, link.given, await store.list(), planStrategy(link.config.strategy!));
  if (!planned.ok) throw new Error(planned.findings.map(({ message }) => message).join('\n'));
  return playToEnd(planned.plan, store);
}

describe('a cell', () => {
  test('is exactly the run of its configuration alone, by its link: fingerprint, trades and figures', async () => {
    const sweep = await sweepOf({});
    const rows = await rowsOf(sweep);
    expect(new Set(rows.map(({ fingerprint }) => fingerprint)).size).toBe(4);
    for (const row of rows) {
      const report = await aloneByLink(sweep, row.cell);
      expect(row.fingerprint).toBe(report.fingerprint);
      expect(row.figures['# Trades']).toBe(report.trades.length);
      expect(report.trades.length).toBeGreaterThan(10);
      for (const name of figureNames) expect(row.figures[name], name).toBe(report.statistics['backtesting.py']![name]);
    }
  });

  test('tried out by a worker is the run of those parameters, though the sweep has no such cell, and its curve is told', async () => {
    const sweep = await sweepOf({ walkForward: { inSample: 5, outOfSample: 3 } });
    const datasets = await store.list();
    const service = cellService<MemoryStore>({ thread: nodeThread, open: (bars) => bars });
    await expect(service.play(1, strategyOfCell(sweep, 1, []))).rejects.toThrow('before its sweep');
    service.begin(sweep, datasets, store);
    const tryOut = (params: Params) =>
      service.tryOut(params, planStrategy({ name: 'SMA cross', params: { ...params } as JsonObject }), () => undefined);
    const params = { fast: 4, slow: 33 };
    const { row, curve } = await tryOut(params);
    const report = await aloneByLink({ ...sweep, combinations: [params], windows: [] }, 1);
    expect(row).toMatchObject({ params, fingerprint: report.fingerprint });
    expect(curve!.last.at(-1)).toBe(report.equity.at(-1)![1]);
    expect(Math.max(...curve!.high)).toBe(Math.max(...report.equity.map(([, worth]) => worth)));
    const wrong = await tryOut({ fast: 50, slow: 33 });
    expect(wrong.row.error).toContain('more than fast (50)');
    expect(wrong.curve).toBeNull();
  });

  test('of a walk forward plays its window alone, warmed up on what is before it', async () => {
    const sweep = await sweepOf({ walkForward: { inSample: 5, outOfSample: 3 } });
    const rows = await rowsOf(sweep);
    expect(rows).toHaveLength(16);
    for (const cell of [1, 6, 16]) {
      const report = await aloneByLink(sweep, cell);
      const { window, part, fingerprint } = rows[cell - 1]!;
      const span = sweep.windows[window! - 1]![part!];
      expect([report.sessions[0]!.date, report.sessions.at(-1)!.date]).toEqual([span.from, span.to]);
      expect(fingerprint).toBe(report.fingerprint);
    }
    const walked = walkedOf(rows);
    expect(walked).toHaveLength(2);
    for (const { window, chosen, verdict, out } of walked) {
      expect(out.params).toEqual(chosen.params);
      expect([chosen.part, out.part, chosen.window, out.window]).toEqual(['in', 'out', window, window]);
      const others = rows.filter((row) => row.window === window && row.part === 'in');
      expect(chosen.returns!.sharpe).toBe(Math.max(...others.map(({ returns }) => returns!.sharpe)));
      expect(verdict.tries).toBe(4);
    }
    const [one, two] = walked.map(({ out }) => 1 + out.figures['Return [%]']! / 100);
    expect(walkedReturn(walked)).toBeCloseTo(100 * (one! * two! - 1), 9);
  });

  test('whose bars are gone is a row that says so', async () => {
    const sweep = await sweepOf({});
    const stage = { datasets: await store.list(), store: new MemoryStore(), thread: nodeThread };
    const { row } = await playCell(sweep, 2, strategyOfCell(sweep, 2, []), stage);
    expect(row).toMatchObject({ cell: 2, fingerprint: null, error: expect.stringContaining('import them again') });
  });
});

describe('tables', () => {
  test('of shards merge to that of one machine, in whatever order they come', async () => {
    const sweep = await sweepOf({});
    const linked = (rows: readonly SweepRow[]) => rows.map((row) => ({ ...row, link: `#${row.cell}` }));
    const shard = async (part: number) => {
      const of = { part, of: 3 };
      const rows = linked(await rowsOf(sweep, cellsOf(cellCount(sweep), of)));
      return { name: `${part}.jsonl`, text: linesOf([headOf(sweep, of), ...rows]) };
    };
    const shards = [await shard(3), await shard(1), await shard(2)];
    const { head, rows } = mergeTables(shards);
    const all = linked(await rowsOf(sweep));
    const one = linesOf([headOf(sweep, null), ...all, summaryOf(all)]);
    expect(linesOf([head, ...rows, summaryOf(rows)])).toBe(one);
    expect(mergeTables([{ name: 'one.jsonl', text: one }]).rows).toEqual(all);

    expect(() => mergeTables(shards.slice(1))).toThrow('1 of 4 cells are missing: 3');
    const changed = { name: 'changed', text: shards[0]!.text.replace('"# Trades":', '"# Trades":1') };
    expect(() => mergeTables([...shards, changed])).toThrow('Cell 3 has two results, in 3.jsonl and in changed');
    const other = { name: 'other', text: linesOf([headOf(await sweepOf({ params: { fast: [4] } }), null)]) };
    expect(() => mergeTables([...shards, other])).toThrow(/^other is of sweep [0-9a-f]{16} and 3.jsonl of/);
    expect(() => mergeTables([{ name: 'x', text: '{"a":1}' }])).toThrow('x is no table of a sweep');
    expect(() => mergeTables([{ name: 'x', text: `${one}{` }])).toThrow('x, line 7 is not a JSON object');
  });
});

describe('the warning', () => {
  const row = (cell: number, sharpe: number, skewness = 0): SweepRow => ({
    cell,
    params: { n: cell },
    window: null,
    part: null,
    fingerprint: null,
    figures: {} as SweepRow['figures'],
    returns: { count: 250, sharpe, skewness, kurtosis: 3 },
  });
  const tries = (count: number) => [
    row(1, 0.15),
    ...Array.from({ length: count - 1 }, (_, i) => row(i + 2, 0.06 * Math.sin(i))),
  ];

  test('grows with the number of tries', () => {
    const few = verdictOf(tries(2))!;
    const many = verdictOf(tries(1_000))!;
    expect([few.cell, many.cell, few.tries, many.tries]).toEqual([1, 1, 2, 1_000]);
    expect(many.expectedBest).toBeGreaterThan(few.expectedBest);
    expect(many.probability).toBeLessThan(few.probability);
    expect(verdictWords(many)).toContain('best of 1000 tries');
    expect(verdictWords(many)).toContain('Below 0.95 it is no evidence of skill.');
    expect(verdictWords(verdictOf([row(1, 0.3)])!)).toContain('more than luck explains');
  });

  test('says of few returns that they say nothing, however good they look', () => {
    const best = { ...row(1, 3), returns: { count: 29, sharpe: 3, skewness: 0, kurtosis: 3 } };
    const verdict = verdictOf([best])!;
    expect(verdict.probability).toBeGreaterThan(0.999);
    expect(isEvidence(verdict)).toBe(false);
    expect(verdictWords(verdict)).toContain('Of 29 returns alone that says nothing; 30 are the least.');
    expect(isEvidence(verdictOf([row(1, 0.3)])!)).toBe(true);
  });

  test('is not there where nothing has returns', () => {
    expect(verdictOf([{ ...row(1, 0), returns: null }])).toBeNull();
    expect(verdictOf([])).toBeNull();
  });
});
