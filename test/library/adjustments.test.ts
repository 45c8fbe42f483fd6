import { describe, expect, it } from 'vitest';
import type { Adjustment } from '../../src/bars/adjustment.ts';
import type { BarColumns } from '../../src/bars/columns.ts';
import { defaultConfig } from '../../src/config/schema.ts';
import { defaultChoices } from '../../src/intake/choices.ts';
import { adjustmentsOf, toldOf } from '../../src/library/adjustments.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Stager } from '../../src/library/stage.ts';
import { columnOffset, createBlock } from '../../src/memory/block.ts';
import { Word } from '../../src/memory/layout.ts';
import { shapeOf } from '../../src/session/shape.ts';
import { calendar } from '../../src/time/calendar.ts';
import { day } from '../../src/time/instant.ts';
import { barsCsv } from '../support/bars-csv.ts';
import { planOf, randomWalk, storeDataset } from '../support/synthetic.ts';
import { columnsOf, keepBars } from '../support/walk.ts';
import { openedLibrary } from './opened-library.ts';

const ignore = () => undefined;
const rules = defaultConfig().session;
const told = (...lines: string[]) => ['symbol,date,kind,value', ...lines, ''].join('\n');
const chosen = (path: string, text: string) => ({ path, file: new File([text], path) });

describe('splits and dividends are kept with a dataset', () => {
  const bars = chosen('SPY.csv', barsCsv(randomWalk('2024-11-25', '2024-11-26', 1)));
  const splits = chosen('splits.csv', told('SPY,2024-11-26,split,4', 'QQQ,2024-11-26,split,2'));
  const spy = [{ date: '2024-11-26', kind: 'split', value: 4 }];

  it('that is imported with them, and has the sha256 that it has without', async () => {
    const plain = await openedLibrary().service.importFiles([bars], defaultChoices, ignore);
    const { store, service } = openedLibrary();
    const preview = await service.preview([splits, bars], defaultChoices);
    expect(preview).toMatchObject({
      count: 1,
      adjustments: [{ file: 'splits.csv', count: 2, symbols: ['SPY', 'QQQ'] }],
    });
    const { manifest, adjusted, audits } = await service.importFiles([splits, bars], defaultChoices, ignore);
    expect(manifest).toMatchObject({ sha256: plain.manifest.sha256, adjustments: { bySymbol: { SPY: spy } } });
    expect(adjusted).toEqual({ datasets: [manifest.name], count: 1, symbols: ['SPY'], without: ['QQQ'] });
    expect(audits.map(({ file }) => file)).toEqual(['SPY.csv']);
    expect(await store.list()).toEqual([manifest]);
  });

  it('or is here, or is added to; of a symbol the last file counts, and those of others stay', async () => {
    const { store, service } = openedLibrary();
    await expect(service.importFiles([splits], defaultChoices, ignore)).rejects.toThrow(
      'splits.csv has splits and dividends of SPY, QQQ, of which there are no bars here',
    );
    const { manifest } = await service.importFiles([bars], defaultChoices, ignore);
    const alone = await service.importFiles([splits], defaultChoices, ignore);
    expect(alone).toMatchObject({ existing: true, adjusted: { datasets: ['SPY'], count: 1, without: ['QQQ'] } });
    const again = chosen('b.csv', told('SPY,2024-11-26,dividend,1'));
    await service.importFiles([bars, again], defaultChoices, ignore);
    const dividend = { date: '2024-11-26', kind: 'dividend', value: 1 };
    expect(await store.list()).toMatchObject([{ id: manifest.id, adjustments: { bySymbol: { SPY: [dividend] } } }]);
    const later = chosen('SPY later.csv', barsCsv(randomWalk('2024-11-27', '2024-11-27', 2)));
    const renamed = { ...defaultChoices, all: { symbol: 'SPY' } };
    const added = await service.appendFiles(manifest.id, [later, splits], renamed, ignore, rules);
    expect(added.manifest.adjustments).toEqual(alone.manifest.adjustments);
    expect(added.manifest.symbols.map(({ name }) => name)).toEqual(['SPY']);
    await service.appendFiles(added.manifest.id, [again], renamed, ignore, rules);
    expect(await store.list()).toMatchObject([{ adjustments: { bySymbol: { SPY: [dividend] } } }]);
  });

  it('have a hash that does not depend on the order of their lines', () => {
    const [a, b] = [
      { date: '2024-01-02', kind: 'split', value: 2 },
      { date: '2023-01-02', kind: 'dividend', value: 2 },
    ] as Adjustment[] as [Adjustment, Adjustment];
    const of = (...adjustments: Adjustment[]) => ({ adjustments });
    expect(adjustmentsOf({ X: of(a, b), A: of(a) })).toEqual(adjustmentsOf({ A: of(a), X: of(b, a) }));
    expect(adjustmentsOf({ X: of(a, b) }).sha256).not.toBe(adjustmentsOf({ X: of(b) }).sha256);
    expect(adjustmentsOf({ X: { ...of(a), file: 'a.csv' } }).sha256).toBe(adjustmentsOf({ X: of(a) }).sha256);
  });

  it('are told with their file, and taken away and put back, by symbol or all', async () => {
    const { store, service } = openedLibrary();
    const { manifest } = await service.importFiles([bars, splits], defaultChoices, ignore);
    expect(manifest.adjustments).toMatchObject({ bySymbol: { SPY: spy }, files: { SPY: 'splits.csv' } });
    const told = toldOf(manifest.adjustments);
    const none = await service.tellAdjustments(manifest.id, {});
    expect('adjustments' in none).toBe(false);
    expect((await store.list())[0]).toEqual(none);
    expect(none.sha256).toBe(manifest.sha256);
    const dividend = { adjustments: [{ date: '2024-11-26', kind: 'dividend', value: 1 }] } as const;
    const two = await service.tellAdjustments(manifest.id, { ...told, QQQ: dividend });
    expect(Object.keys(two.adjustments!.bySymbol)).toEqual(['QQQ', 'SPY']);
    expect(two.adjustments!.files).toEqual({ SPY: 'splits.csv' });
    expect(await service.tellAdjustments(manifest.id, told)).toEqual(manifest);
  });
});

describe('bars are adjusted as they are laid out', () => {
  const dates = ['2024-11-21', '2024-11-22', '2024-11-25', '2024-11-26'];
  const walk = randomWalk(dates[0]!, dates[3]!, 7);
  /** The last regular close of a date, by other means than the view. */
  const closeOn = (bars: BarColumns, date: string): number => {
    const { close } = calendar('XNYS').sessions(date, date)[0]!;
    return bars.close[bars.start.subarray(0, bars.count).findLastIndex((start) => start < close)]!;
  };

  async function laidOut(
    datasets: Record<string, BarColumns>,
    adjustments: readonly Adjustment[],
    data: Record<string, unknown>,
    [interval, ms] = ['1m', 60_000] as [string, number],
  ) {
    const store = new MemoryStore();
    for (const [name, bars] of Object.entries(datasets)) await storeDataset(store, name, { SPY: bars }, interval, ms);
    const [feed, ...fillFrom] = Object.keys(datasets);
    await store.describe(feed!, { adjustments: adjustmentsOf({ SPY: { adjustments } }) });
    const history = { intervals: [interval], trailingDays: 2 };
    const upkeep = { derivedIntervals: [] };
    const plan = await planOf(store, { history, upkeep, data: { dataset: feed!, fillFrom, ...data } });
    const block = createBlock(shapeOf(plan), false);
    const stager = await Stager.open(plan, block, store);
    const base = block.slabs[0]!;
    const rows: Record<string, number[][]> = {};
    block.words[Word.wantedByUpkeep] = plan.sessions.length;
    for (const [i, { date }] of plan.sessions.entries()) {
      if (!stager.ready()) break;
      await stager.stageNext();
      const at = columnOffset(base, block.symbols, i, 0);
      rows[date] = Array.from({ length: base.slots }, (_, slot) =>
        [base.open, base.high, base.low, base.close, base.volume].map((column) => column[at + slot]!),
      );
    }
    return { rows, plan, block };
  }

  const split: Adjustment = { date: '2024-11-26', kind: 'split', value: 4 };
  const dividend: Adjustment = { date: '2024-11-25', kind: 'dividend', value: 2 };
  const raw = (bars: BarColumns, i: number) => [
    bars.open[i]!,
    bars.high[i]!,
    bars.low[i]!,
    bars.close[i]!,
    bars.volume[i]!,
  ];
  const played = { from: '2024-11-25' };

  it('prices by splits and dividends, volumes by splits alone, history included; the last session as it was traded', async () => {
    const { rows } = await laidOut({ A: walk }, [split, dividend], { ...played, adjust: 'splits and dividends' });
    const share = 1 - 2 / closeOn(walk, '2024-11-22');
    for (const [s, date] of dates.entries())
      for (const slot of [0, 17, 389]) {
        const bar = raw(walk, s * 390 + slot);
        const [by, shares] = date < dividend.date ? [share, 4] : date < split.date ? [1, 4] : [1, 1];
        const expected = bar.map((value, i) => (i === 4 ? value * shares : (value * by) / shares));
        expect(rows[date]![slot], `${date} ${slot}`).toEqual(expected);
      }
  });

  it('by splits alone where that is chosen, and not at all unless something is', async () => {
    const { rows } = await laidOut({ A: walk }, [split, dividend], { ...played, adjust: 'splits' });
    expect(rows['2024-11-21']![5]).toEqual(raw(walk, 5).map((value, i) => (i === 4 ? value * 4 : value / 4)));
    const plain = await laidOut({ A: walk }, [split, dividend], played);
    expect(plain.rows['2024-11-21']![5]).toEqual(raw(walk, 5));
    expect(plain.plan.data).toEqual([
      { dataset: 'A', symbol: 'SPY', interval: '1m', bars: walk.count, sha256: 'sha256:A' },
    ]);
  });

  it('those that fill gaps by the same, and slots without a bar stay zeros', async () => {
    const holed = keepBars(walk, (_, i) => i !== 785 && i !== 786);
    const { rows } = await laidOut({ A: holed, B: keepBars(walk, (_, i) => i !== 786) }, [split], {
      ...played,
      adjust: 'splits',
    });
    expect(rows['2024-11-25']![5]).toEqual(raw(walk, 785).map((value, i) => (i === 4 ? value * 4 : value / 4)));
    expect(rows['2024-11-25']![6]).toEqual([0, 0, 0, 0, 0]);
  });

  it('bars of a day by their dates, however they are stamped', async () => {
    const daily = columnsOf(
      dates.map((date, i) => [Date.parse(`${date}T00:00:00Z`), 100 + i, 103 + i, 99 + i, 102 + i, 1_000 + i] as const),
    );
    const { rows } = await laidOut({ A: daily }, [split, dividend], { adjust: 'splits and dividends' }, ['1d', day]);
    const [year] = Object.values(rows);
    expect(year!.slice(0, 4).map(([open]) => open)).toEqual([
      (100 * (1 - 2 / 103)) / 4,
      (101 * (1 - 2 / 103)) / 4,
      102 / 4,
      103,
    ]);
  });

  it('not by what is after the last bar or before the first; and not by a dividend that leaves nothing', async () => {
    const beside: Adjustment[] = [
      { date: '2024-11-21', kind: 'split', value: 3 },
      { date: '2024-11-27', kind: 'split', value: 5 },
    ];
    const { rows } = await laidOut({ A: walk }, beside, { ...played, adjust: 'splits' });
    expect(rows['2024-11-21']![5]).toEqual(raw(walk, 5));
    const huge: Adjustment = { date: '2024-11-25', kind: 'dividend', value: 1_000 };
    await expect(laidOut({ A: walk }, [huge], { ...played, adjust: 'splits and dividends' })).rejects.toThrow(
      `The dividend of SPY on 2024-11-25 was 1000; it must be below the close before it, which was ${closeOn(walk, '2024-11-22')}`,
    );
  });
});
