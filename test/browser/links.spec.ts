import { expect, test } from '@playwright/test';
import { barsCsv } from '../support/bars-csv.ts';
import { terminalReport, onDisk } from '../support/play-files.ts';
import { randomWalk } from '../support/synthetic.ts';
import { isolated } from './hosts.ts';
import { Studio } from './studio.ts';

const file = { name: 'WALK.csv', text: barsCsv(randomWalk('2024-03-07', '2024-03-08', 7)) };

function linkTo(config: object): string {
  return `#config=${encodeURIComponent(JSON.stringify(config))}`;
}

test('Share makes a link that sets another page up, which finds its data when it is dropped', async ({
  page,
  browser,
}) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await studio.configure({ data: { dataset: 'WALK' }, feed: { dropRate: 0.05 }, replay: { speed: 'max' } });
  const expected = await studio.playToEnd();
  await studio.button('Share').click();
  const link = await page.getByRole('textbox', { name: 'Link to this set-up' }).inputValue();
  expect(link).toMatch(/#c=[A-Za-z0-9_-]+$/);

  const context = await browser.newContext();
  const other = await new Studio(await context.newPage()).open('', link);
  await expect(other.button('Play')).toBeDisabled();
  await other.import(file);
  await expect(other.button('Play')).toBeEnabled();
  expect(await other.playToEnd()).toBe(expected);
  await context.close();

  const [path] = await onDisk(file);
  expect((await terminalReport({ data: { dataset: 'WALK' }, feed: { dropRate: 0.05 } }, [path!])).fingerprint).toBe(
    expected,
  );
});

test('a changed hash applies without a reload', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await page.evaluate(() => Object.assign(window, { stillHere: true }));
  await studio.configure({ data: { dataset: 'WALK', from: '2024-03-08' }, replay: { speed: 'max' } });
  await studio.playToEnd();
  expect((await studio.report()).sessions.map(({ date }) => date)).toEqual(['2024-03-08']);
  expect(await page.evaluate(() => 'stillHere' in window)).toBe(true);
});

test('a link that is pasted is applied, also when it is the one of the address', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await studio.configure({ data: { dataset: 'WALK', from: '2024-03-08' }, replay: { speed: 'max' } });
  await studio.button('Share').click();
  await page.getByRole('textbox', { name: 'Link to this set-up' }).focus();
  await page.keyboard.press('Control+C');
  await studio.button('Dismiss the link').click();
  for (const changed of ['600×', '10×']) {
    await studio.speed(changed);
    await page.keyboard.press('Control+V');
    await expect(page.getByLabel('Speed', { exact: true }).locator('option:checked')).toHaveText('max');
  }
});

test('a link to data that are not here says what it wants, and holds what is dropped against that', async ({
  page,
}) => {
  const wants = { dataset: 'NOWHERE', symbols: ['SPY'], from: '2024-03-07', to: '2024-03-11' };
  // What is said for a moment alone is seen here too.
  await page.addInitScript(() => {
    const said = new Set<string>();
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('[data-testid=error]')) said.add(textContent);
    }).observe(document, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, { said });
  });
  const studio = await new Studio(page).open(isolated, linkTo({ data: wants }));
  const told = page.locator('.problems');
  const words = /Wanted: bars of SPY, Thu 7 Mar 2024 to Mon 11 Mar 2024 \(3 sessions of XNYS\), called “NOWHERE”;/;
  await expect(told).toContainText(words);
  await expect(told).toContainText('The bars that the link means are not here');
  await expect(page.getByTestId('error')).toHaveCount(1);
  await expect(studio.button('Play')).toBeDisabled();
  const said = await page.evaluate(() => [...(globalThis as unknown as { said: Set<string> }).said]);
  expect(said.filter((text) => !text.includes('The bars that the link means'))).toEqual([]);
  await studio.import(file);
  await expect(told).toContainText('These are not the bars that the link means');
  await expect(told).toContainText(/called “WALK”: 1m bars, .*; they have no SPY, end before Mon 11 Mar 2024\./);
  // Whoever chooses by himself has left what the link is about.
  await studio.dataset('WALK').getByRole('button', { name: 'Put WALK on the deck' }).click();
  await expect(page.getByTestId('error')).toHaveCount(0);
});

test('what a link wants is told after other bars were dropped and the page was loaded anew; the right ones are played as it says', async ({
  page,
}) => {
  const wants = { dataset: 'RIGHT', symbols: ['RIGHT'], from: '2024-03-11' };
  const studio = await new Studio(page).open(isolated, linkTo({ data: wants, history: { trailingDays: 9 } }));
  const told = page.locator('.problems');
  await studio.import(file);
  await expect(told).toContainText('These are not the bars that the link means');
  await page.reload();
  await expect(told).toContainText(/Wanted: bars of RIGHT, .*called “WALK”: .*; they have no RIGHT/);
  await studio.import({ name: 'RIGHT.csv', text: barsCsv(randomWalk('2024-03-07', '2024-03-11', 7)) });
  await expect(page.getByTestId('error')).toHaveCount(0);
  await expect(page.getByText('RIGHT · 1 symbol · 1 session', { exact: true })).toBeVisible();

  // Who plays is told what is doubtful about what was chosen, and where to change it.
  await studio.play();
  const note = page.getByTestId('note');
  await expect(note).toContainText('This run has 1 warning. history.trailingDays was 9;');
  await note.getByRole('button', { name: 'Show the set-up' }).click();
  await expect(note).toBeEmpty();
  await expect(studio.button('Set Trailing days to 2')).toBeVisible();
});

for (const [what, hash] of [
  ['unknown keys', linkTo({ upkeep: { maxRetrys: 3 } })],
  ['a value out of range', linkTo({ upkeep: { maxRetries: -1 } })],
  ['a strategy that the shelf does not have', linkTo({ strategy: { name: 'x', params: {} } })],
  ['prototype pollution', `#config=${encodeURIComponent('{"__proto__":{"polluted":true}}')}`],
  ['no JSON', '#config=%7Bnope'],
  ['a broken compact form', '#c=AAAA____'],
  ['another alphabet', '#c=<script>'],
  ['far too long', `#c=${'A'.repeat(100_000)}`],
  ['deep nesting', `#config=${'%5B'.repeat(10_000)}`],
] as const)
  test(`a link with ${what} is an error, and nothing changes`, async ({ page }) => {
    const studio = await new Studio(page).open();
    await studio.import(file);
    await page.evaluate((text) => {
      location.hash = text;
    }, hash);
    expect((await studio.error()).length).toBeGreaterThan(20);
    expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
    await expect(page.getByTestId('dataset')).toHaveCount(1);
  });
