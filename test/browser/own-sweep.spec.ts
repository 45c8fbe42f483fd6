import { expect, test, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import type { LinkedRow } from '../../src/sweep/lines.ts';
import { Foreign } from './foreign.ts';
import { isolated, plain } from './hosts.ts';
import { allow, attackFromWithin, cross, data, haveOwn, replay } from './own-code.ts';
import { Studio, write } from './studio.ts';

/** Trades, but where it is told to loop, to keep the engine itself busy, or to throw. */
const trapped = cross.replace('slow: 30', 'slow: 30, trap: 0').replace(
  'const gap =',
  `if (params.trap === 1) while (side > -9) side += 0;
  if (params.trap === 2) /^(a+)+$/.test('a'.repeat(40) + '!');
  if (params.trap === 3) null.length;
  const gap =`,
);
const lineOfLoop = 7;

async function openSweep(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Set-up', exact: true }).click();
  const button = page.getByRole('button', { name: 'Sweep parameters' });
  if (!(await button.isVisible())) await page.locator('summary', { hasText: 'Strategy' }).first().click();
  await button.click();
}

/** Sweeps a parameter, and no other. */
async function sweepOf(page: Page, param: string, from: number, to: number): Promise<void> {
  await expect(page.getByTestId('sweep-plan')).toHaveText(/cells?$/);
  for (const each of ['fast', 'slow', 'trap']) {
    const box = page.getByRole('checkbox', { name: `Sweep ${each}` });
    if ((await box.count()) > 0) await box.setChecked(each === param.toLowerCase());
  }
  for (const [field, value] of Object.entries({ from, to, step: 1 }))
    await write(page.getByLabel(`${param}, ${field}`, { exact: true }), String(value));
  await expect(page.getByTestId('sweep-plan')).toHaveText(`${(to - from + 1).toLocaleString('en-US')} cells`);
  await page.getByRole('button', { name: 'Start sweep' }).click();
}

async function tableOf(page: Page): Promise<LinkedRow[]> {
  await expect(page.getByTestId('sweep-results')).toHaveAttribute('data-phase', 'done', { timeout: 30_000 });
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save table' }).click();
  const lines = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\n');
  return lines.slice(1, -1).map((line) => JSON.parse(line) as LinkedRow);
}

for (const [whose, have, address] of [
  ['own', haveOwn, isolated],
  ['foreign', allow, plain],
] as const)
  test(`sweep of ${whose} code: a cell is the run of its parameters, and what does not come back fails its cell alone`, async ({
    page,
  }) => {
    const studio = await new Studio(page).open(address);
    await studio.configure({ data, replay });
    await have(studio, 'trapped', trapped);
    await openSweep(page);
    await sweepOf(page, 'Trap', 0, 4);
    // The run that Play would start has one too.
    const frames = (): number => page.frames().length - 1;
    if (whose === 'foreign') await expect.poll(frames).toBeGreaterThan(1);
    const rows = await tableOf(page);
    const stopped = (line: number) => expect.stringContaining(`line ${line}, column 1: the strategy did not come back`);
    expect(rows.map(({ error }) => error)).toEqual([
      undefined,
      stopped(lineOfLoop),
      stopped(lineOfLoop + 1),
      expect.stringMatching(/^2 of 2 sessions failed, first 2024-11-04: line 9, column \d+: TypeError/),
      undefined,
    ]);
    await expect(page.getByTestId('failed-cells').getByRole('listitem')).toHaveCount(3);
    await expect.poll(frames).toBeLessThan(2);

    await page.getByRole('button', { name: 'Show cell 2' }).click();
    await expect(page.getByTestId('sweep-cell')).toContainText('trap 1, failed: line 7');
    await page.getByRole('grid', { name: /^Cells of the sweep/ }).press('End');
    await expect(page.getByTestId('sweep-cell')).toContainText('Cell 5 of “trapped”, trap 4: Return');
    await page.getByRole('button', { name: 'Open as set-up' }).click();
    await expect(page.getByLabel('Trap', { exact: true })).toHaveValue('4');
    expect(await studio.playToEnd()).toBe(rows[4]!.fingerprint);
    expect((await studio.report()).trades).toHaveLength(rows[4]!.figures['# Trades']!);
    if (whose === 'foreign') return;

    await page.getByRole('tab', { name: 'Results' }).click();
    await page.getByRole('button', { name: 'What if', exact: true }).click();
    const trap = page.getByRole('slider', { name: 'What if trap' });
    const status = page.getByRole('group', { name: 'What if' }).getByRole('status');
    await trap.fill('2');
    await expect(status).toContainText(`line ${lineOfLoop + 1}, column 1: the strategy did not come back`);
    await trap.fill('5');
    await expect(status).toContainText('By the definitions');
    await expect(page.getByRole('row', { name: /^Trades/ })).toContainText(/(\d+)\s*\1\s*even/);
  });

test('a sweep of own code that was stopped goes on after a reload, and not with code that was changed', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await haveOwn(studio, 'cross', cross);
  await openSweep(page);
  await sweepOf(page, 'Slow', 20, 4_019);
  await expect(page.getByTestId('sweep-progress')).toHaveText(/^[1-9][0-9,]* of 4,000 cells/);
  await page.getByRole('button', { name: 'Cancel sweep' }).click();
  const resume = page.getByRole('button', { name: 'Resume sweep' });
  await expect(resume).toBeVisible();

  await page.reload();
  await openSweep(page);
  await resume.click();
  await expect(page.getByTestId('sweep-progress')).toHaveText(/^[1-9]/);
  await page.getByRole('button', { name: 'Cancel sweep' }).click();

  await haveOwn(studio, 'cross', `${cross}// Changed.\n`);
  await openSweep(page);
  await resume.click();
  await expect(page.getByRole('alert').filter({ hasText: 'The sweep stopped' })).toContainText(
    /The code of “cross” that it was begun with \(sha256:[0-9a-f]{8}…\) is not here any more/,
  );
});

const foreign = new Foreign();
test.afterAll(() => foreign.close());

test('code that plays a cell finds no road out, and hears nothing that the page says to its worker', async ({
  page,
}) => {
  const abroad = await foreign.start();
  const listen = `if(n===1)try{addEventListener('message',()=>{found.push('messages')})}catch{}`;
  await attackFromWithin(page, abroad, `${listen}if(n>1&&found.length>0)throw new Error(found.join())`);
  const studio = await new Studio(page).open();
  await haveOwn(studio, 'cross', cross);
  await openSweep(page);
  await sweepOf(page, 'Fast', 5, 10);
  const rows = await tableOf(page);
  expect(rows.map(({ error }) => error)).toEqual(rows.map(() => undefined));
  expect([...foreign.hits]).toEqual([]);
});
