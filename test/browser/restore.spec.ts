import { expect, test, type Page } from '@playwright/test';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { isolated, plain } from './hosts.ts';
import { Studio } from './studio.ts';

const file = { name: 'WALK.csv', text: barsCsv(randomWalk('2024-03-05', '2024-03-08', 7)) };
const other = { name: 'WALK.csv', text: barsCsv(randomWalk('2024-03-05', '2024-03-08', 8)) };
const dropping = {
  data: { dataset: 'WALK', fillFrom: ['WALK'], from: '2024-03-07' },
  feed: { dropRate: 0.1, seed: 5 },
  history: { trailingDays: 1 },
};

function linkTo(config: object): string {
  return `#config=${encodeURIComponent(JSON.stringify(config))}`;
}

const kept = (page: Page): Promise<number> => page.evaluate(() => localStorage.length + sessionStorage.length);

/** Steps over 6 bars, of which the stream was cancelled for the last 3, and registers it again. */
async function stepAndCancel(studio: Studio): Promise<void> {
  const { page } = studio;
  const bars = page.getByTestId('bar-count');
  await studio.button('Step bar').click();
  await expect(bars).toHaveAttribute('data-value', /[01]/);
  for (let n = 1; n < 3; n++) await studio.button('Step bar').click();
  await expect(page.getByTestId('clock')).toContainText('09:33:00');
  await page.getByLabel('Listen to WALK').uncheck();
  for (let n = 0; n < 3; n++) await studio.button('Step bar').click();
  await expect(page.getByTestId('clock')).toContainText('09:36:00');
  await page.getByLabel('Listen to WALK').check();
  await studio.isState('paused');
}

for (const [mode, address] of [
  ['shared', isolated],
  ['single', plain],
] as const)
  test(`a reload finds a paused run where it stood, and it goes on as one that was not interrupted, ${mode}`, async ({
    page,
  }) => {
    const studio = await new Studio(page).open(address);
    await studio.import(file);
    await studio.configure(dropping);
    await stepAndCancel(studio);
    await studio.speed('max');
    await studio.playToEnd();
    const expected = await studio.report();
    expect(expected.interventions).toHaveLength(2);

    await studio.button('Stop').click();
    await studio.speed('60×');
    await stepAndCancel(studio);
    const count = await page.getByTestId('bar-count').getAttribute('data-value');
    await page.reload();
    await studio.isState('paused');
    await expect(page.getByTestId('clock')).toContainText('09:36:00');
    await expect(page.getByText('Restored at Thu 7 Mar 2024 09:36:00 EST')).toBeVisible();
    await expect(page.getByTestId('bar-count')).toHaveAttribute('data-value', count!);
    await expect(page.getByLabel('Speed', { exact: true })).toHaveValue('60');
    await studio.speed('max');
    await studio.playToEnd();
    const { fingerprint, interventions, sessions } = await studio.report();
    expect(fingerprint).toBe(expected.fingerprint);
    expect(interventions).toEqual(expected.interventions);
    expect(sessions.map(({ digest }) => digest)).toEqual(expected.sessions.map(({ digest }) => digest));
  });

test('a reload finds a run that played, paused where it was', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await studio.configure({ ...dropping, replay: { speed: 'max' } });
  const expected = await studio.playToEnd();
  await studio.speed('600×');
  await studio.play();
  // The words go on between two bars; the time of the last one stands in the attribute, in UTC.
  await expect(page.getByTestId('clock')).toHaveAttribute('datetime', /T14:[45]\d:00Z/);
  await page.reload();
  await studio.isState('paused');
  await expect(page.getByTestId('clock')).toContainText(/(09:[45]\d|10:\d\d):00/);
  await studio.speed('max');
  await studio.playToEnd();
  expect(await studio.fingerprint()).toBe(expected);
});

test('a reload finds a finished run with its results and the view; after Stop it begins anew', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await studio.configure({ ...dropping, replay: { speed: 'max' } });
  const expected = await studio.playToEnd();
  await page.getByRole('tab', { name: 'Set-up' }).click();
  await page.getByRole('tab', { name: /^Gaps/ }).click();
  const gaps = page.getByRole('grid', { name: /^Gaps/ });
  const rows = await gaps.getAttribute('aria-rowcount');
  await page.reload();
  await studio.isState('finished');
  expect(await studio.fingerprint()).toBe(expected);
  await expect(page.getByRole('tab', { name: 'Set-up' })).toHaveAttribute('aria-selected', 'true');
  await expect(gaps).toHaveAttribute('aria-rowcount', rows!);
  const note = page.getByText('Your finished run is restored');
  await expect(note).toBeVisible();
  // A run of the same set-up ends at the same place, and is another one.
  expect(await studio.playToEnd()).toBe(expected);
  await expect(note).toBeHidden();

  await studio.button('Stop').click();
  await studio.isState('ready');
  await page.reload();
  await studio.isState('ready');
  await studio.playToEnd();
  expect(await studio.fingerprint()).toBe(expected);
});

test('the next visit finds the run of the last one; a second tab beside it has the set-up only', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await studio.speed('max');
  const expected = await studio.playToEnd();
  const beside = new Studio(await page.context().newPage());
  await beside.open();
  await beside.isState('ready');
  await expect(beside.page.getByLabel('Speed', { exact: true })).toHaveValue('max');
  await beside.page.close();
  await page.close();
  const next = new Studio(await beside.page.context().newPage());
  await next.page.goto(isolated);
  await next.isState('finished');
  expect(await next.fingerprint()).toBe(expected);
});

test('a link wins over what was kept, and opening it stores nothing', async ({ page, browser }) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await studio.speed('max');
  await studio.playToEnd();
  await page.goto('about:blank');
  await page.goto(isolated + linkTo({ data: { dataset: 'WALK', to: '2024-03-06' }, replay: { speed: 600 } }));
  await studio.isState('ready');
  await expect(page.getByLabel('Speed', { exact: true })).toHaveValue('600');
  await studio.speed('max');
  await studio.playToEnd();
  expect((await studio.report()).sessions).toHaveLength(2);
  await page.reload();
  await studio.isState('finished');
  expect((await studio.report()).sessions).toHaveLength(2);

  const context = await browser.newContext();
  const stranger = await new Studio(await context.newPage()).open(isolated, linkTo({ replay: { speed: 600 } }));
  await expect(stranger.page.getByLabel('Speed', { exact: true })).toHaveValue('600');
  await stranger.page.reload();
  await stranger.isState('idle');
  expect(await kept(stranger.page)).toBe(0);
  await stranger.speed('60×');
  await stranger.page.reload();
  await expect(stranger.page.getByLabel('Speed', { exact: true })).toHaveValue('60');
  await context.close();
});

test('a link that is opened while a run plays is what a reload finds', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await studio.speed('60×');
  await studio.play();
  await expect(page.getByTestId('clock')).toContainText(/09:(3[1-9]|[45])/);
  await studio.configure({ data: { dataset: 'WALK', to: '2024-03-06' }, replay: { speed: 3_600 } });
  await studio.isState('ready');
  await page.reload();
  await studio.isState('ready');
  await expect(page.getByLabel('Speed', { exact: true })).toHaveValue('3600');
});

test('a link that cannot be read leaves what was kept as it was, at a reload too', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await studio.speed('600×');
  await studio.button('Step bar').click();
  await studio.isState('paused');
  await page.evaluate(() => (location.hash = 'config=%7Bnothing'));
  expect(await studio.error()).toContain('The link was not applied');
  await page.reload();
  expect(await studio.error()).toContain('The link was not applied');
  await studio.isState('paused');
  await expect(page.getByLabel('Speed', { exact: true })).toHaveValue('600');
});

test('a run whose dataset has other bars now is not restored, and the page says why', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await studio.button('Step bar').click();
  await studio.isState('paused');
  await page.goto('about:blank');
  const between = new Studio(await page.context().newPage());
  // A page that was left counts as open until the browser has let go of its locks.
  await between.page.goto(new URL('theme.js', isolated).href);
  await expect
    .poll(() => between.page.evaluate(async () => (await navigator.locks.query()).held?.map(({ name }) => name)))
    .toEqual([]);
  await between.page.goto(isolated);
  await between.isState('paused');
  await between.page.getByRole('button', { name: 'Delete WALK' }).click();
  await between.page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(between.page.getByTestId('dataset')).toHaveCount(0);
  await between.import(other);
  await between.page.close();
  await page.goto(isolated);
  await studio.isState('ready');
  expect(await studio.error()).toContain('The run was not restored. “WALK” holds other bars now.');
});

test('a record that is broken is ignored', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(file);
  await page.addInitScript(() => {
    sessionStorage.setItem('tapedeck.visit', '{"version":1,"link":3}');
    localStorage.setItem('tapedeck.visit', '{"version":7}');
  });
  await studio.open();
  await studio.isState('ready');
  await expect(page.getByTestId('error')).toHaveCount(0);
});
