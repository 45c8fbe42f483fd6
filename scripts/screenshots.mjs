import { mkdirSync, statSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from './browsers.mjs';

/** Makes the README's pictures in docs/ from the built page, with the sample on the deck. `npm run screenshots` builds before. */
const folder = 'docs';
const limitBytes = 1_500_000;
const wide = { width: 1440, height: 860 };
const narrow = { width: 390, height: 800 };

let bytes = 0;

async function picture(of, name) {
  const path = `${folder}/${name}.png`;
  await of.screenshot({ path, animations: 'disabled' });
  const { size } = statSync(path);
  bytes += size;
  console.log(`${path}: ${Math.round(size / 1_000)} kB`);
}

const button = (page, name) => page.getByRole('button', { name, exact: true });
const state = (page, name) => page.locator(`[data-testid=run-state][data-state=${name}]`).waitFor();

/** The page of a first visit on which the sample begins to play. */
async function playingSample(browser, address) {
  const page = await browser.newPage({ viewport: wide, colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.goto(address);
  await button(page, 'Try the sample').click();
  await state(page, 'playing');
  return page;
}

/** Plays to a time of the market and stands there. */
async function playTo(page, date, time) {
  await button(page, 'Go to').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Date').fill(date);
  await dialog.getByLabel(/^Time/).fill(time);
  await button(dialog, 'Go there').click();
  await state(page, 'paused');
}

/** A file as it often comes: date and time apart, on some wall clock, with a column that nobody needs. */
function csv() {
  const lines = ['Date,Time,Open,High,Low,Close,Volume,Trades'];
  for (let minute = 0; minute < 390; minute++) {
    const clock = 570 + minute;
    const time = [Math.floor(clock / 60), clock % 60].map((part) => String(part).padStart(2, '0')).join(':');
    const open = 4_200 + ((minute * 37) % 29);
    const prices = [open, open + 6, open - 5, open + 2].map((cents) => (cents / 100).toFixed(2));
    lines.push(`2024-11-27,${time}:00,${prices.join()},${900 + ((minute * 71) % 400)},${12 + (minute % 9)}`);
  }
  return `${lines.join('\n')}\n`;
}

async function pictures(browser, address) {
  const page = await playingSample(browser, address);
  await playTo(page, '2024-10-25', '10:10');
  await page.getByRole('tab', { name: /^Gaps/ }).click();
  await page.getByRole('row').filter({ hasText: 'filled from backup' }).first().waitFor();
  await picture(page, 'gaps');

  await page.getByRole('tab', { name: /^Quality/ }).click();
  const brisk = { data: { dataset: 'sample', fillFrom: ['backup'] }, replay: { speed: 20_000 } };
  await page.evaluate((hash) => (location.hash = hash), `config=${encodeURIComponent(JSON.stringify(brisk))}`);
  await state(page, 'ready');
  await button(page, 'Play').click();
  await page.getByTestId('clock').filter({ hasText: '6 Nov' }).waitFor({ timeout: 60_000 });
  await playTo(page, '2024-11-06', '13:10');
  await page.getByLabel('Speed', { exact: true }).selectOption({ label: '60×' });
  await button(page, 'Play').click();
  await state(page, 'playing');
  await page.getByTestId('clock').filter({ hasText: '13:11' }).waitFor();
  await picture(page, 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.getByTestId('clock').filter({ hasText: '13:13' }).waitFor();
  await picture(page, 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(narrow);
  await page.getByTestId('clock').filter({ hasText: '13:15' }).waitFor();
  await picture(page, 'narrow');
  await page.close();

  const import_ = await browser.newPage({ viewport: wide, colorScheme: 'light', reducedMotion: 'reduce' });
  await import_.goto(address);
  await import_
    .getByTestId('file-input')
    .setInputFiles({ name: 'DELT.csv', mimeType: 'text/csv', buffer: Buffer.from(csv()) });
  const dialog = import_.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Import', exact: true }).waitFor();
  await picture(dialog, 'import');
  await import_.close();
}

mkdirSync(folder, { recursive: true });
const found = await findBrowser('chromium');
if (!found) throw new Error('There is no Chromium here; npm test installs one');
const server = await preview({ preview: { host: '127.0.0.1', port: 0 }, logLevel: 'warn' });
const browser = await chromium.launch(found);
try {
  await pictures(browser, server.resolvedUrls.local[0]);
} finally {
  await browser.close();
  await server.close();
}
if (bytes > limitBytes) throw new Error(`The pictures have ${bytes} bytes together; they may have ${limitBytes}`);
