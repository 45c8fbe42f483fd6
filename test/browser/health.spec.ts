import { expect, test, type Page } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isolated, plain } from './hosts.ts';
import { Studio, typeOver } from './studio.ts';

/** Keeps the page's workers by name, so that a test can end one without a word to the page. */
async function keepWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: Record<string, Worker> = {};
    const Plain = Worker;
    class Kept extends Plain {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        kept[options?.name ?? ''] = this;
      }
    }
    Object.assign(globalThis, { Worker: Kept, kept });
  });
}

const endWorker = (page: Page, name: string): Promise<void> =>
  page.evaluate(
    (worker) => (globalThis as unknown as { kept: Record<string, Worker> }).kept[worker]!.terminate(),
    name,
  );

const set = { data: { dataset: 'sample', fillFrom: ['backup'], to: '2024-11-08' }, replay: { speed: 60 } };

/** Plays the run to its end, for its fingerprint; then it plays on from its second session, with its health in sight. */
async function playedThenPlaying(studio: Studio): Promise<string> {
  await studio.isState('ready');
  await studio.speed('max');
  const whole = await studio.playToEnd();
  await studio.button('Stop').click();

  await studio.speed('60×');
  await studio.button('Step session').click();
  await studio.isState('paused');
  await studio.play();
  await studio.isState('playing');
  await studio.button('Health').click();
  return whole;
}

test.describe('a worker that dies without a word', () => {
  test('is noticed within three seconds, named and started again: the run goes on, and its result is the same', async ({
    page,
  }) => {
    await keepWorkers(page);
    const studio = await new Studio(page).open(isolated, `#config=${encodeURIComponent(JSON.stringify(set))}`);
    const whole = await playedThenPlaying(studio);
    const losses = page.getByTestId('losses').getByRole('listitem');
    for (const [i, name] of ['coordinator', 'upkeep', 'library'].entries()) {
      await endWorker(page, name);
      // Three seconds, and what a busy machine takes to say so.
      await expect(losses).toHaveCount(i + 1, { timeout: 6_000 });
      await expect(losses.first()).toContainText(name);
      await expect(page.locator('[data-check=Restarts]')).toContainText(`${i + 1} in a minute`);
      // The new ones have begun.
      for (const each of ['Coordinator', 'Upkeep'])
        await expect(page.locator(`[data-check=${each}]`)).toHaveAttribute('data-level', 'ok');
    }
    await expect(page.locator('[data-check=Restarts]')).toHaveAttribute('data-level', 'failing');
    await expect(page.getByTestId('health')).toHaveAttribute('data-level', 'failing');
    await page.keyboard.press('Escape');
    await studio.isState('playing');
    await studio.speed('max');
    await studio.isState('finished');
    expect(await studio.fingerprint()).toBe(whole);
  });
});

for (const [where, address] of [
  ['without isolation', plain],
  ['in the one file', pathToFileURL(fileURLToPath(new URL('../../dist/tapedeck.html', import.meta.url))).href],
] as const)
  test(`${where} a worker that dies is started again as well, and the result is the same`, async ({ page }) => {
    await keepWorkers(page);
    const studio = await new Studio(page).open(address, `#config=${encodeURIComponent(JSON.stringify(set))}`);
    await expect(page.getByTestId('isolation')).toHaveAttribute('data-mode', 'single');
    const whole = await playedThenPlaying(studio);
    const losses = page.getByTestId('losses').getByRole('listitem');
    for (const [i, name] of ['coordinator', 'library'].entries()) {
      await endWorker(page, name);
      await expect(losses).toHaveCount(i + 1);
      await expect(losses.first()).toContainText(name);
      for (const each of ['Coordinator', 'Library'])
        await expect(page.locator(`[data-check=${each}]`)).toHaveAttribute('data-level', 'ok');
    }
    await page.keyboard.press('Escape');
    await studio.isState('playing');
    await studio.speed('max');
    await studio.isState('finished');
    expect(await studio.fingerprint()).toBe(whole);
  });

/** On shared memory Chromium lets a worker that was ended obey one more command. */
test('without isolation an order that is given to a worker which is dead is given to the next one', async ({
  page,
}) => {
  await keepWorkers(page);
  const byHand = { data: { dataset: 'sample', symbols: ['ALFA'] }, strategy: { name: 'scripted', params: {} } };
  const studio = await new Studio(page).open(plain, `#config=${encodeURIComponent(JSON.stringify(byHand))}`);
  await page.getByRole('tab', { name: 'Trading' }).click();
  await studio.button('Step bar').click();
  await studio.isState('paused');
  const ticket = page.getByRole('group', { name: 'Order ticket' }).getByRole('status').first();
  await typeOver(page.getByLabel('Order size, units'), '10');
  await studio.button('▲ Buy').click();
  await expect(ticket).toContainText('Buy 10 ALFA at the market: given');

  await endWorker(page, 'coordinator');
  await typeOver(page.getByLabel('Order size, units'), '7');
  await studio.button('▲ Buy').click();
  await expect(ticket).toContainText('Buy 7 ALFA at the market: given');
  // Both wait for the next bar, each once.
  const views = page.getByRole('group', { name: 'Trading', exact: true });
  await expect(views.getByRole('button', { name: /^Orders/ })).toHaveText('Orders2');
});

test('a run that is well has a light that says so, with every check and operation in its panel', async ({ page }) => {
  const studio = await new Studio(page).open(isolated, `#config=${encodeURIComponent(JSON.stringify(set))}`);
  await studio.play();
  await studio.isState('playing');
  await studio.button('Health').click();
  const dialog = page.getByRole('dialog', { name: 'Health' });
  for (const name of ['Coordinator', 'Upkeep', 'Library'])
    await expect(dialog.locator(`[data-check=${name}]`)).toHaveAttribute('data-level', 'ok');
  await expect(dialog.locator('[data-check="Restarts"]')).toContainText('0 in a minute');
  await expect(dialog.getByRole('row', { name: /^library beat/ })).toBeVisible();
  await expect(dialog.getByRole('row', { name: /^Looking at the run/ })).toBeVisible();
  await expect(dialog.getByText('None in this visit.')).toBeVisible();
});

test('a tab that is frozen for a while has lost nobody when it wakes', async ({ page, browserName }) => {
  const studio = await new Studio(page).open(isolated, `#config=${encodeURIComponent(JSON.stringify(set))}`);
  await studio.play();
  await studio.isState('playing');
  await studio.button('Health').click();
  await expect(page.locator('[data-check=Coordinator]')).toHaveAttribute('data-level', 'ok');
  const thaw = await (browserName === 'firefox' ? stopProcesses() : freeze(page));
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  await thaw();
  const counted = page
    .getByRole('row', { name: /^library beat/ })
    .getByRole('cell')
    .first();
  const before = Number(await counted.textContent());
  await expect.poll(async () => Number(await counted.textContent())).toBeGreaterThan(before + 8);
  await expect(page.getByText('None in this visit.')).toBeVisible();
});

/** Freezes a tab as Chromium does to those that were long hidden; what is returned thaws it. */
async function freeze(page: Page): Promise<() => Promise<unknown>> {
  const client = await page.context().newCDPSession(page);
  await client.send('Page.setWebLifecycleState', { state: 'frozen' });
  return () => client.send('Page.setWebLifecycleState', { state: 'active' });
}

/** Stops the processes that Firefox has pages in, which it has no command for; what is returned has them go on. */
async function stopProcesses(): Promise<() => Promise<void>> {
  const pids = await pageProcesses(process.pid);
  expect(pids).not.toHaveLength(0);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return async () => {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  };
}

/** Those below a process that have pages of Firefox; each thread has children of its own. */
async function pageProcesses(pid: number): Promise<number[]> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const children = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  const below = children.join(' ').split(' ').filter(Boolean).map(Number);
  const own = /-contentproc[^]*\Wtab\0*$/.test(command) ? [pid] : [];
  return [...own, ...(await Promise.all(below.map(pageProcesses))).flat()];
}
