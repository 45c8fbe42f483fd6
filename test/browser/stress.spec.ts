import { expect, test, type Page } from '@playwright/test';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { isolation } from '../../src/hosting/headers.ts';
import { layoutVersion, layoutOf, magic, Word } from '../../src/memory/layout.ts';
import { stressLimits, stressText, type StressAnswer } from '../support/stress.ts';
import { hauntedShape } from './haunted.ts';

/** The workers of these tests as one classic script, which the page starts from a blob. */
async function workerScript(): Promise<string> {
  const entry = fileURLToPath(new URL('stress-worker.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'stress', fileName: 'stress' } },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (!first || !('output' in first)) throw new Error('the worker was not built');
  return first.output[0].code;
}

test.describe.configure({ mode: 'serial', timeout: 600_000 });

/** An isolated page with nothing on it: the studio's own lets nobody but itself start workers. */
const empty = createServer((_, response) => {
  for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
  response.setHeader('Content-Type', 'text/html');
  response.end('<!doctype html><title>Stress</title>');
});

let script: string;
test.beforeAll(async () => {
  script = await workerScript();
  await new Promise<void>((resolve) => empty.listen(0, '127.0.0.1', resolve));
});
test.afterAll(() => void empty.close());

async function openIsolated(page: Page): Promise<void> {
  await page.goto(`http://127.0.0.1:${(empty.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => crossOriginIsolated);
}

test('checked reads beside a writer at full speed are whole; bars rewritten in place without a protocol are not', async ({
  page,
  browserName,
}) => {
  await openIsolated(page);
  const { reads, seconds } = stressLimits();
  const found = await page.evaluate(
    ([code, order]) =>
      new Promise<StressAnswer>((resolve, reject) => {
        const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = ({ data }: MessageEvent<StressAnswer>) => resolve(data);
        worker.postMessage(order);
      }),
    [script, { kind: 'read', reads, seconds }] as const,
  );
  console.log(stressText(browserName, found));
  expect(found.torn).toBe(0);
  expect(found.reads).toBeGreaterThan(1e6);
  expect(found.metrics).toBeGreaterThan(100);
  expect(found.sessions).toBeGreaterThan(100);
  expect(found.controlTorn, 'bars of the control that were torn').toBeGreaterThan(0);
});

const restarts = 100;

interface Haunting {
  /** Words of live blocks that another worker than their own has written. */
  foreign: number;
  /** Old workers that wrote on, into their own blocks, after they were terminated. */
  wroteOn: number;
  /** Workers that were still writing when the watch ended. */
  alive: number;
}

/**
 * Starts a worker 100 times over one that was terminated while it writes all over its block, each in a block of its own or,
 * as the control, all in one. The live block is looked through before each restart and until every old worker is dead.
 */
function haunt(page: Page, fresh: boolean): Promise<Haunting> {
  const { bytes, header } = layoutOf(hauntedShape);
  const order = {
    code: script,
    fresh,
    restarts,
    bytes,
    magic,
    layoutVersion,
    rest: header.cells,
    beat: Word.coordinatorBeat,
  };
  return page.evaluate(async (given) => {
    const script = URL.createObjectURL(new Blob([given.code], { type: 'text/javascript' }));
    const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
    const blockFor = (): SharedArrayBuffer => {
      const buffer = new SharedArrayBuffer(given.bytes);
      const words = new Int32Array(buffer);
      words[0] = given.magic;
      words[1] = given.layoutVersion;
      return buffer;
    };
    const beat = (buffer: SharedArrayBuffer): number => Atomics.load(new Int32Array(buffer), given.beat);
    const blocks: { buffer: SharedArrayBuffer; beats: number }[] = [];
    let foreign = 0;
    let wroteOn = 0;
    const look = (buffer: SharedArrayBuffer, owner: number): void => {
      for (const word of new Int32Array(buffer, given.rest)) if (word !== 0 && word !== owner) foreign++;
    };
    let buffer = blockFor();
    let worker: Worker | undefined;
    for (let owner = 1; owner <= given.restarts; owner++) {
      worker?.terminate();
      if (worker) blocks.push({ buffer, beats: beat(buffer) });
      if (given.fresh) buffer = blockFor();
      new Int32Array(buffer, given.rest).fill(owner);
      worker = new Worker(script);
      const before = beat(buffer);
      worker.postMessage({ kind: 'haunt', buffer, owner });
      while (beat(buffer) === before) await pause();
      look(buffer, owner);
    }
    worker!.terminate();
    const last = given.restarts;
    let alive = blocks.length;
    for (const old of blocks) if (beat(old.buffer) !== old.beats) wroteOn++;
    for (let quiet = 0; quiet < 50 && given.fresh; quiet = alive === 0 ? quiet + 1 : 0) {
      await pause();
      alive = 0;
      for (const old of blocks) {
        const beats = beat(old.buffer);
        if (beats !== old.beats) alive++;
        old.beats = beats;
      }
      look(buffer, last);
    }
    return { foreign, wroteOn, alive };
  }, order);
}

test(`${restarts} restarts over a worker that will not die: nobody writes into the live block but its own worker`, async ({
  page,
  browserName,
}) => {
  await openIsolated(page);
  const found = await haunt(page, true);
  console.log(
    `${browserName}: ${found.wroteOn} of ${restarts} terminated workers wrote on, ${found.foreign} foreign writes`,
  );
  expect(found).toMatchObject({ foreign: 0, alive: 0 });
  if (browserName !== 'chromium') return;
  expect(found.wroteOn, 'terminated workers that wrote on').toBeGreaterThan(0);
  expect((await haunt(page, false)).foreign, 'foreign writes where the block is used again').toBeGreaterThan(0);
});
