import { expect, test } from '@playwright/test';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { zipArchive } from '../support/zip-archive.ts';
import { Studio } from './studio.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const text = barsCsv(randomWalk('2024-03-07', '2024-03-08', 3));
const half = text.indexOf('\n', text.length / 2) + 1;

test('zip, gzip of several members and UTF-16 give the bars of the plain file', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import({ name: 'SPY.csv', text });
  const plain = await page.getByTestId('dataset').getAttribute('data-sha256');
  const packed: [string, Buffer][] = [
    [
      'SPY.zip',
      zipArchive([
        { path: 'SPY_1.csv', content: text.slice(0, half) },
        { path: 'SPY_2.csv', content: `${text.slice(0, text.indexOf('\n') + 1)}${text.slice(half)}`, isStored: true },
        { path: 'read me.md', content: 'x' },
      ]),
    ],
    ['SPY.csv.gz', Buffer.concat([gzipSync(text.slice(0, half + 9)), gzipSync(text.slice(half + 9))])],
    ['SPY.csv', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ];
  for (const [name, bytes] of packed) {
    await studio.choose({ name, text: bytes });
    await page.getByRole('dialog').waitFor();
    if (name === 'SPY.zip') {
      await expect(page.getByRole('dialog')).toContainText('These 2 files will become one dataset');
      await expect(page.getByRole('dialog')).toContainText('Read alike, and changed alike: SPY.zip/SPY_2.csv');
    }
    await studio.button('Import').click();
    await expect(page.getByTestId('import-summary')).toContainText('were here already');
    await expect(page.getByTestId('dataset')).toHaveCount(1);
    await expect(page.getByTestId('dataset')).toHaveAttribute('data-sha256', plain!);
    if (name === 'SPY.zip') await expect(page.getByTestId('import-summary')).toContainText('1 file was not read');
    await studio.button('Dismiss the summary').click();
  }
});

test('a zip that is cut short or has an encrypted file is refused by name, and nothing is stored', async ({ page }) => {
  const studio = await new Studio(page).open();
  const whole = zipArchive([{ path: 'A.csv', content: text }]);
  await studio.choose({ name: 'cut.zip', text: whole.subarray(0, whole.length - 30) });
  expect(await studio.error()).toMatch(/cut\.zip is a zip archive that is cut short/);
  await studio.choose({ name: 'locked.zip', text: zipArchive([{ path: 'A.csv', content: text, isEncrypted: true }]) });
  await expect(page.getByTestId('error')).toContainText('locked.zip has the file A.csv, which is encrypted');
  await expect(page.getByTestId('dataset')).toHaveCount(0);
});

test('a folder of hundreds of archives is one dataset under its name', async ({ page, browserName }) => {
  const folder = join(temporaryFolder(), 'minute');
  await mkdir(join(folder, 'spy'), { recursive: true });
  const [head, ...lines] = text.trimEnd().split('\n');
  await writeFile(join(folder, '.hidden'), 'x');
  for (let i = 0; i < 300; i++)
    await writeFile(
      join(folder, 'spy', `${1_000 + i}.zip`),
      zipArchive([{ path: 'SPY.csv', content: `${head}\n${lines[i]}\n` }]),
    );
  const studio = await new Studio(page).open();
  // Playwright cannot choose a folder in a Firefox of the system: there the archives are chosen themselves.
  const asFiles = browserName === 'firefox';
  const archives = (await readdir(join(folder, 'spy'))).map((name) => join(folder, 'spy', name));
  if (asFiles) await page.getByTestId('file-input').setInputFiles(archives);
  else await page.getByTestId('folder-input').setInputFiles(folder);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('from the beginnings of 12 of them');
  await studio.button('Import').click();
  await expect(page.getByTestId('import-summary')).toContainText('300 files: 600 records');
  await expect(page.getByTestId('dataset')).toHaveAttribute('data-name', asFiles ? '1000' : 'minute');
  await expect(page.getByTestId('dataset')).toHaveAttribute('data-bars', '300');
});

test('hundreds of files, each read in pieces, are one dataset; those that are chosen meanwhile are refused', async ({
  page,
}) => {
  const folder = temporaryFolder();
  const many = barsCsv(randomWalk('2024-03-04', '2024-03-15', 3));
  const paths = Array.from({ length: 500 }, (_, i) => join(folder, `T${1_000 + i}.csv`));
  for (const path of paths) await writeFile(path, many);
  const studio = await new Studio(page).open();
  await page.getByTestId('file-input').setInputFiles(paths);
  await page.getByRole('dialog').waitFor();
  await studio.button('Import').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await studio.choose({ name: 'later.csv', text });
  expect(await studio.error()).toMatch(
    /“later\.csv” was not imported.*Another import is running; wait for it or cancel it/s,
  );
  await expect(page.getByTestId('import-summary')).toContainText('500 files', { timeout: 60_000 });
  await expect(page.getByTestId('dataset')).toHaveAttribute('data-bars', String(500 * 3_900));
});
