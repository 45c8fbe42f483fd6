import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeLink } from '../../src/config/link.ts';
import type { RunReport } from '../../src/session/report.ts';
import { sampleSha256 } from '../../src/sample/identity.ts';
import { barsCsv } from '../support/bars-csv.ts';
import { onDisk, terminal, terminalReport } from '../support/play-files.ts';
import { sampleFingerprint } from '../support/sample-run.ts';
import { hasSharedData, sharedData } from '../support/shared-data.ts';
import { configWith, randomWalk } from '../support/synthetic.ts';

const text = barsCsv(randomWalk('2024-03-07', '2024-03-11', 7, (_, slot) => slot % 37 !== 5));
const config = { data: { fillFrom: ['WALK'] }, feed: { dropRate: 0.1 } };
const zones = ['UTC', 'America/New_York', 'Europe/London', 'Asia/Tokyo'];

describe('run', () => {
  let walk: string;
  let report: RunReport;

  beforeAll(async () => {
    [walk] = (await onDisk({ name: 'WALK.csv', text })) as [string];
    report = await terminalReport(config, [walk]);
  }, 60_000);

  it('prints the report of the contract', () => {
    expect(report.app).toEqual({ name: 'tapedeck', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect(report.config).toEqual(configWith(config));
    expect(report.data).toEqual([
      {
        dataset: 'WALK',
        symbol: 'WALK',
        interval: '1m',
        bars: expect.any(Number),
        sha256: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      },
    ]);
    expect(report.fingerprint).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(report.sessions.map(({ date }) => date)).toEqual(['2024-03-07', '2024-03-08', '2024-03-11']);
    // Clocks went forward on the 10th.
    expect(report.sessions.map(({ open }) => open.slice(11))).toEqual(['14:30:00Z', '14:30:00Z', '13:30:00Z']);
    expect(report.totals).toMatchObject({ sessions: 3, expected: 1_170, fillRate: 1 });
    expect(report.totals.filled).toBe(report.totals.recoverable);
    expect([report.trades, report.equity, report.statistics, report.honesty]).toEqual([[], [], {}, {}]);
  });

  it.each(zones)(
    'gives the same report in the zone %s',
    async (TZ) => {
      const other = await terminalReport(config, [walk], { TZ });
      expect({ ...other, totals: null, sessions: other.sessions.map(({ digest }) => digest) }).toEqual({
        ...report,
        totals: null,
        sessions: report.sessions.map(({ digest }) => digest),
      });
    },
    60_000,
  );

  it('takes a link for a configuration, and a gzip for a file', async () => {
    const [zipped] = await onDisk({ name: 'WALK.csv.gz', text: gzipSync(text) });
    const { code, out } = await terminal([
      'run',
      `https://tapedeck.example/${await encodeLink(configWith(config))}`,
      zipped!,
    ]);
    expect(code).toBe(0);
    expect((JSON.parse(out) as RunReport).fingerprint).toBe(report.fingerprint);
  }, 60_000);

  it('gives a link with its result, which the same bars meet under any name, and others do not', async () => {
    const [settings, renamed, changed] = await onDisk(
      { name: 'config.json', text: JSON.stringify(config) },
      { name: 'WALK_1min.csv', text },
      { name: 'WALK.csv', text: text.replace(/(2024-03-08T15:00:00.*),(\d+)\n/, '$1,1$2\n') },
    );
    const { err } = await terminal(['run', settings!, walk]);
    const link = /^link with this result: (#c=[\w-]+&proof=[\w-]+)$/m.exec(err)![1]!;
    const same = await terminal(['run', link, renamed!]);
    expect([same.code, same.err]).toEqual([0, expect.stringMatching(/^same result {3}yes {2}sha256:/m)]);
    const other = await terminal(['run', link, changed!]);
    expect(other.code).toBe(1);
    expect((JSON.parse(other.out) as RunReport).fingerprint).not.toBe(report.fingerprint);
    expect(other.err).toMatch(/^same data {5}no {3}played: WALK: sha256:\w+ in the link, sha256:\w+ here/m);
    expect(other.err).toMatch(/^same settings yes$/m);
    expect(other.err).toMatch(/^first difference: session 2024-03-08, step 31, at 2024-03-08T15:01:00Z$/m);
    // A bar of a Saturday is stored and never played.
    const withSaturday = text.replace(/^2024-03-11(.*)\n/m, '2024-03-09$1\n$&');
    const [longer] = await onDisk({ name: 'WALK.csv', text: withSaturday });
    const met = await terminal(['run', link, longer!]);
    expect([met.code, met.err]).toEqual([0, expect.stringMatching(/^same data {5}no /m)]);
    expect(met.err).toMatch(/^warning: the same result, over other bars than the link means/m);
    expect(same.err).not.toMatch(/over other bars/);
  }, 60_000);

  it('writes what a link names without the characters that a terminal would obey', async () => {
    const { code, err } = await terminal(['run', '#config={"\\u001b[31mred\\u009b":1}']);
    expect([code, err]).toEqual([2, expect.stringContaining('\\u001b[31mred\\u009b is not a setting')]);
  }, 60_000);

  it('makes the sample where the configuration names it and no file is given', async () => {
    const link = '#config={"data":{"dataset":"sample","fillFrom":["backup"]}}';
    const { code, out, err } = await terminal(['run', link]);
    expect([code, err]).toEqual([0, expect.stringContaining('made the synthetic dataset "sample"')]);
    const { data, sessions, totals, fingerprint } = JSON.parse(out) as RunReport;
    expect(data.map(({ symbol, sha256 }) => [symbol, sha256])).toEqual(
      ['ALFA', 'BRAV', 'CHAR'].map((symbol) => [symbol, sampleSha256.sample]),
    );
    expect(sessions).toHaveLength(25);
    expect(sessions.at(-1)!.early).toBe(true);
    expect(totals.filled).toBe(totals.recoverable);
    expect(totals.filled).toBeGreaterThan(500);
    expect(totals.missing).toBeGreaterThan(500);
    expect(fingerprint).toBe(sampleFingerprint);
  }, 60_000);

  it('takes a file of that name for the sample, and the sample by its hash', async () => {
    const [own] = await onDisk({ name: 'sample.csv', text });
    const report = await terminalReport({ data: { dataset: 'sample' } }, [own!]);
    expect(report.sessions).toHaveLength(3);
    const other = await terminalReport({ data: { dataset: sampleSha256.sample, from: '2024-11-29' } }, [own!]);
    expect(other.sessions.map(({ date }) => date)).toEqual(['2024-11-29']);
  }, 60_000);

  it('goes on where the page would wait for its user', async () => {
    const waits = { ...config, session: { autoRoll: false }, prefetch: { autoActivate: false } };
    expect((await terminalReport(waits, [walk])).fingerprint).toBe(report.fingerprint);
  }, 60_000);

  it.each([
    ['an unknown setting', { upkep: {} }, /upkep is not a setting; the nearest is upkeep/],
    [
      'a value out of range',
      { upkeep: { maxRetries: -1 } },
      /upkeep\.maxRetries was -1; it must be a whole number from 0 to 100/,
    ],
    [
      'a dataset that is not among the files',
      { data: { dataset: 'GONE' } },
      /data\.dataset was "GONE", which is not here/,
    ],
  ])(
    'refuses %s with 2',
    async (_, wrong, message) => {
      const [path] = await onDisk({ name: 'config.json', text: JSON.stringify(wrong) });
      const answer = await terminal(['run', path!, walk]);
      expect([answer.code, answer.out]).toEqual([2, '']);
      expect(answer.err).toMatch(message);
    },
    60_000,
  );

  it('tells of every FILE that it does not read, of what of one it left out, and why', async () => {
    const noise = `${text}nonsense\n`;
    const [settings, extra, other] = await onDisk(
      { name: 'config.json', text: JSON.stringify({ data: { dataset: 'WALK', fillFrom: ['OTHER'] } }) },
      { name: 'EXTRA.csv', text: noise.replaceAll(/,5\d*\n/g, ',7\n') },
      { name: 'OTHER.csv', text: barsCsv(randomWalk('2024-03-07', '2024-03-07', 9)) },
    );
    const folder = (
      await onDisk({ name: 'splits.csv', text: 'symbol,date,kind,value\nWALK,2024-03-08,split,2\n' })
    )[0]!;
    const { code, err } = await terminal(['run', settings!, walk, extra!, other!, folder]);
    expect(code).toBe(0);
    const warned = err.split('\n').filter((line) => line.startsWith('warning: /'));
    expect(warned.map((line) => line.replace(/\/\S*\//, ''))).toEqual([
      'warning: EXTRA.csv: 1 rejected of its records are left out; inspect lists them',
      'warning: EXTRA.csv: the run does not read "EXTRA": the run plays "WALK" and fills gaps from "OTHER"; name it in data.dataset, data.fillFrom or data.streams, or leave the file out',
      'warning: OTHER.csv: the run does not read "OTHER": data.fillFrom names it, and it has none of the symbols that are played',
      'warning: splits.csv: its splits and dividends are not applied: data.adjust is null; it may be "splits" or "splits and dividends"',
    ]);
  }, 60_000);

  it('says no with 1 to a file that holds no bars', async () => {
    const [path, empty] = await onDisk({ name: 'config.json', text: '{}' }, { name: 'EMPTY.csv', text: '' });
    const answer = await terminal(['run', path!, empty!]);
    expect([answer.code, answer.out]).toEqual([1, '']);
    expect(answer.err).toMatch(/EMPTY\.csv/);
  }, 60_000);
});

describe('bars that fit no slot', () => {
  it('are counted in the report and told, not silently left out', async () => {
    const rows = ['15:00', '16:00', '17:00'].map((time) => `2024-03-07T${time}:00Z,1,1,1,1,5\n`).join('');
    const [path] = (await onDisk({ name: 'HOURS.csv', text: `time,open,high,low,close,volume\n${rows}` })) as [string];
    const [settings] = (await onDisk({ name: 'plain.json', text: '{}' })) as [string];
    const { code, out, err } = await terminal(['run', settings, path]);
    expect(code).toBe(0);
    const report = JSON.parse(out) as RunReport;
    expect(report.sessions[0]!.symbols.HOURS).toMatchObject({ streamed: 0, offGrid: 3 });
    expect(err).toContain('3 bars within a session and in no slot');
  });
});

describe('the other commands', () => {
  it('inspect prints what each file would store, with decisions and audit', async () => {
    const paths = await onDisk({ name: 'WALK.csv', text }, { name: 'SAME.csv', text });
    const { code, out } = await terminal(['inspect', ...paths]);
    expect(code).toBe(0);
    const manifests = JSON.parse(out) as Record<string, unknown>[];
    expect(manifests.map(({ name }) => name)).toEqual(['WALK', 'SAME']);
    for (const manifest of manifests) {
      expect(manifest).toMatchObject({ interval: '1m', from: '2024-03-07T14:30:00Z', bars: expect.any(Number) });
      const names = (manifest['decisions'] as { name: string; reason: string }[]).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['columns', 'zone', 'symbol', 'interval', 'stamp']));
      const [audit] = manifest['audit'] as Record<string, number>[];
      expect(audit!['records']).toBe(
        audit!['accepted']! +
          audit!['duplicates']! +
          audit!['conflicts']! +
          audit!['rejected']! +
          audit!['headers']! +
          audit!['blanks']!,
      );
    }
  }, 60_000);

  it('sessions prints a calendar as CSV', async () => {
    const { code, out } = await terminal(['sessions', 'XNYS', '2024-11-28', '2024-11-29']);
    expect(code).toBe(0);
    expect(out).toBe('date,open,close,breaks,early\n2024-11-29,2024-11-29T14:30:00Z,2024-11-29T18:00:00Z,,true\n');
  }, 60_000);

  it.each([
    [[]],
    [['play']],
    [['run', '{}']],
    [['sessions', 'XNYS', '2024-02-30', '2024-03-01']],
    [['inspect', '/nowhere.csv']],
  ])(
    'refuses the arguments %j with 2',
    async (args) => {
      const { code, out, err } = await terminal(args);
      expect([code, out]).toEqual([2, '']);
      expect(err.length).toBeGreaterThan(10);
    },
    60_000,
  );
});

describe.skipIf(!hasSharedData)('real bars (skipped where the shared data is not beside the project)', () => {
  it('SPY: the figures of every session', async () => {
    const { sessions } = await terminalReport({}, [sharedData('plain/SPY.csv')]);
    expect(
      sessions.map(({ date, symbols: { SPY: bars } }) => [
        date,
        bars!.expected,
        bars!.streamed,
        bars!.open,
        bars!.high,
        bars!.low,
        bars!.close,
        bars!.volume,
      ]),
    ).toEqual([
      ['2013-10-04', 390, 390, 167.74, 169.06, 167.53, 168.89, 84_960_871],
      ['2013-10-07', 390, 390, 167.43, 168.45, 167.25, 167.42, 81_489_219],
      ['2013-10-08', 390, 390, 167.45, 167.62, 165.36, 165.48, 153_859_703],
      ['2013-10-09', 390, 390, 165.82, 166.2, 164.53, 165.57, 143_898_404],
      ['2013-10-10', 390, 390, 167.32, 169.24, 167.23, 169.24, 157_839_488],
      ['2013-10-11', 390, 390, 168.9, 170.32, 168.77, 170.3, 88_751_455],
    ]);
  }, 60_000);
});
