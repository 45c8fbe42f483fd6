import { expect, test, type Locator, type Page } from '@playwright/test';
import { build, type Rollup } from 'vite';
import type { RunReport } from '../../src/session/report.ts';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { Studio, type TextFile } from './studio.ts';

// A service worker would answer for the scripts that are exchanged here.
test.use({ serviceWorkers: 'block' });

/** The last session of October, all of November, the first of December: stored as a chunk a month. */
const days = ['2024-10-31', '2024-12-02'] as const;
const file = (name: string, has: (start: number, slot: number) => boolean): TextFile => {
  const [head, ...lines] = barsCsv(randomWalk(...days, 7, has))
    .trimEnd()
    .split('\n');
  return { name, text: [`symbol,${head}`, ...lines.map((line) => `A,${line}`), ''].join('\n') };
};
const feed = file('FEED.csv', () => true);
const holed = file('HOLED.csv', (_, slot) => slot % 50 !== 20);

/** Takes the chunk of November out of what is stored, as a disk does that loses a file. */
async function loseNovember(page: Page, dataset: string): Promise<void> {
  await page.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('tapedeck');
        opening.onerror = () => reject(new Error('the library does not open'));
        opening.onsuccess = () => {
          const tx = opening.result.transaction(['datasets', 'chunks'], 'readwrite');
          const all = tx.objectStore('datasets').getAll() as IDBRequest<{ id: string; name: string }[]>;
          all.onsuccess = () =>
            tx.objectStore('chunks').delete([all.result.find((each) => each.name === name)!.id, 0, 1]);
          tx.onabort = () => reject(new Error('the chunk stays'));
          tx.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    dataset,
  );
}

const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Session' });
const current = (page: Page): Locator => panel(page).locator('[aria-current=step]');
const log = (page: Page): Locator => panel(page).getByRole('group', { name: /^Log/ });

/** What the Sessions table says of how each session ended, the latest first. */
async function ends(page: Page): Promise<string[]> {
  await page.getByRole('tab', { name: /^Sessions/ }).click();
  const grid = page.getByRole('grid', { name: /^Sessions/ });
  const found = grid.locator('[role=row] > [role=gridcell]:nth-child(3)');
  await expect(found.first()).toBeAttached();
  return found.allTextContents();
}

const lastStates = ({ sessions }: RunReport): (string | undefined)[][] =>
  sessions.map(({ states }) => [states.at(-1)![0], states.at(-1)![2]]);

test.describe('an error ends its session, with its cause, and the run goes on', () => {
  for (const [what, files, config, cause] of [
    ['the feed', [feed], { data: { dataset: 'FEED' } }, 'error in the feed'],
    ['a fill', [holed, feed], { data: { dataset: 'HOLED', fillFrom: ['FEED'] } }, 'error in a fill'],
  ] as const)
    test(`in ${what}`, async ({ page }) => {
      const studio = await new Studio(page).open();
      for (const each of files) await studio.import(each);
      await loseNovember(page, 'FEED');
      await studio.configure({ ...config, history: { enabled: false }, replay: { speed: 'max' } });
      await studio.button('Step session').click();
      await studio.isState('paused');
      await expect(page.getByTestId('session-state')).toHaveAttribute('data-state', 'ended');
      await studio.button('Step session').click();
      await expect(page.getByTestId('session-state')).toHaveAttribute('data-state', 'error');
      await studio.isState('paused');
      await expect(current(page)).toContainText(/error/i);
      await expect(current(page)).toContainText('09:30:00');
      await expect(current(page)).toContainText('not in the library');
      await expect(log(page)).toContainText(`session error · ${cause}`);
      await studio.play();
      await studio.isState('finished');
      await expect(page.getByTestId('error')).toHaveText(/^20 sessions of \d+ failed\..*not in the library/);

      const told = await ends(page);
      expect(told[0]).toBe('ended');
      expect(told[1]).toMatch(/^error: .*not in the library/);
      const report = await studio.report();
      const bad = new Array(20).fill(['error', cause]);
      expect(lastStates(report)).toEqual([['ended', 'roll delay over'], ...bad, ['ended', 'roll delay over']]);
      expect(report.sessions.at(-1)!.symbols).toMatchObject({ A: { expected: 390, missing: 0 } });
    });

  test('in the strategy, and in the session itself', async ({ page }) => {
    const [built] = (await build({
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        lib: { entry: new URL('./throwing-worker.ts', import.meta.url).pathname, formats: ['es'] },
      },
    })) as Rollup.RollupOutput[];
    await page.route(/\/coordinator[^/]*\.js$/, (route) =>
      route.fulfill({
        body: built!.output[0].code,
        contentType: 'text/javascript',
        headers: { 'Cross-Origin-Embedder-Policy': 'require-corp' },
      }),
    );
    const studio = await new Studio(page).open();
    await studio.import(feed);
    await studio.configure({
      data: { dataset: 'FEED', from: '2024-11-26' },
      history: { enabled: false },
      replay: { speed: 'max' },
    });
    await studio.button('Step session').click();
    await studio.isState('paused');
    await expect(current(page)).toContainText(/error/i);
    await expect(current(page)).toContainText('09:40:00');
    await expect(current(page)).toContainText('the average of no bars');
    await studio.button('Step session').click();
    await expect(current(page)).toContainText('a flag that cannot be set');
    await studio.isState('paused');
    await expect(current(page)).toContainText('09:50:00');
    await studio.play();
    await studio.isState('finished');
    await expect(log(page)).toContainText('session error · error in the strategy');
    await expect(log(page)).toContainText('session error · error in the session');
    await expect
      .poll(() => ends(page))
      .toEqual(['ended', 'ended', 'error: a flag that cannot be set', 'error: the average of no bars']);
    const report = await studio.report();
    const fine = ['ended', 'roll delay over'];
    expect(lastStates(report)).toEqual([
      ['error', 'error in the strategy'],
      ['error', 'error in the session'],
      fine,
      fine,
    ]);
    expect(report.sessions.map(({ symbols }) => symbols.A!.streamed)).toEqual([10, 19, 210, 390]);
  });
});

test('history.autoLoad is off: the history is loaded with a button, before the run or in its first session', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.import(feed);
  await studio.configure({
    data: { dataset: 'FEED', from: '2024-11-29' },
    history: { autoLoad: false, trailingDays: 2 },
    replay: { speed: 'max' },
  });
  const load = studio.button('Load history');
  await studio.button('Step bar').click();
  await studio.isState('paused');
  await expect(log(page)).toContainText('history.autoLoad is off: the run begins without history');
  await load.click();
  await expect(load).toHaveCount(0);
  await expect(log(page)).toContainText('history of 2 sessions in place, 780 bars');
  const fingerprint = await studio.playToEnd();
  expect((await studio.report()).interventions).toEqual([{ session: 2, slot: 1, kind: 'history', symbol: -1 }]);

  await studio.button('Stop').click();
  await load.click();
  await studio.isState('ready');
  await expect(load).toHaveCount(0);
  expect(await studio.playToEnd()).toBe(fingerprint);
  expect((await studio.report()).interventions).toEqual([{ session: 2, slot: 0, kind: 'history', symbol: -1 }]);
});
