import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';
import type { RunReport } from '../../src/session/report.ts';
import { onDisk, terminal } from '../support/play-files.ts';

const call = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const options = { maxBuffer: 1 << 28 };
const link = '#config={"data":{"dataset":"sample","fillFrom":["backup"],"from":"2024-11-27"}}';

describe('the packed terminal', () => {
  let folder: string;
  let tapedeck: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packed-'));
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

  afterAll(() => rm(folder, { recursive: true }));

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
