import { expect, it } from 'vitest';
import type { RunReport } from '../../src/session/report.ts';
import { barsCsv } from '../support/bars-csv.ts';
import { onDisk, terminal, terminalReport } from '../support/play-files.ts';
import { randomWalk } from '../support/synthetic.ts';

const bars = { name: 'SPY.csv', text: barsCsv(randomWalk('2024-11-25', '2024-11-27', 5)) };
const splits = { name: 'splits.csv', text: 'symbol,date,kind,value\nSPY,2024-11-27,split,2\n' };
const traded = { data: { dataset: 'SPY' }, history: { enabled: false } };
const adjusted = { ...traded, data: { dataset: 'SPY', adjust: 'splits' } };

it('a run is adjusted only where its set-up says so, its fingerprint tells, and a link proves it where the splits are', async () => {
  const [data, told] = await onDisk(bars, splits);
  const [plain, kept, played] = await Promise.all([
    terminalReport(traded, [data!]),
    terminalReport(traded, [data!, told!]),
    terminalReport(adjusted, [data!, told!]),
  ]);
  expect(kept.fingerprint).toBe(plain.fingerprint);
  expect(kept.data).toEqual(plain.data);
  expect(played.fingerprint).not.toBe(plain.fingerprint);
  const [first, , last] = played.sessions.map(({ symbols }) => symbols.SPY!);
  const [before, , after] = plain.sessions.map(({ symbols }) => symbols.SPY!);
  expect(first).toMatchObject({ close: before!.close! / 2, volume: before!.volume * 2 });
  expect(last).toEqual(after);
  expect(played.data).toEqual([{ ...plain.data[0], adjustments: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) }]);

  const [config] = await onDisk({ name: 'config.json', text: JSON.stringify(adjusted) });
  const { err } = await terminal(['run', config!, data!, told!]);
  const link = /link with this result: (\S+)/.exec(err)![1]!;
  const [same, without] = await Promise.all([terminal(['run', link, data!, told!]), terminal(['run', link, data!])]);
  expect([same.code, (JSON.parse(same.out) as RunReport).fingerprint]).toEqual([0, played.fingerprint]);
  expect(without.code).toBe(1);
  expect(without.err).toContain('no splits or dividends are kept with the bars');
  expect(without.err).toContain('splits and dividends of SPY');
}, 120_000);
