import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { sweep } from '../../src/cli/sweep.ts';
import { codeHash } from '../../src/own/read-code.ts';
import type { RunReport } from '../../src/session/report.ts';
import type { SweepRow } from '../../src/sweep/row.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();

const days = { dataset: 'sample', from: '2024-11-04', to: '2024-11-06' };

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Plays own code over three sessions of the sample. */
async function played(text: string, strategy?: object): Promise<RunReport & { readonly said: string }> {
  const config = file('config.json', JSON.stringify({ data: days, ...(strategy && { strategy }) }));
  const said: string[] = [];
  const { report } = await run(config, [], (line) => said.push(line), file('mine.js', text));
  return { ...(JSON.parse(report) as RunReport), said: said.join('\n') };
}

const smaCross = `// The shelf's, written anew.
const params = { fast: 10, slow: 30 };
const warmUpBars = params.slow - 1;
const each = [];
function start({ symbols }) {
  for (const name of symbols)
    each.push({ fast: new SimpleAverage(params.fast), slow: new SimpleAverage(params.slow), gap: NaN });
}
function bar(desk, symbol) {
  const of = each[symbol];
  const before = of.gap;
  of.gap = of.fast.push(desk.close) - of.slow.push(desk.close);
  if (before < 0 && of.gap > 0) turn(desk, symbol, 'buy');
  else if (before > 0 && of.gap < 0) turn(desk, symbol, 'sell');
}
function turn(desk, symbol, side) {
  desk.closePosition(symbol);
  desk[side](symbol, { size: { equity: 1 / desk.symbols.length } });
}`;

/** Sweeps own code over the same sessions: the lines of its table, and whether all cells could be played. */
async function swept(
  text: string,
  params: object,
): Promise<{ readonly rows: readonly SweepRow[]; readonly isWhole: boolean }> {
  const spec = file('sweep.json', JSON.stringify({ config: { data: days }, params }));
  let table = '';
  const out = { write: (lines: string) => void (table += lines), say: () => undefined };
  const isWhole = await sweep(spec, [], null, out, file('mine.js', text));
  const lines = table.trimEnd().split('\n');
  return { rows: lines.slice(1, -1).map((line) => JSON.parse(line) as SweepRow), isWhole };
}

describe('a sweep of own code in the terminal', () => {
  it('gives each cell what a run of its parameters comes to, whatever was played before it', async () => {
    const { rows, isWhole } = await swept(smaCross, { fast: [3, 10], slow: [30] });
    expect(isWhole).toBe(true);
    expect(rows).toHaveLength(2);
    for (const { params, fingerprint, figures } of rows) {
      const alone = await played(smaCross, { name: 'mine', params, code: codeHash(smaCross) });
      expect(fingerprint).toBe(alone.fingerprint);
      expect(figures['# Trades']).toBe(alone.trades!.length);
    }
  });

  it('names what fails a cell, and loses no other', async () => {
    const { rows, isWhole } = await swept(
      `const params = { n: 0 };
function bar(desk, symbol) {
  if (params.n === 1) while (desk) ;
  if (params.n === 2 && desk.session.date === '2024-11-05') null.length;
  if (desk.mayOrder(symbol)) desk.buy(symbol, { size: 1 });
}`,
      { n: [1, 2, 3] },
    );
    expect(isWhole).toBe(false);
    expect(rows.map(({ error }) => error)).toEqual([
      'line 3, column 1: the strategy did not come back for 0.8 s and was stopped; a hook is called for every bar and must be done at once',
      expect.stringMatching(/^1 of 3 sessions failed, first 2024-11-05: line 4, column \d+: TypeError: .* \(in bar\)$/),
      undefined,
    ]);
    expect(rows[1]!.fingerprint).toBeNull();
    expect(rows[2]!.figures['# Trades']).not.toBeNull();
    await expect(swept('const params = { n: 0 }\nfunction bar() {}', { m: [1] })).rejects.toThrow('there is n');
  });
});

describe('own code in the terminal', () => {
  it('comes to what the same strategy of the shelf comes to', async () => {
    const shelf = file('shelf.json', JSON.stringify({ data: days, strategy: { name: 'SMA cross' } }));
    const { report } = await run(shelf, [], () => undefined);
    const { fingerprint, trades } = JSON.parse(report) as RunReport;
    const own = await played(smaCross);
    expect(own.trades).toEqual(trades);
    expect(own.trades!.length).toBeGreaterThan(50);
    expect(own.fingerprint).toBe(fingerprint);
    expect(own.config.strategy).toEqual({ name: 'mine', params: {}, code: codeHash(smaCross) });
  });

  it('takes its parameters from the configuration, which names it by its hash', async () => {
    const code = codeHash(smaCross);
    const other = await played(smaCross, { name: 'mine', params: { fast: 3 }, code });
    expect(other.trades!.length).toBeGreaterThan((await played(smaCross)).trades!.length);
    await expect(played(smaCross, { name: 'mine', params: { fats: 3 }, code })).rejects.toThrow('nearest is fast');
    await expect(played(`${smaCross}\n`, { name: 'mine', code })).rejects.toThrow(
      'the code of --strategy has the hash',
    );
    await expect(played('function bar( {')).rejects.toThrow(/mine.js: line 1, column 16: Unexpected token/);
  });

  it('ends its session where it throws, with the place in its text', async () => {
    const { sessions, said } = await played(`
function bar(desk, symbol) {
  if (desk.session.date === '2024-11-04' && desk.mayOrder(symbol)) desk.buy(symbol, { size: -1 });
  if (desk.session.date === '2024-11-06') for (const x of [1]) f(x, null.length);
}
function f() {}`);
    expect(sessions.map(({ states }) => states.at(-1)![0])).toEqual(['error', 'ended', 'error']);
    expect(sessions.map(({ states }) => states.at(-1)![2])[0]).toBe('error in the strategy');
    expect(said).toContain(
      '2024-11-04: line 3, column 73: RangeError: The size of an order was -1; it must be a share below 1 or whole units from 1 on (in bar)',
    );
    expect(said).toMatch(/2024-11-06: line 4, column 7\d: TypeError: .* \(in bar\)/);
  });

  it('ends the run where it does not come back', async () => {
    await expect(played('let n = 0\nfunction instant() {\n  if (n++ > 99)\n    while (n) n++\n}')).rejects.toThrow(
      'line 4, column 1: the strategy did not come back for 0.8 s and was stopped',
    );
  });
});
