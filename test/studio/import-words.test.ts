import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/intake/audit.ts';
import type { FilePreview } from '../../src/intake/preview.ts';
import type { ImportSummary } from '../../src/library/import.ts';
import { importSentence, previewSentence } from '../../src/studio/import-words.ts';

const decision = (name: string, value: string, guess = false): Decision => ({ name, value, reason: '', guess });
const zone = 'America/New_York';

function summary(manifest: object, decisions: Decision[], coverage: ImportSummary['coverage'] = null): ImportSummary {
  const range = { from: Date.UTC(2013, 9, 4, 13, 30), to: Date.UTC(2013, 9, 11, 19, 59) };
  return {
    manifest: { bars: 4_839, interval: '1m', symbols: [{ name: 'SPY' }], ...range, ...manifest },
    audits: [{ decisions }],
    coverage,
    existing: false,
  } as unknown as ImportSummary;
}

const covered = (expected: number, present: number, sessions = 6) => ({
  calendar: 'XNYS',
  sessions,
  expected,
  present,
});

describe('the sentence of an import', () => {
  it('says bars, symbol, days, zone, stamp and what is missing', () => {
    const decisions = [decision('zone', 'America/New_York'), decision('stamp', 'start')];
    expect(importSentence(summary({}, decisions, covered(2_340, 2_340)), zone)).toBe(
      '4,839 one-minute bars of SPY, 4 – 11 Oct 2013, New York time, stamped at their start; nothing is missing in 6 sessions of XNYS.',
    );
  });

  it('tells guesses and gaps', () => {
    const decisions = [decision('zone', 'UTC', true), decision('stamp', 'start', true)];
    const symbols = [{ name: 'A' }, { name: 'B' }, { name: 'C' }];
    expect(importSentence(summary({ interval: '5m', symbols }, decisions, covered(1_000, 999, 1)), zone)).toBe(
      '4,839 5-minute bars of A, B and C, 4 – 11 Oct 2013, times in UTC (a guess), taken as stamped at their start; 1 bar (0.1 %) is missing in 1 session of XNYS.',
    );
  });

  it('names the zone of its days where they are others than those of its times', () => {
    const range = { from: Date.UTC(2021, 10, 27), to: Date.UTC(2021, 10, 28, 0, 10) };
    const decisions = [decision('zone', 'UTC'), decision('stamp', 'start')];
    expect(importSentence(summary(range, decisions), zone)).toBe(
      '4,839 one-minute bars of SPY, 26 – 27 Nov 2021 in New York, times in UTC, stamped at their start.',
    );
    expect(importSentence(summary(range, decisions), 'UTC')).toContain('27 – 28 Nov 2021, times in UTC');
  });

  it('says of files that differ that they do, and is as unsure as the least sure of them', () => {
    const one = summary({}, [decision('zone', 'UTC'), decision('stamp', 'end')]);
    const others = [decision('zone', 'UTC'), decision('stamp', 'start', true)];
    const stamps = { ...one, audits: [...one.audits, ...summary({}, others).audits] };
    expect(importSentence(stamps, zone)).toBe(
      '4,839 one-minute bars of SPY, 4 – 11 Oct 2013, times in UTC, taken as stamped at their start or end, by file.',
    );
    const zones = { ...one, audits: [...one.audits, ...summary({}, [decision('zone', 'in the text')]).audits] };
    expect(importSentence(zones, zone)).toBe(
      '4,839 one-minute bars of SPY, 4 – 11 Oct 2013, times in zones that differ by file, stamped at their end.',
    );
  });

  it('says where no bar is in a session, and counts many symbols', () => {
    const symbols = ['A', 'B', 'C', 'D', 'E'].map((name) => ({ name }));
    const text = importSentence(summary({ interval: '1d', symbols, bars: 1 }, [], covered(0, 0, 0)), zone);
    expect(text).toBe('1 daily bar of 5 symbols, 4 – 11 Oct 2013; none in a session of XNYS.');
  });

  it('speaks of quotes as of moments', () => {
    const decisions = [decision('zone', 'in the text'), decision('stamp', 'instant')];
    expect(importSentence(summary({ kind: 'quotes', interval: 'quotes' }, decisions), zone)).toBe(
      '4,839 quotes of SPY, 4 – 11 Oct 2013, each time with its offset.',
    );
  });
});

it('the sentence of a preview says what the columns become', () => {
  const decisions = [decision('kind', 'ticks'), decision('zone', 'Europe/London'), decision('stamp', 'instant')];
  const preview = { decisions, symbol: null, ignoredColumns: ['note'] } as unknown as FilePreview;
  expect(previewSentence(preview)).toBe('Ticks of the symbols that a column names, London time; 1 column is left out.');
  const bars = { decisions: [decision('stamp', 'start', true)], symbol: 'SPY', ignoredColumns: [] };
  expect(previewSentence(bars as unknown as FilePreview)).toBe(
    'Bars of SPY, taken as stamped at their start; every column is used.',
  );
});
