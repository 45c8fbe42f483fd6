import { expect, test, type Browser } from '@playwright/test';
import { barsCsv } from '../support/bars-csv.ts';
import { onDisk, terminalReport } from '../support/play-files.ts';
import type { RunReport } from '../../src/session/report.ts';
import { randomWalk } from '../support/synthetic.ts';
import { hasSharedData, sharedData } from '../support/shared-data.ts';
import { isolated, plain } from './hosts.ts';
import { Studio } from './studio.ts';

/** Three sessions before and after a change of clocks, with holes; and what fills some of them. */
const feed = {
  name: 'WALK.csv',
  text: barsCsv(randomWalk('2024-03-07', '2024-03-11', 7, (_, slot) => slot % 37 !== 5)),
};
const backup = barsCsv(randomWalk('2024-03-07', '2024-03-11', 7, (_, slot) => slot % 37 === 5 && slot % 2 === 1));

/** The file with a column that says the symbol of each bar. */
function withSymbol(csv: string, symbol: string): string {
  return csv.trimEnd().replaceAll(/^(.*)$/gm, (line, _, at: number) => `${line},${at === 0 ? 'symbol' : symbol}`);
}

const config = {
  data: { dataset: 'WALK', fillFrom: ['WALK'] },
  feed: { dropRate: 0.1, seed: 5 },
  replay: { speed: 'max' },
};

declare global {
  interface Window {
    /** Names of the workers that the page has made. */
    made: string[];
  }
}

async function played(
  browser: Browser,
  timezoneId: string,
  address: string,
  play: (studio: Studio) => Promise<unknown>,
): Promise<string> {
  const context = await browser.newContext({ timezoneId });
  try {
    const studio = await new Studio(await context.newPage()).open(address);
    await studio.import(feed);
    await studio.configure(config);
    await play(studio);
    await studio.isState('finished');
    return await studio.fingerprint();
  } finally {
    await context.close();
  }
}

test.describe('one tape, one result', () => {
  let expected: string;
  let expectedSteps: readonly string[];

  test.beforeAll(async () => {
    const report = await terminalReport(config, await onDisk(feed));
    expected = report.fingerprint!;
    expectedSteps = report.sessions.map(({ steps }) => steps);
    expect(expected).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  for (const [mode, address] of [
    ['shared', isolated],
    ['single', plain],
  ] as const) {
    test(`as fast as it goes, ${mode}`, async ({ page }) => {
      const studio = await new Studio(page).open(address);
      await expect(page.getByTestId('isolation')).toHaveAttribute('data-mode', mode);
      await studio.import(feed);
      await studio.configure(config);
      expect(await studio.playToEnd()).toBe(expected);
      const report = await studio.report();
      expect(report.fingerprint).toBe(expected);
      expect(report.sessions.map(({ steps }) => steps)).toEqual(expectedSteps);
      expect(report.totals.filled).toBe(report.totals.recoverable);
      expect(report.totals.filled).toBeGreaterThan(0);
    });

    test(`paused, stepped, slowed and resumed, ${mode}`, async ({ browser }) => {
      const fingerprint = await played(browser, 'UTC', address, async (studio) => {
        const { page } = studio;
        await studio.button('Step bar').click();
        await studio.isState('paused');
        await expect(page.getByTestId('bar-count')).toHaveAttribute('data-value', '1');
        await studio.button('Step bar').click();
        await expect(page.getByTestId('bar-count')).toHaveAttribute('data-value', '2');
        await studio.speed('600×');
        await studio.play();
        await studio.isState('playing');
        await studio.button('Pause').click();
        await studio.isState('paused');
        await studio.button('Step session').click();
        await expect(page.getByTestId('session-state')).toContainText(/ended/i);
        await studio.isState('paused');
        await studio.speed('max');
        await studio.play();
      });
      expect(fingerprint).toBe(expected);
    });
  }

  for (const [mode, address] of [
    ['shared', isolated],
    ['single', plain],
  ] as const)
    test(`with a strategy, and when it goes back, ${mode}`, async ({ page }) => {
      const trading = {
        ...config,
        strategy: { name: 'SMA cross', params: { fast: 5, slow: 20 } },
        broker: { commission: 0.0005, spread: 0.0002, finalizeTrades: true },
      };
      const terminal = await terminalReport(trading, await onDisk(feed));
      expect(terminal.trades.length).toBeGreaterThan(10);
      const studio = await new Studio(page).open(address);
      await studio.import(feed);
      await studio.configure(trading);
      expect(await studio.playToEnd()).toBe(terminal.fingerprint);
      await studio.button('Back a session').click();
      await studio.isState('paused');
      await studio.play();
      await studio.isState('finished');
      const { fingerprint, trades, equity, statistics } = await studio.report();
      expect(fingerprint).toBe(terminal.fingerprint);
      expect(trades).toEqual(terminal.trades);
      expect(equity).toEqual(terminal.equity);
      // Figures have logarithms, whose last bits differ by engine.
      expect(Object.keys(statistics)).toEqual(Object.keys(terminal.statistics));
    });

  for (const zone of ['America/New_York', 'Europe/London', 'Asia/Tokyo'])
    test(`with the browser in ${zone}`, async ({ browser }) => {
      expect(await played(browser, zone, isolated, (studio) => studio.play())).toBe(expected);
    });

  test('run after run by the same workers, also after one that was left while it played', async ({ page }) => {
    await page.addInitScript(() => {
      window.made = [];
      window.Worker = class extends Worker {
        constructor(script: string | URL, options?: WorkerOptions) {
          super(script, options);
          window.made.push(options?.name ?? '');
        }
      };
    });
    const studio = await new Studio(page).open();
    await studio.import(feed);
    await studio.configure(config);
    for (let run = 0; run < 4; run++) {
      await studio.speed('60×');
      await studio.play();
      await studio.isState('playing');
      await studio.button('Stop').click();
      await studio.isState('ready');
      await studio.speed('max');
      expect(await studio.playToEnd()).toBe(expected);
    }
    const loops = await page.evaluate(() => window.made.filter((name) => name !== 'library').sort());
    expect(loops).toEqual(['coordinator', 'upkeep']);
  });

  test('another one when a price, the seed or a fill source changes', async ({ page }) => {
    const studio = await new Studio(page).open();
    await studio.import(feed);
    await studio.configure({ ...config, feed: { dropRate: 0.1, seed: 6 } });
    expect(await studio.playToEnd()).not.toBe(expected);
    await studio.configure({ ...config, data: { dataset: 'WALK' } });
    expect(await studio.playToEnd()).not.toBe(expected);
    await studio.configure(config);
    expect(await studio.playToEnd()).toBe(expected);
    const lines = feed.text.split('\n');
    const fields = lines[100]!.split(',');
    fields[2] = String(Number(fields[2]) + 0.01);
    lines[100] = fields.join(',');
    await studio.import({ name: 'WALK.csv', text: lines.join('\n') });
    await studio.configure({ ...config, data: { dataset: 'WALK 2', fillFrom: ['WALK 2'] } });
    expect(await studio.playToEnd()).not.toBe(expected);
  });

  test('fills what a second dataset has, and tells the rest apart', async ({ page }) => {
    const studio = await new Studio(page).open();
    await studio.import(feed);
    await studio.import({ name: 'backup.csv', text: withSymbol(backup, 'WALK') });
    await studio.configure({ data: { dataset: 'WALK', fillFrom: ['backup'] }, replay: { speed: 'max' } });
    await studio.playToEnd();
    const { totals } = await studio.report();
    expect(totals.recoverable).toBeGreaterThan(0);
    expect(totals.filled).toBe(totals.recoverable);
    expect(totals.missing).toBeGreaterThan(0);
  });
});

test.describe('real bars', () => {
  test.skip(!hasSharedData, 'the shared data is not beside the project');

  const figures: Record<string, [string, number, number, number | null, string?][]> = {
    SPY: [
      ['2013-10-04', 390, 390, 78, '167.74/169.06/167.53/168.89/84960871'],
      ['2013-10-07', 390, 390, 78, '167.43/168.45/167.25/167.42/81489219'],
      ['2013-10-08', 390, 390, 78, '167.45/167.62/165.36/165.48/153859703'],
      ['2013-10-09', 390, 390, 78, '165.82/166.2/164.53/165.57/143898404'],
      ['2013-10-10', 390, 390, 78, '167.32/169.24/167.23/169.24/157839488'],
      ['2013-10-11', 390, 390, 78, '168.9/170.32/168.77/170.3/88751455'],
    ],
    GOOG: [
      ['2015-12-23', 390, 390, 78],
      ['2015-12-24', 210, 210, 42],
      ['2015-12-28', 390, 382, 70],
    ],
    SHY: [
      ['2008-03-07', 390, 333, null],
      ['2008-03-10', 390, 313, null],
    ],
  };

  for (const [symbol, sessions] of Object.entries(figures))
    test(`${symbol}: the figures of each session, and the terminal's fingerprint`, async ({ page }) => {
      const file = sharedData(`plain/${symbol}.csv`);
      const studio = await new Studio(page).open();
      await studio.import(file);
      await studio.configure({ data: { dataset: symbol }, replay: { speed: 'max' } });
      const fingerprint = await studio.playToEnd();
      const report = await studio.report();
      expect(report.sessions).toHaveLength(sessions.length);
      for (const [i, [date, expected, streamed, whole, prices]] of sessions.entries()) {
        const session = report.sessions[i]!;
        const bars = session.symbols[symbol]!;
        expect([session.date, bars.expected, bars.streamed]).toEqual([date, expected, streamed]);
        expect(bars.quality).toBeCloseTo((100 * streamed) / expected, 9);
        const derived = session.derived['5m']![symbol]!;
        if (whole !== null) expect(derived.bars - derived.incomplete).toBe(whole);
        if (prices) expect([bars.open, bars.high, bars.low, bars.close, bars.volume].join('/')).toBe(prices);
      }
      const terminal = await terminalReport({ data: { dataset: symbol } }, [file], { TZ: 'Asia/Tokyo' });
      expect(terminal.fingerprint).toBe(fingerprint);
      const chain = ({ sessions }: RunReport): string[] => sessions.map(({ digest, steps }) => `${digest} ${steps}`);
      expect(chain(terminal)).toEqual(chain(report));
    });

  test('GOOG 2015-12-24 at 600×: early close, the same fingerprint, in time', async ({ page }) => {
    const day = { dataset: 'GOOG', from: '2015-12-24', to: '2015-12-24' };
    const studio = await new Studio(page).open();
    await studio.import(sharedData('plain/GOOG.csv'));
    await studio.configure({ data: day, replay: { speed: 600 } });
    const began = Date.now();
    await studio.play();
    await studio.isState('finished', 40_000);
    const seconds = (Date.now() - began) / 1_000;
    // 210 minutes at 600× are 21 s.
    expect(seconds).toBeGreaterThan(20.5);
    expect(seconds).toBeLessThan(24);
    const slow = await studio.fingerprint();
    await studio.configure({ data: day, replay: { speed: 'max' } });
    expect(await studio.playToEnd()).toBe(slow);
  });

  test('SHY with a tenth dropped is filled again from its own dataset', async ({ page }) => {
    const studio = await new Studio(page).open();
    await studio.import(sharedData('plain/SHY.csv'));
    await studio.configure({
      data: { dataset: 'SHY', fillFrom: ['SHY'] },
      feed: { dropRate: 0.1 },
      replay: { speed: 'max' },
    });
    await studio.playToEnd();
    const { totals } = await studio.report();
    expect(totals.recoverable).toBeGreaterThan(30);
    expect(totals.filled).toBe(totals.recoverable);
    expect(totals.fillRate).toBe(1);
    expect(totals.streamed + totals.filled).toBe(333 + 313);
  });
});
