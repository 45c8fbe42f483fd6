import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { headers, isolation } from '../../src/hosting/headers.ts';
import { plainHost, type PlainHost } from '../support/plain-host.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ahead, Foreign, type Abroad } from './foreign.ts';
import { isolated } from './hosts.ts';
import { leave, leavings, roadsAhead, roadsOut, roadsOutOfPage } from './roads-out.ts';
import { Studio } from './studio.ts';

declare global {
  interface Window {
    /** What the page's policy refused. */
    refused: string[];
    /** The workers that have tried all roads. */
    taken: string[];
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
      const blob = URL.createObjectURL(new Blob([''], { type: 'text/javascript' }));
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

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const workers = ['coordinator', 'library', 'sweep', 'upkeep'];

/**
 * The built site, whose page states no policy by itself, with each worker's script trying all roads before it does what it does. A page
 * that is open from inside has nothing of `public/roads.js`.
 */
async function haunted(sent: Record<string, string>, isShut: boolean, abroad: Abroad): Promise<PlainHost> {
  const host = await plainHost(dist, { headers: sent });
  const page = await readFile(`${dist}index.html`, 'utf8');
  host.add('index.html', page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''));
  if (!isShut) host.add('roads.js', '');
  const scripts = await readdir(`${dist}assets`);
  for (const name of workers) {
    const script = scripts.find((file) => file.startsWith(`${name}-`) && file.endsWith('.js'))!;
    const taken = `(${String(roadsOut)})(${JSON.stringify(abroad)},'${name}');new BroadcastChannel('taken').postMessage('${name}');\n`;
    host.add(`assets/${script}`, taken + (await readFile(`${dist}assets/${script}`, 'utf8')));
  }
  return host;
}

/** Plays a run and begins a sweep there, so that each worker starts, and takes the page's own roads. */
async function takeAllRoads(page: Page, { address }: PlainHost, abroad: Abroad): Promise<void> {
  await page.addInitScript(() => {
    window.taken = [];
    new BroadcastChannel('taken').onmessage = ({ data }) => window.taken.push(data as string);
  });
  const hash = `#config=${encodeURIComponent(JSON.stringify(set))}`;
  await (await new Studio(page).open(`${address}index.html`, hash)).playToEnd();
  await page.getByRole('tab', { name: 'Set-up', exact: true }).click();
  await page.locator('summary', { hasText: 'Strategy' }).first().click();
  await page.getByRole('button', { name: 'Sweep parameters' }).click();
  await page.getByRole('button', { name: 'Start sweep' }).click();
  await expect.poll(() => page.evaluate(() => [...new Set(window.taken)].sort())).toEqual(workers);
  for (const roads of [roadsOut, roadsOutOfPage, roadsAhead])
    await page.evaluate(`(${String(roads)})(${JSON.stringify(abroad)}, 'page') && undefined`);
}

/** Chromium asks for a manifest once somebody wants to know whether the page can be installed. */
async function askForManifest(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.getAppManifest');
  await session.detach();
}

/** What gets out where nothing is closed. A module has no importScripts, and a worker of another address nobody may start. */
const ofAll = ['blob-worker', 'events', 'fetch', 'font', 'import', 'socket', 'xhr'];
const ofPage = [
  ...['SVG image', 'audio', 'background', 'beacon', 'blank frame', 'border', 'constructed', 'css font', 'css import'],
  ...['css url', 'cursor', 'embed', 'feImage', 'form', 'frame with HTML', 'iframe', 'img', 'input', 'keepalive'],
  ...['module script', 'modulepreload', 'object', 'picture', 'poster', 'preload of a fetch', 'preload of a script'],
  ...['preload of an image', 'script', 'srcset', 'style attribute', 'stylesheet', 'track', 'video'],
];
const goesOut = [
  'transport',
  ...[...workers, 'page'].flatMap((from) => ofAll.map((road) => `${from}/${road}`)),
  ...ofPage.map((road) => `page/${road}`),
];
/** What Firefox does not do as it is set by default, or not under automation; it asks for no manifest. */
const inChromium = ['page/manifest', 'page/ping', 'page/prefetch', 'rtc'];
/** Chromium, as it is driven here, connects to nobody ahead of a need. */
const inFirefox = ahead.map((way) => `ahead/${way}`);
/** Who leaves a page takes along what the address says. */
const leaving = leavings.map((way) => `page/${way}`);

/** Takes each way in all pages at once, once the one before has told. */
async function leaveAll(pages: readonly { page: Page; abroad: Abroad }[], told: ReadonlySet<string>): Promise<void> {
  for (const way of leavings) {
    for (const { page, abroad } of pages)
      await page.evaluate(`setTimeout(() => (${String(leave)})(${JSON.stringify(abroad)}, 'page', '${way}'))`);
    await expect.poll(() => [...told], way).toContain(`page/${way}`);
  }
}

test('nothing gets out of the page and its workers by any road, and without the policies by each', async ({
  browser,
  browserName,
}) => {
  test.slow();
  const open = new Foreign();
  const closed = new Foreign();
  const closedByPolicies = new Foreign();
  const places = await Promise.all(
    (
      [
        [closed, headers, true],
        [closedByPolicies, headers, false],
        [open, isolation, false],
      ] as const
    ).map(async ([foreign, sent, isShut]) => {
      const abroad = await foreign.start();
      return { abroad, host: await haunted(sent, isShut, abroad) };
    }),
  );
  const contexts: BrowserContext[] = [];
  try {
    const visits: { page: Page; abroad: Abroad; refusals: () => Promise<string[]> }[] = [];
    const expected = [...goesOut, ...(browserName === 'chromium' ? inChromium : inFirefox)];
    // A worker may have ended before what it asked for was on its way: then there is another visit.
    await expect(async () => {
      for (const context of contexts.splice(0)) await context.close();
      visits.length = 0;
      for (const { host, abroad } of places) {
        const context = await browser.newContext({ serviceWorkers: 'block' });
        contexts.push(context);
        const page = await context.newPage();
        visits.push({ page, abroad, refusals: await watchRefusals(page) });
        await takeAllRoads(page, host, abroad);
        if (browserName === 'chromium') await askForManifest(page);
      }
      await expect.poll(() => expected.filter((road) => !open.hits.has(road)), { timeout: 10_000 }).toEqual([]);
    }).toPass();
    await leaveAll(visits, open.hits);
    expect([...closed.hits]).toEqual([]);
    // What the policies leave to the page to close.
    const left = browserName === 'chromium' ? [] : [...inFirefox, ...leaving];
    expect([...closedByPolicies.hits].filter((road) => !left.includes(road))).toEqual([]);
    expect((await visits[1]!.refusals()).length).toBeGreaterThan(ofPage.length);
  } finally {
    for (const foreign of [open, closed, closedByPolicies]) foreign.close();
    for (const context of contexts) await context.close();
    for (const { host } of places) await host.close();
  }
});

/** The one file has no headers: its policy stands in it, and the rest is up to the page in every browser. */
test('nothing gets out of the one file, and without what it closes from inside it does', async ({
  browser,
  browserName,
}) => {
  const shut = await readFile(fileURLToPath(oneFile), 'utf8');
  const closing = await readFile(`${dist}roads.js`, 'utf8');
  expect(shut).toContain(closing);
  const copy = join(temporaryFolder('one file '), 'tapedeck.html');
  await writeFile(copy, shut.replace(closing, ''));
  const open = new Foreign();
  const closed = new Foreign();
  const context = await browser.newContext();
  try {
    const visits: { page: Page; abroad: Abroad }[] = [];
    for (const [foreign, address] of [
      [closed, oneFile],
      [open, pathToFileURL(copy).href],
    ] as const) {
      const abroad = await foreign.start();
      const { page } = await new Studio(await context.newPage()).open(address);
      visits.push({ page, abroad });
      for (const roads of [roadsOut, roadsOutOfPage, roadsAhead])
        await page.evaluate(`(${String(roads)})(${JSON.stringify(abroad)}, 'page') && undefined`);
    }
    const expected = browserName === 'chromium' ? ['rtc'] : inFirefox;
    await expect.poll(() => expected.filter((road) => !open.hits.has(road))).toEqual([]);
    await leaveAll(visits, open.hits);
    expect([...closed.hits]).toEqual([]);
  } finally {
    for (const foreign of [open, closed]) foreign.close();
    await context.close();
  }
});
