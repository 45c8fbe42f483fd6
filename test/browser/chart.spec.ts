import { expect, test, type Locator, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { Studio, typeOver } from './studio.ts';

/** Three days of two symbols; the run plays from the second one. */
const bars = { ALFA: randomWalk('2024-03-06', '2024-03-08', 7), BRAV: randomWalk('2024-03-06', '2024-03-08', 8) };
const files = Object.entries(bars).map(([name, columns]) => ({ name: `${name}.csv`, text: barsCsv(columns) }));
const setting = { data: { dataset: 'ALFA', from: '2024-03-07' }, replay: { speed: 'max' } };
const minutes = 390;

/** Places of the bars of a day in the file: 0 is 6 March. */
const dayOf = (day: number): { from: number; to: number } => ({ from: day * minutes, to: (day + 1) * minutes });

/** The studio after the session of 7 March. */
async function played(page: Page, more: object = {}): Promise<Studio> {
  const studio = await new Studio(page).open();
  await studio.import(...files);
  await studio.configure({ ...setting, ...more });
  await studio.button('Step session').click();
  await studio.isState('paused');
  await expect(page.getByTestId('bar-count').first()).toHaveAttribute('data-value', String(minutes));
  await expect(page.getByTestId('chart').locator('canvas')).toBeVisible();
  return studio;
}

const panel = (page: Page): Locator => page.getByRole('region', { name: 'Chart', exact: true });

const candles = async (page: Page): Promise<number> =>
  Number(await page.getByTestId('chart').getAttribute('data-candles'));

async function middle(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  const { x, y, width, height } = (await page.getByTestId('chart').boundingBox())!;
  return { x: x + width / 2, y: y + height / 2, width, height };
}

test('wheel, drag and double click: zooms, moves, and follows the tape again', async ({ page }) => {
  await played(page);
  await expect.poll(() => candles(page)).toBeGreaterThan(50);
  const before = await candles(page);
  const { x, y } = await middle(page);
  const follow = page.getByRole('button', { name: 'Follow the tape' });
  await expect(follow).toBeHidden();
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -400);
  await expect.poll(() => candles(page)).toBeLessThan(before);
  await expect(follow).toBeVisible();
  await page.mouse.wheel(0, 400);
  await expect.poll(() => candles(page)).toBeGreaterThanOrEqual(before - 2);

  const readOut = panel(page).getByTestId('read-out');
  await page.mouse.move(x, y);
  const under = await readOut.innerText();
  await page.mouse.down();
  await page.mouse.move(x + 120, y, { steps: 4 });
  // What was under the pointer stays under it while it is dragged.
  await expect(readOut).toHaveText(under);
  await page.mouse.up();
  await page.mouse.move(x, y);
  await expect(readOut).not.toHaveText(under);
  // Driven over WebDriver BiDi, Firefox makes no double click of two clicks.
  await page.getByTestId('chart').dispatchEvent('dblclick');
  await expect(follow).toBeHidden();
});

test('two fingers zoom, the price axis is dragged and fits again, and pages are sessions', async ({ page }) => {
  await played(page);
  const chart = page.getByTestId('chart');
  await expect.poll(() => candles(page)).toBeGreaterThan(50);
  const before = await candles(page);
  await expect(chart).toHaveCSS('touch-action', 'none');
  // Neither browser is driven with two fingers alike: the events are made, less the capture that only real fingers allow.
  const pinch = (from: number, to: number): Promise<void> =>
    chart.evaluate(
      (node, [from, to]) => {
        node.setPointerCapture = () => undefined;
        const { left, top, width, height } = node.getBoundingClientRect();
        const tell = (type: string, pointerId: number, x: number): boolean =>
          node.dispatchEvent(
            new PointerEvent(type, {
              pointerId,
              pointerType: 'touch',
              clientX: left + width / 2 + x,
              clientY: top + height / 2,
            }),
          );
        tell('pointerdown', 91, -from);
        tell('pointerdown', 92, from);
        for (let step = 1; step <= 8; step++) {
          const apart = from + ((to - from) * step) / 8;
          tell('pointermove', 91, -apart);
          tell('pointermove', 92, apart);
        }
        tell('pointerup', 91, -to);
        tell('pointerup', 92, to);
      },
      [from, to] as const,
    );
  await pinch(30, 120);
  await expect.poll(() => candles(page)).toBeLessThan(before / 2);
  await pinch(120, 30);
  await expect.poll(() => candles(page)).toBeGreaterThan(before * 0.8);

  // What price lies at a height says how the axis is stretched.
  const box = (await chart.boundingBox())!;
  const priceAt = async (share: number): Promise<number> => {
    await page.mouse.move(box.x + box.width / 2, box.y + box.height * share);
    return Number(await page.getByTestId('cursor-price').textContent());
  };
  const seen = async (): Promise<number> => (await priceAt(0.2)) - (await priceAt(0.8));
  const fitted = await seen();
  const axis = { x: box.x + box.width - 20, y: box.y + box.height / 2 };
  await page.mouse.move(axis.x, axis.y);
  await page.mouse.down();
  await page.mouse.move(axis.x, axis.y + 80, { steps: 4 });
  await page.mouse.up();
  await expect.poll(seen).toBeGreaterThan(fitted * 1.2);
  await chart.dispatchEvent('dblclick', { clientX: axis.x, clientY: axis.y });
  await expect.poll(seen).toBeLessThan(fitted * 1.1);

  await chart.focus();
  const readOut = panel(page).getByTestId('read-out');
  await page.keyboard.press('End');
  // The date is told of bars of other sessions than the one that plays.
  await page.keyboard.press('ArrowLeft');
  await expect(readOut).toContainText('15:59');
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowLeft');
  await expect(readOut).toContainText('6 Mar');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowLeft');
  await expect(readOut).not.toContainText('Mar');
});

test('the keyboard goes from bar to bar and says what they are', async ({ page }) => {
  await played(page);
  const chart = page.getByTestId('chart');
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const place = dayOf(1).to - 2;
  const { open, high, low, close } = bars.ALFA;
  const [o, h, l, c] = [open, high, low, close].map((column) => column[place]!.toFixed(2));
  await expect(panel(page).locator('[aria-live=polite]')).toHaveText(
    `15:58: open ${o}, high ${h}, low ${l}, close ${c}`,
  );
  await page.keyboard.press('Home');
  await expect(panel(page).locator('[aria-live=polite]')).toContainText(
    `09:30: open ${bars.ALFA.open[0]!.toFixed(2)}, high`,
  );
  await page.keyboard.press('End');
  await expect(page.getByRole('button', { name: 'Follow the tape' })).toBeHidden();
});

test('overlays are chosen from a list, and their values are what they are defined to be', async ({ page }) => {
  const studio = await played(page);
  await studio.button('Overlays').click();
  for (const name of [
    'Simple moving average, SMA 20',
    'Simple moving average, SMA 200',
    'VWAP of the session',
    'High, low and close of the session before',
  ])
    await page.getByRole('checkbox', { name, exact: true }).check();
  await page.keyboard.press('Escape');
  const { from, to } = dayOf(1);
  const { high, low, close, volume } = bars.ALFA;
  const mean = (count: number): string =>
    (close.subarray(to - count, to).reduce((sum, price) => sum + price) / count).toFixed(2);
  let [turnover, traded] = [0, 0];
  for (let i = from; i < to; i++) {
    turnover += ((high[i]! + low[i]! + close[i]!) / 3) * volume[i]!;
    traded += volume[i]!;
  }
  const value = (id: string): Locator => panel(page).locator(`[data-overlay=${id}]`);
  await expect(value('sma-short')).toHaveText(`SMA 20 ${mean(20)}`);
  await expect(value('sma-long')).toHaveText(`SMA 200 ${mean(200)}`);
  await expect(value('vwap')).toHaveText(`VWAP ${(turnover / traded).toFixed(2)}`);
  const yesterday = dayOf(0);
  const highest = Math.max(...high.subarray(yesterday.from, yesterday.to)).toFixed(2);
  const lowest = Math.min(...low.subarray(yesterday.from, yesterday.to)).toFixed(2);
  await expect(value('previous')).toHaveText(
    `Previous high ${highest} low ${lowest} close ${close[yesterday.to - 1]!.toFixed(2)}`,
  );
  // Another length counts at once; one that the bars do not reach is told, not guessed.
  await studio.button('Overlays').click();
  const length = page.getByLabel(/^Length of Simple moving average, SMA \d+,/).first();
  await typeOver(length, '5');
  await page.keyboard.press('Enter');
  await expect(value('sma-short')).toHaveText(`SMA 5 ${mean(5)}`);
  await page.keyboard.press('Escape');
  await page.getByTestId('chart').focus();
  await page.keyboard.press('Home');
  await expect(value('sma-long')).toHaveText('SMA 200 needs 200 bars');
});

test('symbols are stacked over one time axis with one crosshair, and stay so after a reload', async ({ page }) => {
  const studio = await played(page);
  await studio.button('Stack symbols').click();
  await page.getByRole('checkbox', { name: 'Stack BRAV' }).check();
  await page.keyboard.press('Escape');
  await page.getByTestId('chart').focus();
  await page.keyboard.press('ArrowLeft');
  const place = dayOf(1).to - 1;
  const caption = panel(page).locator('.caption');
  await expect(caption).toHaveCount(2);
  await expect(caption.nth(0)).toContainText(`C ${bars.ALFA.close[place]!.toFixed(2)}`);
  await expect(caption.nth(1)).toContainText('BRAV');
  await expect(caption.nth(1)).toContainText(`C ${bars.BRAV.close[place]!.toFixed(2)}`);
  await expect(page.getByTestId('chart')).toHaveAttribute('aria-label', /^Candles of ALFA, BRAV, 1m/);
  await page.reload();
  await studio.isState('paused');
  await expect(caption).toHaveCount(2);
});

test('the image is a PNG of the chart with a line above it', async ({ page }) => {
  const studio = await played(page);
  const download = page.waitForEvent('download');
  await studio.button('Save image').click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('ALFA-1m.png');
  const bytes = await readFile(await file.path());
  expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const { width, height } = await middle(page);
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([Math.floor(width), Math.floor(height) + 40]);
  expect(bytes.length).toBeGreaterThan(5_000);
});

test('the chart jumps to a date in memory; one that has not been played is offered', async ({ page }) => {
  const studio = await played(page);
  const jump = async (date: string): Promise<void> => {
    await studio.button('Jump to date').click();
    await page.getByRole('textbox', { name: 'Jump to date' }).or(page.locator('#jump-date')).first().fill(date);
    await studio.button('Show').click();
  };
  await jump('2024-03-06');
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  await expect(panel(page).getByTestId('read-out')).toContainText('6 Mar');
  await jump('2024-03-08');
  await expect(panel(page)).toContainText('Fri 8 Mar 2024 has not been played yet.');
  await studio.button('Play up to Fri 8 Mar 2024').click();
  await expect(page.getByTestId('clock')).toContainText('09:31:00');
  await studio.isState('paused');
  await expect.poll(() => candles(page)).toBeGreaterThan(0);
});

test('history, hours before and after, and opens are drawn and told in the legend', async ({ page }) => {
  const studio = await played(page, { session: { hours: 'around' } });
  const legend = page.getByRole('list', { name: 'Legend of the chart' });
  await expect(legend).toContainText('extended hours');
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  for (let n = 0; n < 9; n++) await page.mouse.wheel(0, 400);
  await expect(legend).toContainText('history');
  await expect(legend).toContainText('session opens');
  await studio.configure({ ...setting, session: { hours: 'regular' } });
  await studio.button('Step session').click();
  await studio.isState('paused');
  await expect(legend).not.toContainText('extended hours');
});

test('of many symbols one is found by its letters', async ({ page }) => {
  const studio = await new Studio(page).open();
  const names = Array.from({ length: 12 }, (_, i) => `SYM${String.fromCharCode(65 + i)}`);
  const one = barsCsv(randomWalk('2024-03-08', '2024-03-08', 3));
  await studio.import(...names.map((name) => ({ name: `${name}.csv`, text: one })));
  await studio.button('Step bar').click();
  await studio.isState('paused');
  const chooser = page.getByRole('combobox', { name: 'Symbol', exact: true });
  await chooser.click();
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(12);
  await chooser.fill('symk');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveText(['SYMK']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('chart')).toHaveAttribute('aria-label', /^Candles of SYMK, 1m/);
});
