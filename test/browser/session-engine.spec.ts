import { expect, test, type Locator, type Page } from '@playwright/test';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { isolated, plain } from './hosts.ts';
import { Studio, write } from './studio.ts';

/** Thursday and Friday, whole; and the same with a Friday that falls silent after an hour. */
const whole = { name: 'WALK.csv', text: barsCsv(randomWalk('2024-03-07', '2024-03-08', 7)) };
const silent = {
  name: 'HUSH.csv',
  text: barsCsv(randomWalk('2024-03-07', '2024-03-08', 7, (start, slot) => start < Date.UTC(2024, 2, 8) || slot < 60)),
};

const dropping = {
  data: { dataset: 'WALK', fillFrom: ['WALK'] },
  feed: { dropRate: 0.1, seed: 5 },
  replay: { speed: 'max' },
};

async function dock(page: Page, name: 'Quality' | 'Gaps' | 'Sessions'): Promise<Locator> {
  await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
  return page.getByRole('grid', { name: new RegExp(`^${name}`) });
}

const rows = async (grid: Locator): Promise<number> => Number(await grid.getAttribute('aria-rowcount')) - 1;

/** The cells of a column, once there is a row: tables show theirs a moment after they are opened. */
async function cells(grid: Locator, column: number): Promise<string[]> {
  const found = grid.locator(`[role=row] > [role=gridcell]:nth-child(${column})`);
  await expect(found.first()).toBeAttached();
  return found.allTextContents();
}

/** The shown states with their times, and the one that is current. */
async function states(page: Page): Promise<{ shown: string; current: string }> {
  const list = page.getByRole('complementary', { name: 'Session' }).getByRole('list').first();
  const current = list.locator('[aria-current=step]');
  return { shown: (await list.innerText()).replaceAll(/\s+/g, ' '), current: await current.innerText() };
}

test('the feed is broken in the settings, and upkeep is seen to mend it', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(whole);
  await page.getByRole('tab', { name: 'Set-up' }).click();
  await page.getByLabel('WALK', { exact: true }).check();
  await page.getByText('Feed faults', { exact: true }).click();
  await write(page.getByLabel('Drop rate'), '0.1');
  await expect(page.getByRole('button', { name: 'Default of Drop rate' })).toBeVisible();
  await page.getByRole('button', { name: 'Add to outages' }).click();
  // Times of a list lie on both sides of a change of clocks.
  await expect(page.getByText('Outages, times in New York', { exact: true })).toBeVisible();
  const outage = page.getByRole('group', { name: 'Outages 1' });
  await expect(outage.getByLabel('From')).toHaveValue(/^2024-03-07T10:30/);
  await write(outage.getByLabel('From'), '2024-03-07T11:00');
  await write(outage.getByLabel('To'), '2024-03-07T11:12');
  await studio.speed('max');
  await studio.playToEnd();
  await expect(page.getByTestId('quality')).toHaveAttribute('data-value', '100');

  const gaps = await dock(page, 'Gaps');
  const count = await rows(gaps);
  expect(count).toBeGreaterThan(40);
  await expect(page.getByText(`${count} gaps, times in New York`, { exact: true })).toBeVisible();
  expect(new Set(await cells(gaps, 7))).toEqual(new Set(['filled from WALK']));
  await page.getByLabel('Outcome of the gaps').selectOption('given up');
  await expect.poll(() => rows(gaps)).toBe(0);
  await page.getByLabel('Outcome of the gaps').selectOption('filled');
  await expect.poll(() => rows(gaps)).toBe(count);
  await gaps.getByRole('button', { name: 'Sort by slots' }).click();
  await gaps.getByRole('button', { name: 'Sort by slots' }).click();
  const longest = Number((await cells(gaps, 4))[0]);
  expect(longest).toBeGreaterThanOrEqual(12);
  expect((await cells(gaps, 2))[0]).toBe('Thu 7 Mar 2024');
  expect((await cells(gaps, 3))[0]).toMatch(/^(10:5\d|11:00)–11:1\d$/);

  const sessions = await dock(page, 'Sessions');
  await expect.poll(() => cells(sessions, 1)).toEqual(['Fri 8 Mar 2024', 'Thu 7 Mar 2024']);
  const { totals } = await studio.report();
  const sum = (texts: string[]): number => texts.reduce((total, text) => total + Number(text), 0);
  expect(sum(await cells(sessions, 4))).toBe(totals.streamed);
  expect(sum(await cells(sessions, 5))).toBe(totals.filled);
  expect(sum(await cells(sessions, 8))).toBe(count);
});

test('a table is sorted and gone through by keyboard, and its gap is shown in the chart', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(whole);
  await studio.configure(dropping);
  await studio.playToEnd();
  const gaps = await dock(page, 'Gaps');
  const sorter = gaps.getByRole('button', { name: 'Sort by times' });
  await sorter.focus();
  await page.keyboard.press('Enter');
  const header = gaps.getByRole('columnheader').filter({ has: page.getByRole('button', { name: 'Sort by times' }) });
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  const first = (await cells(gaps, 3))[0]!;
  expect((await cells(gaps, 2))[0]).toBe('Thu 7 Mar 2024');
  await page.keyboard.press('Enter');
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await page.keyboard.press('Enter');
  await expect(header).toHaveAttribute('aria-sort', 'none');
  await page.keyboard.press('Enter');
  await gaps.focus();
  await page.keyboard.press('End');
  await expect(gaps.getByRole('row').last()).toHaveAttribute('aria-selected', 'true');
  const last = (await cells(gaps, 3)).at(-1)!;
  const selected = gaps.locator('[aria-selected=true]');
  await expect(selected).toContainText(last);
  await page.keyboard.press('Home');
  await expect(selected).toContainText(first);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Chart' })).toContainText(`${last.slice(0, 5)} O`);
  await expect(page.getByRole('region', { name: 'Chart' })).toContainText('filled from WALK');
});

test('the states of a day, and of one that falls silent, with times and causes', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(silent);
  await studio.configure({ data: { dataset: 'HUSH' }, replay: { speed: 'max' } });
  await studio.button('Step bar').click();
  await studio.isState('paused');
  await expect(page.getByTestId('bar-count')).toHaveAttribute('data-value', '1');
  expect((await states(page)).current).toMatch(/active\s*now/i);
  expect((await states(page)).shown).toMatch(
    /pre-market 09:00:00 30 minutes before the open active now 09:30:00 open/i,
  );
  await studio.button('Step session').click();
  await expect(page.getByTestId('session-state')).toHaveAttribute('data-state', 'ended');
  await studio.isState('paused');
  expect((await states(page)).shown).toMatch(/post-market 16:00:00 close ended now 16:30:00 roll delay over/i);
  await studio.play();
  await studio.isState('finished');
  expect((await states(page)).shown).toMatch(/timed out 10:3\d:00 no data for session.timeoutSeconds/i);
  const sessions = await dock(page, 'Sessions');
  await expect(sessions).toContainText('timed out: no data');
});

for (const [mode, address] of [
  ['shared', isolated],
  ['single', plain],
] as const)
  test(`back and forth ends in the same state, ${mode}`, async ({ page }) => {
    const studio = await new Studio(page).open(address);
    await studio.import(whole);
    await studio.configure(dropping);
    const bars = page.getByTestId('bar-count');
    const expected = await studio.playToEnd();
    const full = await bars.getAttribute('data-value');

    await studio.button('Back a session').click();
    await studio.isState('paused');
    await expect(page.getByTestId('clock')).toContainText('7 Mar 2024');
    await dock(page, 'Sessions');
    await expect(page.getByRole('grid', { name: /^Sessions/ })).toHaveAttribute('aria-rowcount', '2');
    await dock(page, 'Quality');

    await studio.button('Go to').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Date').fill('2024-03-09');
    await dialog.getByRole('button', { name: 'Go there' }).click();
    await expect(dialog.getByRole('alert').filter({ hasText: 'The run ends before' })).toBeVisible();
    await dialog.getByLabel('Date').fill('2024-03-08');
    await dialog.getByLabel(/^Time/).fill('09:35');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('clock')).toContainText('09:35:00');
    await studio.isState('paused');
    const before = await bars.getAttribute('data-value');
    await studio.button('Back a bar').click();
    await expect(page.getByTestId('clock')).toContainText('09:34:00');
    await studio.isState('paused');
    await studio.button('Step bar').click();
    await expect(page.getByTestId('clock')).toContainText('09:35:00');
    await expect(bars).toHaveAttribute('data-value', before!);

    await page.getByRole('slider', { name: /^Tape of sessions/ }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('clock')).toContainText('7 Mar 2024');
    await studio.isState('paused');
    await studio.play();
    await studio.isState('finished');
    expect(await studio.fingerprint()).toBe(expected);
    await expect(bars).toHaveAttribute('data-value', full!);
  });

test('Pause and Stop call off a Play that a busy page has not obeyed yet', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(whole);
  await studio.configure({ data: { dataset: 'WALK' }, replay: { speed: 1 } });
  /** Presses keys before the page draws a frame, and returns once all is obeyed. */
  const pressAtOnce = (...keys: string[]): Promise<void> =>
    page.evaluate(async (pressed) => {
      for (const key of pressed) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      for (let n = 0; n < 2; n++) await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }, keys);
  await pressAtOnce(' ', ' ');
  await studio.isState('ready');
  await pressAtOnce(' ', 's');
  await studio.isState('ready');
  await pressAtOnce(' ', ' ', ' ');
  await studio.isState('playing');
  await pressAtOnce(' ');
  await studio.isState('paused');
  await pressAtOnce(' ', ' ');
  await studio.isState('paused');
  await pressAtOnce(' ', 's');
  await studio.isState('ready');
});

test('a symbol named Play is no second Play button', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'Play.csv', text: whole.text });
  await studio.speed('max');
  await studio.playToEnd();
  await expect(studio.button('Play')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Chart Play' })).toHaveAttribute('aria-pressed', 'true');
});

test('the stream of a symbol is cancelled and registered again while the run goes', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(whole);
  await studio.configure({ data: { dataset: 'WALK' }, replay: { speed: 'max' } });
  const bars = page.getByTestId('bar-count');
  const listen = page.getByLabel('Listen to WALK');
  await studio.button('Step bar').click();
  await expect(bars).toHaveAttribute('data-value', '1');
  await listen.uncheck();
  await studio.button('Step bar').click();
  await expect(page.getByTestId('clock')).toContainText('09:32:00');
  await expect(bars).toHaveAttribute('data-value', '1');
  await listen.check();
  await studio.button('Step bar').click();
  await expect(bars).toHaveAttribute('data-value', '2');
  await expect(page.getByTestId('quality')).toHaveAttribute('data-value', '100');
});

test('of fifty symbols those in sight keep up, and all are shown as they are once the run stands', async ({ page }) => {
  const names = Array.from({ length: 50 }, (_, i) => `S${i}`);
  const lines = whole.text.trimEnd().split('\n');
  const text = names.map((name) =>
    lines
      .slice(1, 391)
      .map((line) => `${name},${line}\n`)
      .join(''),
  );
  const studio = await new Studio(page).open();
  await studio.import({ name: 'FIFTY.csv', text: `symbol,${lines[0]}\n${text.join('')}` });
  await studio.configure({ data: { dataset: 'FIFTY' }, replay: { speed: 600 } });
  const bars = page.getByTestId('bar-count');
  const values = (): Promise<string[]> => bars.evaluateAll((all) => all.map((each) => each.dataset['value']!));
  await studio.play();
  await expect(bars).toHaveCount(50);
  await studio.button('Pause').click();
  await studio.isState('paused');
  expect(new Set(await values()).size).toBe(1);
  const before = Number((await values())[49]);
  await studio.button('Step bar').click();
  await expect(bars.nth(49)).toHaveAttribute('data-value', String(before + 1));
  await studio.speed('max');
  await studio.playToEnd();
  expect(new Set(await values())).toEqual(new Set(['390']));
  await expect(bars.nth(49)).toHaveText('390/390');
});
