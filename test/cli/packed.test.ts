import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';
import type { RunReport } from '../../src/session/report.ts';
import { onDisk, terminal } from '../support/play-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const call = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const options = { maxBuffer: 1 << 28 };
const link = '#config={"data":{"dataset":"sample","fillFrom":["backup"],"from":"2024-11-27"}}';

describe('the packed terminal', () => {
  let folder: string;
  let tapedeck: string;

  beforeAll(async () => {
    folder = temporaryFolder();
    const made = join(folder, 'made');
    await build({
      root,
      configFile: join(root, 'terminal.config.ts'),
      logLevel: 'error',
      build: { outDir: made },
    });
    await call('npm', ['pack', made, '--pack-destination', folder], { cwd: folder });
    const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'))!;
    const args = ['install', '--global', '--offline', '--no-audit', '--no-fund', '--prefix', folder];
    await call('npm', [...args, join(folder, archive)], { cwd: folder });
    tapedeck = join(folder, 'bin', 'tapedeck');
  }, 180_000);

  it('plays a link to the result of the sources', async () => {
    const { stdout, stderr } = await call(tapedeck, ['run', link], { ...options, cwd: folder });
    const own = await terminal(['run', link]);
    const fingerprint = (out: string): unknown => (JSON.parse(out) as RunReport).fingerprint;
    expect(fingerprint(stdout)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(fingerprint(stdout)).toBe(fingerprint(own.out));
    const proven = /^link with this result: (\S+)$/m.exec(stderr)![1]!;
    const { stderr: verdict } = await call(tapedeck, ['run', proven], { ...options, cwd: folder });
    expect(verdict).toMatch(/^same result {3}yes/m);
  }, 60_000);

  it('plays a sweep in threads, and own code', async () => {
    const sweep = {
      config: { data: { dataset: 'sample', from: '2024-11-27' }, strategy: { name: 'SMA cross', params: {} } },
      params: { fast: [5, 10], slow: [20] },
    };
    const [spec, code] = await onDisk(
      { name: 'sweep.json', text: JSON.stringify(sweep) },
      { name: 'mine.js', text: 'function bar(desk) { if (desk.position() === 0) desk.buy(0, { size: 1 }); }' },
    );
    const swept = await call(tapedeck, ['sweep', spec!], { ...options, cwd: folder });
    expect(swept.stdout.trim()).toBe((await terminal(['sweep', spec!])).out.trim());
    const { stdout } = await call(tapedeck, ['run', link, '--strategy', code!], { ...options, cwd: folder });
    expect((JSON.parse(stdout) as RunReport).equity!.length).toBeGreaterThan(100);
  }, 60_000);

  it('exports what it imports, as CSV, gzip and Parquet, each of which has the same sha256', async () => {
    const line = (minute: number): string => `2024-11-29 09:${minute},602.97,603.12,602.9,603.05,${minute}00`;
    const lines = Array.from({ length: 25 }, (_, i) => line(30 + i));
    const [bars] = await onDisk({ name: 'SPY.csv', text: ['time,open,high,low,close,volume', ...lines].join('\n') });
    const exported = async (args: readonly string[]) => {
      const { stdout } = await call(tapedeck, ['export', ...args], { ...options, cwd: folder });
      return JSON.parse(stdout) as readonly Readonly<Record<string, unknown>>[];
    };
    const [first] = await exported([bars!, '--out', folder, '--to', 'csv']);
    const file = join(folder, 'SPY.csv');
    expect(first).toEqual({
      ...{ name: 'SPY', sha256: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string, kind: 'bars' },
      ...{ interval: '1m', bars: 25, file },
    });
    expect((await readFile(file, 'utf8')).split('\n').slice(0, 2)).toEqual([
      'Tapedeck 1m bar start,symbol,open,high,low,close,volume',
      '2024-11-29T14:30:00Z,SPY,602.97,603.12,602.9,603.05,3000',
    ]);
    let read = file;
    for (const ending of ['csv.gz', 'parquet', 'csv']) {
      const out = join(folder, `again.${ending}`);
      expect(await exported([read, '--out', out])).toMatchObject([{ sha256: first!['sha256'], file: out }]);
      read = out;
    }
    expect(await readFile(read, 'utf8')).toBe(await readFile(file, 'utf8'));
    const wrong = [
      [[file, '--out', file], 'is one of the files that are read'],
      [[file, bars!, '--out', join(folder, 'x.txt')], '--to must be one of csv, csv.gz, parquet'],
      [[file, '--out', join(folder, 'x.csv'), '--to', 'parquet'], 'ends with .csv'],
      [[file, '--out', join(folder, 'none', 'x.csv')], 'cannot be written'],
    ] as const;
    for (const [args, words] of wrong)
      await expect(call(tapedeck, ['export', ...args], { cwd: folder })).rejects.toMatchObject({
        ...{ code: 2, stderr: expect.stringContaining(words) as string },
      });
  }, 60_000);

  it('is not what npm pack would make of the sources, which says what to call', async () => {
    await expect(call('npm', ['pack', '--dry-run'], { cwd: root })).rejects.toMatchObject({
      stderr: expect.stringContaining('npm run pack') as string,
    });
  });

  it('has one command and no dependencies, and says 2 to wrong arguments', async () => {
    const packed = JSON.parse(await readFile(join(folder, 'lib/node_modules/tapedeck/package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(packed['bin']).toEqual({ tapedeck: 'tapedeck.js' });
    expect(Object.keys(packed).filter((key) => /dependencies/i.test(key))).toEqual([]);
    await expect(call(tapedeck, ['ran'], { cwd: folder })).rejects.toMatchObject({ code: 2 });
  });
});
