import type { Page } from '@playwright/test';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomWalk } from '../support/synthetic.ts';
import type { Visits } from './chromium.ts';
import { csvText } from './csv-text.ts';
import { expectAnswer, type Measure } from './measure.ts';
import { importInStudio, type Way } from './studio-import.ts';

const fileBytes = 1_000_000_000;
const files = 2_000;

/** A gigabyte in one file that is chosen, and a folder of thousands that is dropped, imported in the studio. */
export async function bigIntake({ visit }: Visits): Promise<Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tapedeck-bench-'));
  try {
    const file = join(folder, 'gigabyte.csv');
    const bars = await writeBigFile(file);
    const ofFile = await visit((page) => measured(page, 'a file of 1 GB', 'file-input', file, bars));
    await rm(file);
    const many = join(folder, 'many');
    await mkdir(many);
    const ofFolder = await writeFolder(many);
    return [
      ...ofFile,
      ...(await visit((page) => measured(page, `a dropped folder of ${files} files`, 'drop', many, ofFolder))),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measured(
  page: Page,
  name: string,
  way: Way,
  path: string,
  written: { readonly bars: number; readonly bytes: number },
): Promise<Measure[]> {
  await emptyLibrary(page);
  const { seconds, longestTaskMs, grownBytes, summary } = await importInStudio(page, way, path);
  expectAnswer(`bars of ${name}`, summary.includes(`${written.bars.toLocaleString('en-US')} one-minute bars`), true);
  return [
    { name: `import of ${name}`, value: written.bytes / 1e6 / seconds, unit: 'MB/s' },
    {
      name: `import of ${name}, longest task`,
      ...{ value: longestTaskMs, unit: 'ms', limit: { name: 'limit', value: 50 } },
    },
    ...(grownBytes === undefined
      ? []
      : [
          {
            name: `import of ${name}, the page's process grows by`,
            ...{ value: grownBytes / 1e6, unit: 'MB', limit: { name: 'limit', value: 200 } },
          },
        ]),
  ];
}

/** What was imported before would be made ready to run by the page, while the memory is looked at. */
async function emptyLibrary(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await client.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb,local_storage' });
}

/** Symbol after symbol, each of twenty years, until the file is large enough. */
async function writeBigFile(path: string): Promise<{ bars: number; bytes: number }> {
  const columns = randomWalk('2004-01-02', '2023-12-29', 7);
  const [head, ...lines] = csvText(columns, 'iso').trimEnd().split('\n');
  const out = createWriteStream(path);
  out.write(`symbol,${head}\n`);
  let symbols = 0;
  while (out.bytesWritten < fileBytes) {
    const symbol = `S${String(symbols++).padStart(3, '0')}`;
    if (!out.write(`${lines.map((line) => `${symbol},${line}`).join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return { bars: columns.count * symbols, bytes: (await stat(path)).size };
}

/** Two weeks of a symbol each. */
async function writeFolder(folder: string): Promise<{ bars: number; bytes: number }> {
  const columns = randomWalk('2022-01-03', '2022-01-14', 3);
  const text = csvText(columns, 'iso');
  for (let n = 0; n < files; n++) await writeFile(join(folder, `T${String(n).padStart(4, '0')}.csv`), text);
  return { bars: columns.count * files, bytes: text.length * files };
}
