import { expect, test } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk, seeded } from '../support/synthetic.ts';
import { smallDiskPage } from './small-disk.ts';
import { isolated } from './hosts.ts';
import { Studio } from './studio.ts';

const good = barsCsv(randomWalk('2024-03-07', '2024-03-08', 3));
const head = 'timestamp,open,high,low,close,volume\n';
const zipped = gzipSync(good);

/** What is dropped on the page, and what its error must name. */
const refused: [string, string, string | Buffer, RegExp][] = [
  ['an empty file', 'empty.csv', '', /empty\.csv.*empty/is],
  ['a binary file', 'photo.csv', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7) % 256)), /photo\.csv/],
  ['prose', 'letter.csv', 'Dear reader,\nthis is not a table of anything.\nYours\n', /letter\.csv/],
  ['no time column', 'untimed.csv', 'open,high,low,close,volume\n1,2,1,2,5\n', /untimed\.csv.*time/is],
  [
    'no price column',
    'unpriced.csv',
    'timestamp,volume\n2024-03-07T14:30:00Z,5\n',
    /unpriced\.csv.*(price|open|close)/is,
  ],
  ['only impossible bars', 'upside.csv', `${head}2024-03-07T14:30:00Z,5,4,6,5,1\n`, /upside\.csv/],
  ['a truncated gzip', 'cut.csv.gz', zipped.subarray(0, zipped.length - 400), /cut\.csv\.gz/],
];

for (const [what, name, text, message] of refused)
  test(`${what} is refused with its name, and the library is as it was`, async ({ page }) => {
    const studio = await new Studio(page).open();
    await studio.import({ name: 'GOOD.csv', text: good });
    await studio.choose({ name, text });
    await studio.importIfOffered();
    expect(await studio.error()).toMatch(message);
    await expect(page.getByTestId('dataset')).toHaveCount(1);
    await page.reload();
    await expect(page.getByTestId('dataset')).toHaveCount(1);
    await expect(page.getByTestId('dataset')).toHaveAttribute('data-name', 'GOOD');
  });

test('rejected, repeated and disordered records are counted and said', async ({ page }) => {
  const studio = await new Studio(page).open();
  const lines = good.trimEnd().split('\n');
  const [first, second, third] = [lines[1]!, lines[2]!, lines[3]!];
  const bad = [
    '2024-03-07T15:00:00Z,NaN,2,1,1.5,10',
    '2024-03-07T15:01:00Z,-1,2,1,1.5,10',
    '2024-03-07T15:02:00Z,2,1,3,2,10',
    '2024-03-07T15:03:00Z,2',
    'yesterday,1,2,1,1.5,10',
  ];
  const text = [
    lines[0],
    second,
    first,
    third,
    first,
    third.replace(/,[0-9]+$/, ',1'),
    '',
    ...bad,
    ...lines.slice(4),
  ].join('\n');
  await studio.import({ name: 'MIXED.csv', text });
  const summary = page.getByTestId('import-summary');
  await expect(summary).toContainText('rejected');
  await expect(page.getByTestId('dataset')).toHaveAttribute('data-bars', String(lines.length - 1));
  const words = (await summary.textContent()) ?? '';
  for (const part of [/rejected\D*5/, /same bar again\D*1/, /contradict another one\D*1/, /blank\D*1/, /sorted/i])
    expect(words).toMatch(part);
});

test('a line of 100 MB gives an error and leaves the page alive', async ({ page }) => {
  test.setTimeout(120_000);
  const studio = await new Studio(page).open();
  await page.evaluate((headText) => {
    const input = document.querySelector<HTMLInputElement>('[data-testid=file-input]')!;
    const files = new DataTransfer();
    const part = '1234567890'.repeat(1_000_000);
    files.items.add(new File([headText, ...Array.from({ length: 10 }, () => part)], 'long.csv'));
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, head);
  await studio.importIfOffered();
  expect(await studio.error()).toMatch(/long\.csv.*no line end/s);
  await studio.import({ name: 'GOOD.csv', text: good });
});

test('two tabs import at once: both datasets are there, with names of their own', async ({ context }) => {
  const [a, b] = await Promise.all([0, 1].map(async () => new Studio(await context.newPage()).open(isolated)));
  await a!.choose({ name: 'TWIN.csv', text: good });
  await b!.choose({ name: 'TWIN.csv', text: barsCsv(randomWalk('2024-03-07', '2024-03-08', 4)) });
  await Promise.all([a!.page.getByRole('dialog').waitFor(), b!.page.getByRole('dialog').waitFor()]);
  await Promise.all([a!.button('Import').click(), b!.button('Import').click()]);
  await Promise.all([a, b].map((studio) => studio!.page.getByTestId('import-summary').waitFor()));
  for (const studio of [a!, b!]) {
    await expect(studio.dataset('TWIN')).toBeVisible();
    await expect(studio.dataset('TWIN 2')).toBeVisible();
  }
});

test('storage that is full gives an error, and nothing partial', async ({
  playwright,
  browserName,
  launchOptions,
  channel,
}) => {
  test.setTimeout(120_000);
  const page = await smallDiskPage({ playwright, browserName, launchOptions, channel }, isolated);
  const studio = await new Studio(page).open();
  await studio.import({ name: 'GOOD.csv', text: good });
  const big = randomWalk('2023-01-02', '2023-12-29', 9);
  const noise = seeded(11);
  // Prices that no codec makes smaller, on the machine's disk or in the browser's files.
  for (let i = 0; i < big.count; i++) big.open[i] = big.low[i]! + noise() * (big.high[i]! - big.low[i]!);
  for (const column of [big.high, big.low, big.close, big.volume])
    for (let i = 0; i < big.count; i++) column[i] = column[i]! * (1 + (column === big.low ? -0.1 : 0.1) * noise());
  for (let i = 0; i < big.count; i++) big.close[i] = big.open[i]!;
  await studio.choose({ name: 'BIG.csv', text: barsCsv(big) });
  await studio.importIfOffered();
  expect(await studio.error()).toMatch(/storage is full/i);
  await page.reload();
  await expect(page.getByTestId('dataset')).toHaveCount(1);
  await page.context().browser()!.close();
});
