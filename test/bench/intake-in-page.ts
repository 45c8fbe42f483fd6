import type { Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomWalk } from '../support/synthetic.ts';
import { studioPath, type Visits } from './chromium.ts';
import { csvText } from './csv-text.ts';
import { expectAnswer, median, type Measure } from './measure.ts';
import { importInStudio } from './studio-import.ts';

const rounds = 3;
/** Either is first in half of them, the very first apart, in which everything is loaded. */
const raceRounds = 5;

/** Intake in Chromium: columns, whole imports beside PapaParse, tasks of the main thread, and maps. */
export async function intakeInPage({ visit }: Visits): Promise<Measure[]> {
  const parts: readonly ((page: Page) => Promise<Measure[]>)[] = [
    drawnMaps,
    besidePapa,
    longestTask,
    (page) => page.evaluate(() => window.bench.raceToColumns('Chromium')),
  ];
  const measures: Measure[] = [];
  for (const part of parts) measures.push(...(await visit(part)));
  return measures;
}

async function besidePapa(page: Page): Promise<Measure[]> {
  const all = [];
  for (let n = 0; n < raceRounds; n++)
    all.push(await page.evaluate((papaIsFirst) => window.bench.importBesidePapa(papaIsFirst), n % 2 === 1));
  for (const { bars, stored, present, papaRows } of all) {
    expectAnswer('bars stored', stored, bars);
    expectAnswer('bars on the map', present, bars);
    expectAnswer('rows of PapaParse', papaRows, bars + 1);
  }
  const [{ bytes, stored }] = all as [(typeof all)[number]];
  return [
    {
      name: `${stored.toLocaleString('en-US')}-row CSV to a stored dataset with its map`,
      ...{ value: median(all.map(({ seconds }) => seconds)), unit: 's' },
      versus: { 'PapaParse, to strings': median(all.map(({ papaSeconds }) => papaSeconds)) },
    },
    { name: 'a stored bar of two decimals', value: bytes / stored, unit: 'bytes', limit: { name: 'limit', value: 8 } },
  ];
}

/** The studio itself, from Import to the summary. */
async function longestTask(page: Page): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tapedeck-bench-'));
  const path = join(folder, 'SPY.csv');
  writeFileSync(path, csvText(randomWalk('2013-01-02', '2018-01-02', 7), 'wall'));
  try {
    const { longestTaskMs } = await importInStudio(page, 'file-input', path);
    const limit = { name: 'limit', value: 50 };
    return [{ name: 'import in the studio, longest task', value: longestTaskMs, unit: 'ms', limit }];
  } finally {
    await rm(folder, { recursive: true });
  }
}

const maps = [
  { name: '20 years of one symbol', symbols: 1, from: '2003-01-02', to: '2022-12-30' },
  { name: '500 symbols of one year', symbols: 500, from: '2022-01-03', to: '2022-12-30' },
] as const;

async function drawnMaps(page: Page): Promise<Measure[]> {
  for (const { name, symbols, from, to } of maps)
    await page.evaluate((map) => window.bench.storeMap(...map), [name, symbols, from, to] as const);
  await page.goto(new URL(studioPath, page.url()).href);
  const measures: Measure[] = [];
  for (const { name } of maps) {
    await page.getByRole('button', { name: `Quality map of ${name}`, exact: true }).waitFor();
    const times: number[] = [];
    for (let n = 0; n < rounds; n++) {
      times.push(await page.evaluate(openedMap, name));
      await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
      await page.getByTestId('quality-map').waitFor({ state: 'detached' });
    }
    const limit = { name: 'limit', value: 1_000 };
    measures.push({ name: `quality map, ${name}, until it is drawn`, value: median(times), unit: 'ms', limit });
  }
  return measures;
}

/** In the page: milliseconds from the press on a dataset's Map until all that is in sight is drawn. */
async function openedMap(name: string): Promise<number> {
  const button = [...document.querySelectorAll('button')].find(
    (each) => each.getAttribute('aria-label') === `Quality map of ${name}`,
  )!;
  const began = performance.now();
  button.click();
  await new Promise<void>((resolve) => {
    const seen = new MutationObserver(() => {
      if (!document.querySelector('[data-testid=quality-map][data-whole=true]')) return;
      seen.disconnect();
      resolve();
    });
    seen.observe(document, { subtree: true, childList: true, attributes: true });
  });
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return performance.now() - began;
}
