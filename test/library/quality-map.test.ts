import { describe, expect, it } from 'vitest';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { openMap } from '../../src/library/quality-map.ts';
import type { SessionRules } from '../../src/time/session-calendar.ts';
import { day, minute } from '../../src/time/instant.ts';
import { randomWalk, storeDataset } from '../support/synthetic.ts';

const breathe = async (): Promise<void> => undefined;
const rules = (calendar: string): SessionRules => ({
  calendar,
  custom: null,
  hours: 'regular',
  start: null,
  end: null,
  timeZone: null,
});

async function map() {
  const store = new MemoryStore();
  const whole = randomWalk('2024-11-26', '2024-11-29', 1);
  const thin = randomWalk('2024-11-27', '2024-11-29', 2, (_, slot) => slot !== 5 && slot !== 6);
  await storeDataset(store, 'two', { '=WHOLE': whole, THIN: thin });
  return openMap(store, 'two', breathe);
}

describe('the map of a dataset', () => {
  it('tells totals by symbol and by row, and every gap, under the calendar that was chosen', async () => {
    const opened = await map();
    const overview = await opened.under(rules('XNYS'));
    expect(overview).toMatchObject({ calendar: 'XNYS', zone: 'America/New_York', slotMs: minute, byDate: false });
    expect(overview.span).toEqual({ from: 570 * minute, until: 960 * minute });
    expect(overview.rows.map(({ date, early }) => [date, early])).toEqual([
      ['2024-11-26', false],
      ['2024-11-27', false],
      ['2024-11-29', true],
    ]);
    expect(overview.symbols).toMatchObject([
      { name: '=WHOLE', expected: 990, present: 990, outside: 0, gaps: 0 },
      { name: 'THIN', expected: 600, present: 596, outside: 0, gaps: 2 },
    ]);
    expect([...opened.counts(null).present]).toEqual([390, 390 + 388, 210 + 208]);
    const gaps = opened.gaps(1);
    expect([[...gaps.row], [...gaps.slots]]).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(opened.missing(1, 575 * minute, 576 * minute)).toEqual(['THIN']);
    expect(opened.missing(1, 577 * minute, 580 * minute)).toEqual([]);
  });

  it('recounts under another calendar: what the market was shut for is expected then', async () => {
    const opened = await map();
    await opened.under(rules('XNYS'));
    const overview = await opened.under(rules('24/7'));
    expect(overview.rows).toHaveLength(4);
    expect(overview.symbols[0]).toMatchObject({ expected: 4 * 1_440, present: 990 });
    const tokyo = await opened.under(rules('XTKS'));
    expect(tokyo.symbols[0]!.outside).toBe(990);
  });

  it('gives the window that is asked for, rows added up', async () => {
    const opened = await map();
    await opened.under(rules('XNYS'));
    const target = Int32Array.of(0, 0, 0);
    const window = { first: 0, end: 3, target, targets: 1, from: 570 * minute, columnMs: 10 * minute, columns: 2 };
    const grid = opened.grid(null, window);
    expect([[...grid.expected], [...grid.present]]).toEqual([
      [50, 50],
      [46, 50],
    ]);
  });

  it('writes gaps as a file that a spreadsheet reads as it is meant', async () => {
    const opened = await map();
    await opened.under(rules('24/5'));
    const lines = opened.gapsCsv(null).split('\r\n');
    expect(lines[0]).toBe('symbol,session,from (UTC),to (UTC),from (UTC),to (UTC),slots,minutes');
    expect(lines[1]).toBe(
      `'=WHOLE,2024-11-26,2024-11-26 00:00:00,2024-11-26 14:30:00,2024-11-26T00:00:00Z,2024-11-26T14:30:00Z,870,870`,
    );
    await opened.under(rules('XNYS'));
    expect(opened.gapsCsv(1).split('\r\n').slice(1, 3)).toEqual([
      'THIN,2024-11-27,2024-11-27 09:35:00,2024-11-27 09:37:00,2024-11-27T14:35:00Z,2024-11-27T14:37:00Z,2,2',
      'THIN,2024-11-29,2024-11-29 09:35:00,2024-11-29 09:37:00,2024-11-29T14:35:00Z,2024-11-29T14:37:00Z,2,2',
    ]);
  });

  it('says why there is none', async () => {
    const store = new MemoryStore();
    await expect(openMap(store, 'none', breathe)).rejects.toThrow('dataset none is not in the library');
    await storeDataset(store, 'weeks', { A: randomWalk('2024-11-26', '2024-11-26', 1) }, '7d', 7 * day);
    const weeks = await openMap(store, 'weeks', breathe);
    await expect(weeks.under(rules('XNYS'))).rejects.toThrow('Bars of 7d have no slots in a session');
    await expect(weeks.under({ ...rules('XLON'), hours: 'extended' })).rejects.toThrow('has no hours before and after');
  });
});
