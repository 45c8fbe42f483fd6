import { expect, test, type Locator, type Page } from '@playwright/test';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { Studio } from './studio.ts';

/** Four days, Monday to Thursday. */
const walk = { name: 'WALK.csv', text: barsCsv(randomWalk('2024-03-04', '2024-03-07', 7)) };
const dropping = {
  data: { dataset: 'WALK', fillFrom: ['WALK'] },
  feed: { dropRate: 0.05, seed: 5 },
  replay: { speed: 'max' },
};

async function played(page: Page): Promise<Studio> {
  const studio = await new Studio(page).open();
  await studio.import(walk);
  await studio.configure(dropping);
  await studio.playToEnd();
  return studio;
}

const stripOf = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: new RegExp(`^Strip of ${name}:`) });

async function middleOf(box: Locator): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await box.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}

test('a strip tells the story of its gaps to keys and pointer, and leads to the table and the chart', async ({
  page,
}) => {
  await played(page);
  const strip = stripOf(page, 'WALK');
  const card = page.getByTestId('gap-card');
  await strip.focus();
  await expect(card).toBeHidden();
  await page.keyboard.press('End');
  await expect(card).toContainText('Filled from WALK at');
  await page.keyboard.press('Home');
  await expect(card).toContainText(/^WALK \d\d:\d\d(–\d\d:\d\d)? EST, \d bars?/);
  await expect(card).toContainText(/Found at \d\d:\d\d, looked up 1 time/);
  await expect(card).toContainText('Evidence: a source has the bar');
  const story = (await card.textContent())!;
  const at = await middleOf(strip.locator('.aim'));
  await page.keyboard.press('Escape');
  await expect(card).toBeHidden();

  await page.mouse.move(at.x, at.y);
  await expect(card).toHaveText(story);
  await page.mouse.click(at.x, at.y);
  const time = /\d\d:\d\d/.exec(story)![0];
  const row = page.getByRole('grid', { name: /^Gaps/ }).locator('[aria-selected=true]');
  await expect(row).toContainText('Thu 7 Mar 2024');
  await expect(row).toContainText(time);
  await expect(page.getByRole('region', { name: 'Chart' })).toContainText(`${time} O`);
  await expect(page.getByRole('region', { name: 'Chart' })).toContainText('filled from WALK');
});

test('a gap that is chosen in a strip is in sight in the table, each time, whatever that shows', async ({ page }) => {
  await played(page);
  await page.getByRole('tab', { name: /^Gaps/ }).click();
  const table = page.getByRole('grid', { name: /^Gaps/ });
  const outcome = page.getByLabel('Outcome of the gaps');
  await outcome.selectOption('given up');
  await expect(table).toContainText('No gap is like that.');
  await page.getByRole('tab', { name: /^Quality/ }).click();
  const strip = stripOf(page, 'WALK');
  const chooseLast = async (): Promise<void> => {
    await strip.focus();
    await page.keyboard.press('End');
    const { x, y } = await middleOf(strip.locator('.aim'));
    await page.mouse.click(x, y);
  };
  const chosen = table.locator('[aria-selected=true]');
  await chooseLast();
  await expect(outcome).toHaveValue('');
  await expect(chosen).toBeInViewport({ ratio: 0.5 });
  await expect(chosen).toContainText('Thu 7 Mar 2024');

  await table.evaluate((element) => (element.scrollTop = 0));
  await expect(chosen).not.toBeInViewport();
  await page.getByRole('tab', { name: /^Quality/ }).click();
  await chooseLast();
  await expect(chosen).toBeInViewport({ ratio: 0.5 });
});

test('a click on a session shows it, and only the button or Enter goes there', async ({ page }) => {
  const studio = await played(page);
  const clock = page.getByTestId('clock');
  await page.getByRole('tab', { name: /^Sessions/ }).click();
  const table = page.getByRole('grid', { name: /^Sessions/ });
  await table.getByRole('row').filter({ hasText: 'Tue 5 Mar 2024' }).click();
  await expect(table.locator('[aria-selected=true]')).toContainText('Tue 5 Mar 2024');
  await studio.isState('finished');
  await expect(clock).toContainText('7 Mar 2024');
  await page.getByRole('button', { name: 'Go to the open of Tue 5 Mar 2024' }).click();
  await studio.isState('paused');
  await expect(clock).toContainText('5 Mar 2024');
});

test('the table of sessions fits a page of 1440 pixels', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 860 });
  await played(page);
  await page.getByRole('tab', { name: /^Sessions/ }).click();
  const table = page.getByRole('grid', { name: /^Sessions/ });
  await expect(table).toHaveAttribute('aria-rowcount', '5');
  expect(await table.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
});

test('on the tape one sees where a drag would land, lets go to be there, and Escape takes it back', async ({
  page,
}) => {
  const studio = await played(page);
  const tape = page.getByRole('slider', { name: /^Tape of sessions/ });
  const { x, y, width } = (await tape.boundingBox())!;
  const over = (share: number): Promise<void> => page.mouse.move(x + width * share, y + 30);
  const drag = async (to: number): Promise<void> => {
    await over(0.9);
    await page.mouse.down();
    await over(to);
  };
  await drag(0.6);
  await expect(page.getByText('release: to its open')).toBeVisible();
  await expect(tape).toHaveAttribute('aria-valuetext', /^Wed 6 Mar 2024, quality 100 %/);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await studio.isState('finished');

  await drag(0.4);
  await expect(tape).toHaveAttribute('aria-valuetext', /^Tue 5 Mar 2024/);
  await page.mouse.up();
  await studio.isState('paused');
  await expect(page.getByTestId('clock')).toContainText('5 Mar 2024');
});

/** The studio with a dataset of so many symbols, S000 on, each with so many bars less those that are not there, set up without history. */
async function openWithMany(
  page: Page,
  symbols: number,
  bars: number,
  isThere: (name: string, slot: number) => boolean = () => true,
): Promise<Studio> {
  const names = Array.from({ length: symbols }, (_, i) => `S${String(i).padStart(3, '0')}`);
  const [head, ...lines] = walk.text.trimEnd().split('\n');
  const text = names.map((name) =>
    lines
      .slice(0, bars)
      .filter((_, slot) => isThere(name, slot))
      .map((line) => `${name},${line}\n`)
      .join(''),
  );
  const studio = await new Studio(page).open();
  await studio.import({ name: 'MANY.csv', text: `symbol,${head}\n${text.join('')}` });
  await studio.configure({ data: { dataset: 'MANY' }, replay: { speed: 'max' }, history: { enabled: false } });
  return studio;
}

test('of hundreds of symbols the first have rows before anything is played, and all when it is', async ({ page }) => {
  const studio = await openWithMany(page, 620, 30);
  const strips = page.getByRole('button', { name: /^Strip of / });
  await expect(strips).toHaveCount(500);
  await studio.playToEnd();
  await expect(page.getByTestId('quality')).toHaveCount(620);
});

test('a hundred symbols are found, ordered and summed up, few strips are drawn, and nothing jumps when they play', async ({
  page,
}) => {
  // Of S042 every third bar is missing.
  const studio = await openWithMany(page, 100, 390, (name, slot) => name !== 'S042' || slot % 3 !== 1);
  const strips = page.getByRole('button', { name: /^Strip of / });
  const dock = page.getByRole('region', { name: 'Quality, gaps, sessions, trading and results' });
  const height = async (): Promise<number> => (await dock.boundingBox())!.height;
  await expect(strips).toHaveCount(100);
  const before = await height();
  await studio.playToEnd();
  expect(await height()).toBe(before);
  await expect(page.getByTestId('quality')).toHaveCount(100);
  expect(await page.getByRole('group', { name: 'Quality by symbol' }).locator('canvas').count()).toBeLessThan(24);
  await expect(page.getByRole('img', { name: 'All symbols: 38,870 bars, quality 99.7 %' })).toBeVisible();

  await stripOf(page, 'S000').focus();
  for (let n = 0; n < 30; n++) await page.keyboard.press('ArrowDown');
  await expect(stripOf(page, 'S030')).toBeFocused();
  await expect(stripOf(page, 'S030')).toBeInViewport();
  await page.getByRole('group', { name: 'Quality by symbol' }).evaluate((list) => (list.scrollTop = 0));
  await expect(stripOf(page, 'S000')).toBeVisible();
  await expect(stripOf(page, 'S030')).toBeFocused();

  await page.getByLabel('Order of the symbols').selectOption('worst first');
  await expect(strips.first()).toHaveAccessibleName('Strip of S042: 260 streamed, 0 filled, 130 missing');
  await page.getByLabel('Find a symbol').fill('s09');
  await expect(strips).toHaveCount(10);
  await stripOf(page, 'S090').focus();
  await page.keyboard.press('ArrowDown');
  await expect(stripOf(page, 'S091')).toBeFocused();
});
