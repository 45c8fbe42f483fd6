import { expect, test, type Page } from '@playwright/test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isolated } from './hosts.ts';
import { Studio } from './studio.ts';

declare global {
  interface Window {
    /** What the page's policy refused. */
    refused: string[];
  }
}

const oneFile = pathToFileURL(fileURLToPath(new URL('../../dist/tapedeck.html', import.meta.url))).href;

const set = {
  data: { dataset: 'sample', fillFrom: ['backup'], from: '2024-11-04', to: '2024-11-06' },
  replay: { speed: 'max' },
  strategy: { name: 'SMA cross', params: {} },
};

/** What policies refuse from now on, in the page and, as the browser says it, in workers. */
async function watchRefusals(page: Page): Promise<() => Promise<string[]>> {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(String(error)));
  await page.addInitScript(() => {
    window.refused = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      window.refused.push(`${effectiveDirective} ${blockedURI} ${sample}`),
    );
  });
  return async () => [...(await page.evaluate(() => window.refused)), ...said];
}

/** What somebody does in a visit, in each part of the page that makes elements, workers or documents. */
async function visit(studio: Studio): Promise<void> {
  const { page } = studio;
  await studio.playToEnd();
  await expect(page.getByTestId('chart').locator('canvas').first()).toBeVisible();
  await page.getByRole('tab', { name: 'Results', exact: true }).click();
  await page.getByRole('tab', { name: 'Trading', exact: true }).click();
  await page.getByRole('tab', { name: /^Gaps/ }).click();

  await page.getByRole('button', { name: 'More', exact: true }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save report as a page' }).click();
  expect((await saved).suggestedFilename()).toMatch(/\.html$/);

  await page.getByRole('button', { name: 'Quality map of sample', exact: true }).click();
  await expect(page.getByTestId('quality-map')).toHaveAttribute('data-whole', 'true');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('h');
  const docs = page.getByRole('dialog', { name: 'Documentation' });
  await docs.getByLabel('Search the documentation').fill('given up');
  await expect(docs.getByRole('heading', { level: 5 })).toHaveText(['upkeep.maxRetries']);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.getByRole('tab', { name: 'Set-up', exact: true }).click();
  await page.locator('summary', { hasText: 'Strategy' }).first().click();
  await page.getByRole('button', { name: 'Write a strategy…' }).click();
  await expect(page.getByTestId('code-faults')).toContainText('No faults found');
  await page.getByRole('button', { name: 'Use in the set-up' }).click();
  await studio.playToEnd();
}

for (const [where, address] of [
  ['the hosted page', isolated],
  ['the one file', oneFile],
] as const)
  test(`${where}: a visit needs nothing that its policy refuses, and no text becomes HTML or a script`, async ({
    page,
  }) => {
    const refusals = await watchRefusals(page);
    const studio = await new Studio(page).open(address, `#config=${encodeURIComponent(JSON.stringify(set))}`);
    await visit(studio);
    expect(await refusals()).toEqual([]);

    const outcome = await page.evaluate(async () => {
      const types = (window as { trustedTypes?: { createPolicy(name: string, rules: object): unknown } }).trustedTypes;
      if (!types) return undefined;
      const element = document.createElement('div');
      const blob = URL.createObjectURL(new Blob(['']));
      const attempts: Record<string, () => unknown> = {
        html: () => (element.innerHTML = '<b>'),
        handler: () => element.setAttribute('onclick', 'alert()'),
        script: () => (document.createElement('script').text = 'alert()'),
        address: () => (document.createElement('script').src = 'theme.js'),
        frame: () => (document.createElement('iframe').srcdoc = '<b>'),
        document: () => document.write('<b>'),
        worker: () => new Worker(blob),
        evaluation: () => setTimeout('alert()'),
        'another policy': () => types.createPolicy('other', {}),
        'a default policy': () => types.createPolicy('default', { createHTML: (text: string) => text }),
        'the policy again': () => types.createPolicy('tapedeck-scripts', {}),
      };
      const taken: string[] = [];
      for (const [name, attempt] of Object.entries(attempts))
        try {
          await attempt();
          taken.push(name);
        } catch {
          // Refused.
        }
      return { tried: Object.keys(attempts).length, taken };
    });
    // Browsers that do not know Trusted Types take it all.
    if (!outcome) return;
    expect(outcome.taken).toEqual([]);
    expect((await refusals()).length).toBeGreaterThan(outcome.tried / 2);
  });
