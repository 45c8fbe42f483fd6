import { availableParallelism } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LinkedRow, SweepHead } from '../../src/sweep/lines.ts';
import type { RunReport } from '../../src/session/report.ts';
import { barsCsv } from '../support/bars-csv.ts';
import { onDisk, terminal } from '../support/play-files.ts';
import { randomWalk } from '../support/synthetic.ts';

const spec = {
  config: { strategy: { name: 'SMA cross', params: {} }, broker: { commission: 0.0002 } },
  params: { fast: { from: 3, to: 9, step: 3 }, slow: [6, 40] },
};

describe('sweep', () => {
  let walk: string;
  let file: string;
  let whole: string;

  beforeAll(async () => {
    const text = barsCsv(randomWalk('2024-03-04', '2024-03-11', 7));
    [walk, file] = (await onDisk({ name: 'WALK.csv', text }, { name: 'sweep.json', text: JSON.stringify(spec) })) as [
      string,
      string,
    ];
    const { code, out, err } = await terminal(['sweep', file, walk]);
    expect(err).toContain(`4 of 4 cells on ${Math.min(4, availableParallelism())} threads; 2 combinations left out`);
    expect(err).toContain('is the best of 4 tries');
    expect(code).toBe(0);
    whole = out;
  }, 60_000);

  it('prints what it is of, a row a cell in their order, and what they come to', () => {
    const lines = whole.trimEnd().split('\n');
    const [head, ...rest] = lines.map((line) => JSON.parse(line) as unknown);
    expect(head).toMatchObject({
      tapedeck: 'sweep table',
      cells: 4,
      leftOut: 2,
      shard: null,
    } satisfies Partial<SweepHead>);
    const rows = rest.slice(0, -1) as LinkedRow[];
    expect(rows.map(({ cell, params }) => ({ cell, ...params }))).toEqual([
      { cell: 1, fast: 3, slow: 6 },
      { cell: 2, fast: 3, slow: 40 },
      { cell: 3, fast: 6, slow: 40 },
      { cell: 4, fast: 9, slow: 40 },
    ]);
    expect(rest.at(-1)).toMatchObject({ summary: { verdict: { tries: 4 } } });
  });

  it('tells of a FILE that no cell reads', async () => {
    const [other] = await onDisk({ name: 'OTHER.csv', text: barsCsv(randomWalk('2024-03-04', '2024-03-04', 8)) });
    const { code, err } = await terminal(['sweep', file, walk, other!]);
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: \S*OTHER\.csv: the run does not read "OTHER": the run plays "WALK"; /m);
  }, 60_000);

  it('gives each cell what its link gives alone', async () => {
    const row = JSON.parse(whole.split('\n')[3]!) as LinkedRow;
    const { code, out } = await terminal(['run', row.link, walk]);
    const report = JSON.parse(out) as RunReport;
    expect([code, report.fingerprint]).toEqual([0, row.fingerprint]);
    expect(report.trades).toHaveLength(row.figures['# Trades']!);
  }, 60_000);

  it('is cut into shards that merge to the same table, byte for byte', async () => {
    const tables = await Promise.all(
      [1, 2, 3].map(async (part) => {
        const { code, out } = await terminal(['sweep', file, walk, '--shard', `${part}/3`]);
        expect(code).toBe(0);
        return { name: `part-${part}.jsonl`, text: out };
      }),
    );
    const paths = await onDisk(...tables);
    const merged = await terminal(['sweep', '--merge', ...[...paths].reverse()]);
    expect(merged).toMatchObject({ code: 0, out: whole });
    const part = await terminal(['sweep', '--merge', ...paths.slice(1)]);
    expect(part).toMatchObject({ code: 1, out: '', err: '2 of 4 cells are missing: 1, 4\n' });
  }, 120_000);

  it.each([
    [['sweep', 'none.json'], 'There is no file "none.json"; SWEEP must be a JSON file'],
    [['sweep', 'a', '--shard', '4/3'], '--shard was "4/3"; it must be like 3/64, the third of 64 parts'],
    [['sweep', '--merge', 'none.jsonl'], 'There is no file "none.jsonl"'],
    [['sweep', 'a', '--best'], "Unknown option '--best'"],
  ])(
    'refuses %j',
    async (args, words) => {
      const { code, err } = await terminal(args);
      expect(code).toBe(2);
      expect(err).toContain(words);
    },
    60_000,
  );

  it('says what is wrong with a sweep', async () => {
    const [bad] = await onDisk({ name: 'bad.json', text: JSON.stringify({ ...spec, params: { fats: [3] } }) });
    const { code, err } = await terminal(['sweep', bad!, walk]);
    expect(code).toBe(2);
    expect(err).toContain('error: params.fats is no parameter of "SMA cross"; the nearest is fast');
  }, 60_000);
});
