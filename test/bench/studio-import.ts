import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { studioPath } from './chromium.ts';
import { traceFrames } from './frames.ts';

export interface StudioImport {
  /** From the press on Import to the summary. */
  readonly seconds: number;
  readonly longestTaskMs: number;
  /** How much more memory of its own the page's process had at most than before the files were chosen; undefined where `/proc` does not say. */
  readonly grownBytes: number | undefined;
  /** The summary's sentence. */
  readonly summary: string;
}

/** Milliseconds between two looks at a process's memory. */
const lookMs = 100;

/** How it comes to the page: a file that is chosen, or a folder that is dropped on it. */
export type Way = 'file-input' | 'drop';

/** An import in the studio itself, as its user does it: a file, or a folder, given to it and imported as it was understood. */
export async function importInStudio(page: Page, way: Way, path: string): Promise<StudioImport> {
  await page.goto(new URL(studioPath, page.url()).href);
  await page.locator('[data-testid=run-state]').waitFor();
  const memory = await ownMemory(page);
  const before = await memory();
  let most = before;
  let isOver = false;
  const watch = async (): Promise<void> => {
    while (!isOver) {
      await new Promise((resolve) => setTimeout(resolve, lookMs));
      const now = await memory();
      if (now !== undefined && most !== undefined) most = Math.max(most, now);
    }
  };
  const watching = watch();
  let began = 0;
  let seconds = 0;
  const summary = page.getByTestId('import-summary');
  try {
    const { longestTasksMs } = await traceFrames(page, async () => {
      if (way === 'drop') await drop(page, path);
      else await page.getByTestId(way).setInputFiles(path);
      const offer = page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true });
      await offer.click({ timeout: 120_000 });
      began = performance.now();
      await summary.waitFor({ timeout: 900_000 });
      seconds = (performance.now() - began) / 1_000;
    });
    isOver = true;
    await watching;
    return {
      ...{ seconds, longestTaskMs: longestTasksMs[0]!, summary: (await summary.textContent()) ?? '' },
      grownBytes: before === undefined || most === undefined ? undefined : most - before,
    };
  } finally {
    isOver = true;
  }
}

/** Drops a folder on the middle of the page, as a file manager does. */
async function drop(page: Page, path: string): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize()!;
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await client.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
}

/** Reads how much memory the browser's pages have for themselves alone, their workers' included. */
async function ownMemory(page: Page): Promise<() => Promise<number | undefined>> {
  const client = await page.context().browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await client?.send('SystemInfo.getProcessInfo')) ?? {};
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  return async () => {
    let bytes = 0;
    for (const id of pages) {
      const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
      bytes += Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) * 1024;
    }
    return Number.isNaN(bytes) || pages.length === 0 ? undefined : bytes;
  };
}
