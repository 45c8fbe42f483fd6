import { expect, type Locator, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import type { RunReport } from '../../src/session/report.ts';
import { isolated } from './hosts.ts';

export interface TextFile {
  readonly name: string;
  readonly text: string | Buffer;
}

/** Writes into a field and leaves it; Firefox tells of a change only where a user typed it. */
export async function write(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await field.dispatchEvent('change');
}

/** Types over what a field of a number has; filled, such a field keeps in Firefox what was there. */
export async function typeOver(field: Locator, value: string): Promise<void> {
  await field.press('ControlOrMeta+a');
  await field.pressSequentially(value);
}

/** The studio as its user has it: by the names and test ids that stay stable. */
export class Studio {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(address = isolated, hash = ''): Promise<this> {
    await this.page.goto(address + hash);
    await this.isState(/idle|ready/);
    return this;
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Chooses files, as in the file chooser; nothing is imported yet. */
  async choose(...files: (string | TextFile)[]): Promise<void> {
    const input = this.page.getByTestId('file-input');
    if (files.every((file) => typeof file === 'string')) return input.setInputFiles(files as string[]);
    await input.setInputFiles(
      (files as TextFile[]).map(({ name, text }) => ({
        name,
        mimeType: 'text/csv',
        buffer: Buffer.isBuffer(text) ? text : Buffer.from(text),
      })),
    );
  }

  /** Imports files as one dataset and waits until it is stored and listed. */
  async import(...files: (string | TextFile)[]): Promise<void> {
    const before = await this.page.getByTestId('dataset').count();
    await this.choose(...files);
    await this.page.getByRole('dialog').waitFor();
    await this.button('Import').click();
    await this.page.getByTestId('import-summary').waitFor();
    await expect(this.page.getByTestId('dataset')).toHaveCount(before + 1);
  }

  /** Goes on with the import if the preview of the chosen files offers it; a file may be refused before. */
  async importIfOffered(): Promise<void> {
    const offer = this.page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true });
    const ready = offer.and(this.page.locator(':enabled'));
    await expect(this.page.getByTestId('error').first().or(ready)).toBeVisible({ timeout: 60_000 });
    if (await ready.isVisible()) await ready.click();
  }

  dataset(name: string): Locator {
    return this.page.locator(`[data-testid=dataset][data-name="${name}"]`);
  }

  /** Applies a configuration as a link does: without a reload. */
  async configure(config: object): Promise<void> {
    await this.page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      `config=${encodeURIComponent(JSON.stringify(config))}`,
    );
    await expect(this.button('Play')).toBeEnabled();
  }

  async speed(value: string): Promise<void> {
    await this.page.getByLabel('Speed', { exact: true }).selectOption({ label: value });
  }

  async play(): Promise<void> {
    await this.button('Play').click();
  }

  async isState(state: string | RegExp, timeout = 20_000): Promise<void> {
    await expect(this.page.getByTestId('run-state')).toHaveAttribute('data-state', state, { timeout });
  }

  /** Plays to the end as fast as it goes; returns the fingerprint. */
  async playToEnd(): Promise<string> {
    // A run that is finished stands until Play is obeyed, which is after the press.
    const before = await this.page.evaluateHandle(() => {
      const state = document.querySelector('[data-testid=run-state]')!;
      const seen = { isLeft: false };
      new MutationObserver(() => (seen.isLeft = true)).observe(state, { attributeFilter: ['data-state'] });
      return seen;
    });
    await this.play();
    await this.page.waitForFunction(({ isLeft }) => isLeft, before);
    await this.isState('finished');
    return this.fingerprint();
  }

  async fingerprint(): Promise<string> {
    return (await this.page.getByTestId('fingerprint').textContent()) ?? '';
  }

  async report(): Promise<RunReport> {
    const download = this.page.waitForEvent('download');
    await this.button('Download report').click();
    return JSON.parse(await readFile(await (await download).path(), 'utf8')) as RunReport;
  }

  async error(): Promise<string> {
    await this.page.getByTestId('error').first().waitFor();
    return (await this.page.getByTestId('error').first().textContent()) ?? '';
  }
}
