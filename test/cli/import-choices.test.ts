import { describe, expect, it } from 'vitest';
import { importChoices } from '../../src/cli/import-choices.ts';
import { onDisk, terminal, terminalReport } from '../support/play-files.ts';

interface Inspected {
  readonly symbols: readonly { readonly name: string; readonly from: string }[];
  readonly interval: string;
  readonly sha256: string;
  readonly decisions: readonly { readonly name: string; readonly value: string; readonly reason: string }[];
  readonly audit: readonly { readonly conflicts: number }[];
}

const bar = (minute: number, price: number): string =>
  `03/04/2024;${`${9 + Math.floor(minute / 60)}`.padStart(2, '0')}:${`${minute % 60}`.padStart(2, '0')};${price},5;${price + 1},5;${price},5;${price},5;7`;
const text = [
  'Date;Time;Open;High;Low;Close;Volume',
  ...Array.from({ length: 30 }, (_, i) => bar(31 + i, 100)),
  bar(31, 90),
  '',
].join('\n');

describe('the choices of an import', { timeout: 60_000 }, () => {
  it('are those that inspect prints, and a run plays', async () => {
    const [path] = await onDisk({ name: 'EURUSD.csv', text });
    const inspected = async (...options: string[]): Promise<Inspected> => {
      const { code, out } = await terminal(['inspect', path!, ...options]);
      expect(code).toBe(0);
      return (JSON.parse(out) as [Inspected])[0];
    };
    const plain = await inspected();
    expect(plain).toMatchObject({ symbols: [{ name: 'EURUSD' }], audit: [{ conflicts: 1 }] });
    const options = ['--date-order', 'dmy', '--zone', 'Europe/London', '--stamp', 'end', '--interval', '1m'];
    const more = ['--symbol', 'SPY', '--conflicts', 'first', '--decimal-point', ',', '--delimiter', ';'];
    const chosen = await inspected(...options, ...more);
    // 09:31 in London on 3 April is summer time; a bar stamped with its end began a minute before.
    expect(chosen.symbols).toMatchObject([{ name: 'SPY', from: '2024-04-03T08:30:00Z' }]);
    const reasons = chosen.decisions.filter(({ name }) => ['zone', 'stamp', 'symbol'].includes(name));
    expect(reasons.map(({ reason }) => reason)).toEqual([...['chosen', 'chosen; 1m was taken off: chosen', 'chosen']]);
    const report = await terminalReport(
      { data: { dataset: 'EURUSD' }, session: { calendar: 'XLON' }, history: { enabled: false } },
      [path!, ...options, ...more],
    );
    expect(report.data).toMatchObject([{ symbol: 'SPY', sha256: chosen.sha256 }]);
    expect(report.sessions.map(({ date }) => date)).toEqual(['2024-04-03']);
  });

  it('that no file can have are wrong arguments, those that a file does not fit an answer that is no', async () => {
    const [path] = await onDisk({ name: 'EURUSD.csv', text });
    const failing = async (...options: string[]) => {
      const { code, err } = await terminal(['inspect', path!, ...options]);
      return [code, err.trim()];
    };
    expect(await failing('--zone', 'Mars')).toEqual([
      2,
      'Files cannot be read with the chosen zone "Mars"; it must be the IANA name of a zone, such as America/New_York or UTC',
    ]);
    expect(await failing('--conflicts', 'best')).toEqual([
      2,
      '--conflicts was "best"; it must be one of last, first, reject',
    ]);
    const [code, err] = await failing('--interval', '5m');
    expect([code, err]).toEqual([1, expect.stringContaining('with the chosen interval "5m"')]);
    expect((await failing('--zones', 'UTC'))[0]).toBe(2);
  });

  it('have words for what is hard to type', () => {
    expect(importChoices({ delimiter: 'tab', 'time-unit': 'us' }).all).toMatchObject({
      delimiter: '\t',
      timeUnit: 'µs',
    });
  });
});
