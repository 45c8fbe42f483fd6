import { expect, test, type Page } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/cli/run.ts';
import { sandboxFrame } from '../../src/hosting/sandbox.ts';
import type { RunReport } from '../../src/session/report.ts';
import { Foreign, type Abroad } from './foreign.ts';
import { isolated, plain } from './hosts.ts';
import { allow, attackFromWithin, attackOn, cross, data, haveOwn, replay } from './own-code.ts';
import { Studio } from './studio.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What the terminal makes of the same code. */
async function inTerminal(text: string): Promise<RunReport> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ data }));
  writeFileSync(join(folder, 'cross.js'), text);
  const { report } = await run(join(folder, 'config.json'), [], () => undefined, join(folder, 'cross.js'));
  return JSON.parse(report) as RunReport;
}

test('foreign code is shown first, runs in a frame when it is allowed, and comes to what own code and the terminal come to', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.configure({ data, replay });
  await allow(studio, 'cross', cross);
  const { fingerprint, trades, config } = await inTerminal(cross);
  expect(await studio.playToEnd()).toBe(fingerprint);
  const frames = (): number => page.frames().length - 1;
  expect(frames()).toBe(1);
  const report = await studio.report();
  expect(report.trades).toEqual(trades);
  expect(report.trades!.length).toBeGreaterThan(10);
  expect(report.config.strategy).toEqual(config.strategy);

  // Run as what was written here, it has no frame.
  await haveOwn(studio, 'cross', cross);
  expect(await studio.playToEnd()).toBe(fingerprint);
  await expect.poll(frames).toBe(0);

  // A link has the hash and not the code: where the code is not, it says so.
  const hash = `config=${encodeURIComponent(JSON.stringify({ data, strategy: { ...config.strategy, code: `sha256:${'0'.repeat(64)}` } }))}`;
  await page.evaluate((next) => (location.hash = next), hash);
  await expect(page.getByTestId('error')).toContainText('The set-up needs code that is not here: cross');
});

test('the editor marks what is wrong at its line, Escape and Tab leave it, and errors of a run come back to it', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.configure({ data, replay });
  await page.getByRole('tab', { name: 'Set-up', exact: true }).click();
  await page.locator('summary', { hasText: 'Strategy' }).first().click();
  await page.getByRole('button', { name: 'Write a strategy…' }).click();
  const editor = page.getByRole('textbox', { name: 'Code' });
  await editor.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('fetch');
  await expect(page.getByTestId('code-faults')).toContainText('fetch is not there: own code has no network');
  await expect(page.locator('.cm-lint-marker-error')).toHaveCount(1);
  await page.keyboard.press('Control+a');
  // Typed, as Firefox under automation puts a line of its own before a text that is inserted at once.
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await page.keyboard.type('function bar(desk) { if (desk.mayOrder()) null.x }');
  await expect(page.getByTestId('code-faults')).toContainText('No faults found');
  // The first closes the list that writing may have opened.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(editor).not.toBeFocused();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('button', { name: 'Use in the set-up' }).click();
  await studio.playToEnd();
  await expect(page.getByTestId('run-state')).toHaveText(/Finished, \d+ sessions? failed/);
  await expect(page.getByTestId('error')).toContainText(/ failed\..*: line 2, column \d+: TypeError: /);
  await page.getByRole('button', { name: 'Edit code' }).click();
  await expect(page.getByTestId('code-faults')).toContainText(/In the last run: line 2, column \d+ TypeError/);
});

const loop = 'let n = 0\nfunction bar() {\n  while (n >= 0) {\n    n++\n  }\n}';
const bomb = "function bar() {\n  return /^(a+)+$/.test('a'.repeat(40) + '!')\n}";

const [ofLoop, ofBomb] = [
  [loop, 3],
  [bomb, 2],
] as const;

for (const [whose, have, rounds] of [
  ['own', haveOwn, [['shared', isolated, [ofLoop, ofBomb]]]],
  [
    'foreign',
    allow,
    [
      ['shared', isolated, [ofLoop]],
      ['single', plain, [ofBomb]],
    ],
  ],
] as const)
  test(`a runaway of ${whose} code is stopped and named with its line: a loop, and what the engine itself is at`, async ({
    page,
  }) => {
    for (const [mode, address, runaways] of rounds) {
      const studio = await new Studio(page).open(address);
      await expect(page.getByTestId('isolation')).toHaveAttribute('data-mode', mode);
      await studio.configure({ data, replay });
      for (const [text, line] of runaways) {
        await have(studio, 'runaway', text);
        await studio.play();
        await studio.isState('failed');
        await expect(page.getByTestId('error')).toContainText(`line ${line}, column 1: the strategy did not come back`);
      }
      // The page is there all along.
      await page.getByRole('tab', { name: 'Library', exact: true }).click();
      await expect(page.getByTestId('dataset')).toHaveCount(1);
    }
  });

test('own code whose hooks are slow and come back goes on, also where nobody can look at it and its line stays the same', async ({
  page,
}) => {
  const slow = 'let n = 0\nfunction bar() {\n  for (let i = 0; i < 5e5; i++) n += i\n}';
  const studio = await new Studio(page).open(plain);
  const session = { end: '10:40' };
  await studio.configure({ data, replay, session });
  await haveOwn(studio, 'slow', slow, { session });
  await studio.play();
  await studio.isState(/finished|failed/, 60_000);
  await studio.isState('finished');
});

const foreign = new Foreign();
let abroad: Abroad;
/** Where what is asked for is a hit. */
let base = '';
test.beforeAll(async () => {
  abroad = await foreign.start();
  base = `${abroad.http}frame/`;
});
test.afterAll(() => foreign.close());

test('own code finds no road out, also past what is refused; without the closed scope it finds them', async ({
  page,
  context,
}) => {
  await attackFromWithin(page, abroad, 'if(n===1)desk.buy(0,{size:1+found.length})');
  const studio = await new Studio(page).open();
  await haveOwn(studio, 'cross', cross, { broker: { cash: 1e6, finalizeTrades: true } });
  await studio.playToEnd();
  const { trades } = await studio.report();
  // It came to its end, and found nothing: a unit more for each road.
  expect(trades!.map(({ size }) => size)).toEqual([1]);
  expect([...foreign.hits]).toEqual([]);

  const control = await context.newPage();
  await control.goto(`${plain}icon.svg`);
  const roads = await control.evaluate(
    (code) =>
      new Promise<string[]>((resolve) => {
        const worker = new Worker(URL.createObjectURL(new Blob([`${code}postMessage(found)`])));
        worker.onmessage = ({ data: found }) => resolve(found as string[]);
      }),
    attackOn(abroad),
  );
  expect(roads).toEqual(expect.arrayContaining(['fetch', 'WebSocket', 'importScripts', 'indexedDB', 'Math']));
  for (const road of ['fetch', 'xhr', 'socket', 'events', 'scripts', 'import'])
    await expect.poll(() => [...foreign.hits], road).toContain(`own code/${road}`);
});

/** What code finds in the frame, with no engine before it and nothing closed: the frame itself has to hold it. */
async function tryRoads(page: Page): Promise<Record<string, string>> {
  const owner = page.frames()[1]!;
  const inFrame = await owner.evaluate(() => {
    const outcome = (road: () => unknown): string => {
      try {
        road();
        return 'open';
      } catch (thrown) {
        return (thrown as Error).name;
      }
    };
    return {
      parent: outcome(() => window.parent.document),
      localStorage: outcome(() => localStorage.length),
      cookie: outcome(() => document.cookie),
      navigation: outcome(() => {
        window.parent.location.href = 'about:blank';
      }),
    };
  });
  return inFrame;
}

test('a frame of foreign code holds it by itself: storage, network and the page are out of reach', async ({ page }) => {
  for (const address of [isolated, plain]) {
    await new Studio(page).open(address);
    const said = await page.evaluate(
      ([html, target]) =>
        new Promise<Record<string, string>>((resolve) => {
          const roads = `const tried={};
          const road=async(name,go)=>{try{await go();tried[name]='open'}catch(thrown){tried[name]=thrown.name}};
          const open=()=>new Promise((done,fail)=>{const asked=indexedDB.open('tapedeck');asked.onsuccess=done;asked.onerror=()=>fail(asked.error)});
          const socket=()=>new Promise((done,fail)=>{const made=new WebSocket('${target!.replace('http', 'ws')}socket');made.onopen=done;made.onerror=()=>fail(new Error())});
          (async()=>{
            await road('fetch',()=>fetch('${target}fetch'));
            await road('page',()=>fetch('${location.href}'));
            await road('importScripts',()=>importScripts('${target}scripts'));
            await road('import',()=>import('${target}import'));
            await road('socket',socket);
            await road('eval',()=>eval('1'));
            await road('indexedDB',open);
            await road('caches',()=>caches.open('tapedeck'));
            postMessage(tried)})()`;
          const { trustedTypes: types } = window as unknown as {
            trustedTypes?: { createPolicy(name: string, rules: object): { createHTML(text: string): string } };
          };
          // The page has not made it yet: it comes with the first foreign code.
          const policy = types?.createPolicy('tapedeck-sandbox', { createHTML: (text: string) => text });
          const host = document.createElement('div');
          host.innerHTML = policy?.createHTML(html!) ?? html!;
          const frame = host.firstElementChild as HTMLIFrameElement;
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = ({ data: { said } }) => resolve(said);
          frame.onload = () => frame.contentWindow!.postMessage(roads, '*', [port2]);
          document.body.append(host);
        }),
      [sandboxFrame, base] as const,
    );
    expect(Object.keys(said)).toHaveLength(8);
    expect(Object.entries(said).filter(([, outcome]) => outcome === 'open')).toEqual([]);
    const inFrame = await tryRoads(page);
    expect(Object.entries(inFrame).filter(([, outcome]) => outcome === 'open')).toEqual([]);
    // What another test's control sent may still be on its way.
    expect([...foreign.hits].filter((hit) => hit.startsWith('frame/'))).toEqual([]);
  }
});
