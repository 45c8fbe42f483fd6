import { datasetSha256 } from '../../src/intake/dataset-hash.ts';
import { randomWalk } from '../support/synthetic.ts';
import { bigIntake } from './big-intake.ts';
import { openVisits, studioPath, type Visits } from './chromium.ts';
import { firstLoad } from './first-load.ts';
import { percentile, traceFrames, type FrameWork } from './frames.ts';
import { intakeInPage } from './intake-in-page.ts';
import { calibrationMeasures, withScaledLimits } from './machine.ts';
import { marketSettings } from './market.ts';
import { expectAnswer, median, type Measure } from './measure.ts';
import type { MemoryMeasurement } from './page/page.ts';
import type { Replayed } from './page/replay.ts';
import type { Reference } from './reference.ts';
import { benchStrategy } from './strategy.ts';
import { benchSweep } from './sweep.ts';

const rounds = 3;
const coldRounds = 2;
/** The first two are still slower, while the browser compiles. */
const memoryRounds = 7;
/** Of the first, more frames are late for the same reason. */
const frameRounds = 5;

/** What plays the market that `stored` leaves in the library. */
const ofStored = ['coldReplay', 'firstSession', 'fillStored', 'frames'];

/**
 * What is measured in Chromium, of what is wanted; the calibration always is, and what else that needs. `say` hears what is under way,
 * and of a part that fails, which makes the process fail in the end: what the others measured is not lost.
 */
export async function benchBrowser(
  reference: Reference,
  isWanted: (part: string) => boolean,
  say: (line: string) => void,
): Promise<Measure[]> {
  const visits = await openVisits();
  if (!visits.dropsCaches) say('The cache of files cannot be dropped here: "cold" is a new browser process only');
  const measures: Measure[] = [];
  const parts = {
    access,
    loops,
    importing,
    intake: intakeInPage,
    inMemory,
    stored,
    coldReplay,
    firstSession,
    fillStored,
    firstLoad,
    frames,
    memory,
    strategy: benchStrategy,
    sweep: benchSweep,
    // Last: for some time after it the browser still clears away what was stored and removed.
    bigIntake,
  };
  try {
    say('Chromium: calibration');
    measures.push(...(await calibration(visits)));
    for (const [name, part] of Object.entries(parts)) {
      if (!isWanted(name) && !(name === 'stored' && ofStored.some(isWanted))) continue;
      say(`Chromium: ${name}`);
      try {
        measures.push(...(await part(visits, reference)));
      } catch (error) {
        say(`${name} failed: ${error instanceof Error ? error.stack : String(error)}`);
        process.exitCode = 1;
      }
    }
  } finally {
    await visits.close();
  }
  return withScaledLimits(measures);
}

async function calibration({ visit }: Visits): Promise<Measure[]> {
  return calibrationMeasures(await visit((page) => page.evaluate(() => window.bench.calibration())));
}

/** Requirement R1's figures, in nanoseconds. */
const required = {
  'latest bar': 50,
  'last 20 bars': 1_200,
  'last 20 bars with gaps': 1_200,
  'last 20 into history': 1_200,
  count: 10,
  'latest of 3': 300,
};

async function access({ visit }: Visits): Promise<Measure[]> {
  const costs = await visit((page) => page.evaluate(() => window.bench.access()));
  return costs.map(({ method, viewNs, bareNs }) => ({
    name: `access: ${method}`,
    value: viewNs,
    unit: 'ns',
    limit: { name: 'R1', value: required[method] },
    versus: { 'bare loop': bareNs },
  }));
}

async function loops({ visit }: Visits): Promise<Measure[]> {
  const cost = await visit((page) => page.evaluate(() => window.bench.loops()));
  const milliseconds = (name: string, value: number, limit: number, bare?: number): Measure => ({
    name: `100 symbols × 390 slots: ${name}`,
    value,
    unit: 'ms',
    limit: { name: 'limit', value: limit },
    ...(bare === undefined ? {} : { versus: { 'bare loop': bare } }),
  });
  return [
    milliseconds('gaps of a session at once', cost.gapsAtOnce, 0.05, cost.bareGaps),
    milliseconds('gaps of a session minute by minute', cost.gapsByMinute, 10),
    milliseconds('derived 5m and 15m of a session', cost.derived, 0.5, cost.bareDerived),
    { name: 'derived 5m and 15m, by bar that comes', value: (cost.derived * 1e6) / 39_000, unit: 'ns' },
    milliseconds(`filling ${cost.filled} staged gaps`, cost.filling, 0.5),
    {
      name: 'upkeep, share of the coordinator at 600 ×',
      value: cost.upkeepShare,
      unit: '%',
      limit: { name: 'limit', value: 1 },
    },
  ];
}

async function importing({ visit }: Visits): Promise<Measure[]> {
  const columns = randomWalk('2013-01-02', '2023-03-01', 7);
  const sha256 = await datasetSha256([{ name: 'SPY', interval: '1m', columns }], () => Promise.resolve());
  const imports = await visit(async (page) => {
    const done = [];
    for (let n = 0; n < rounds; n++) done.push(await page.evaluate(() => window.bench.importFile()));
    return done;
  });
  for (const each of imports) {
    expectAnswer('bars of the import', each.bars, columns.count);
    expectAnswer('hash of the import', each.sha256, sha256);
  }
  const seconds = median(imports.map((each) => each.seconds));
  return [
    { name: 'import, file to stored dataset', value: columns.count / 1e6 / seconds, unit: 'M bars/s' },
    { name: 'import, file to stored dataset, bytes', value: imports[0]!.megabytes / seconds, unit: 'MB/s' },
  ];
}

function checkReplay(what: string, replayed: Replayed & { crossings?: number }, reference: Reference): void {
  expectAnswer(`fingerprint of the ${what}`, replayed.fingerprint, reference.fingerprint);
  expectAnswer(`bars of the ${what}`, replayed.played, reference.played);
}

async function inMemory({ visit }: Visits, reference: Reference): Promise<Measure[]> {
  const { plain, alone, sma, rolls } = await visit(async (page) => {
    const plain = [];
    const alone = [];
    const sma = [];
    for (let n = 0; n < memoryRounds; n++) {
      plain.push(await page.evaluate(() => window.bench.replayInMemory()));
      alone.push(await page.evaluate(() => window.bench.replayInMemoryAlone()));
      sma.push(await page.evaluate(() => window.bench.replayInMemoryWith('sma-cross')));
    }
    return { plain, alone, sma, rolls: await page.evaluate(() => window.bench.replayInMemoryWith('roll-clock')) };
  });
  for (const each of [...plain, ...alone, ...sma, rolls]) checkReplay('replay in memory', each, reference);
  for (const { crossings } of sma) expectAnswer('crossings', crossings, reference.crossings);
  return [
    { name: 'replay in memory', value: rateOf(plain), unit: 'M bars/s' },
    {
      name: 'replay in memory, single mode',
      value: rateOf(alone),
      unit: 'M bars/s',
      versus: { 'shared memory': rateOf(plain) },
    },
    {
      name: 'replay in memory, SMA cross',
      value: rateOf(sma),
      unit: 'M bars/s',
      limit: { name: 'limit', value: 25 },
    },
    {
      name: 'replay in memory, SMA cross, waiting for the library',
      value: median(sma.map(({ waitedMs, seconds }) => waitedMs / 10 / seconds)),
      unit: '%',
    },
    {
      name: 'roll, median',
      value: median(rolls.rollsMicros),
      unit: 'µs',
      limit: { name: 'limit', value: 500 },
    },
    { name: 'roll, fastest', value: Math.min(...rolls.rollsMicros), unit: 'µs' },
  ];
}

function rateOf(replays: readonly Replayed[]): number {
  return median(replays.map(({ played, seconds }) => played / 1e6 / seconds));
}

async function stored({ visit, coldVisit }: Visits, reference: Reference): Promise<Measure[]> {
  const written = await visit((page) => page.evaluate(() => window.bench.writeMarket()));
  expectAnswer('bars written', written.bars, reference.bars);
  const read = await coldVisit(async (page) => {
    const timed = await page.evaluate(() => window.bench.readMarket());
    const digest = await page.evaluate(() => window.bench.storedDigest());
    return { ...timed, digest };
  });
  expectAnswer('bars read', read.bars, reference.bars);
  expectAnswer('digest of the bars read', read.digest, reference.digest);
  return [
    { name: 'chunks, encode and write', value: written.bars / 1e6 / written.seconds, unit: 'M bars/s' },
    { name: 'chunks, cold read and decode', value: read.bars / 1e6 / read.seconds, unit: 'M bars/s' },
    {
      name: 'chunks, size',
      value: written.bytes / written.bars,
      unit: 'bytes/bar',
      limit: { name: 'six doubles', value: 48 },
    },
  ];
}

async function coldReplay({ coldVisit }: Visits, reference: Reference): Promise<Measure[]> {
  const plain = [];
  const sma = [];
  for (let n = 0; n < coldRounds; n++) {
    plain.push(await coldVisit((page) => page.evaluate(() => window.bench.replayStored())));
    sma.push(await coldVisit((page) => page.evaluate(() => window.bench.replayStoredWith('sma-cross'))));
  }
  for (const each of [...plain, ...sma]) checkReplay('replay from the library', each, reference);
  return [
    { name: 'replay from a cold library', value: rateOf(plain), unit: 'M bars/s' },
    {
      name: 'replay from a cold library, SMA cross',
      value: rateOf(sma),
      unit: 'M bars/s',
      limit: { name: 'limit', value: 10 },
    },
  ];
}

async function firstSession({ coldVisit }: Visits): Promise<Measure[]> {
  const times = [];
  for (let n = 0; n < rounds; n++)
    times.push(
      await coldVisit(async (page) => {
        await page.evaluate(() => window.bench.open());
        await Promise.all(page.workers().map((worker) => worker.evaluate(() => true)));
        return page.evaluate(() => window.bench.firstBarStored());
      }),
    );
  return [
    {
      name: 'first session cold, Play to first bar',
      value: median(times),
      unit: 'ms',
      limit: { name: 'limit', value: 80 },
    },
  ];
}

async function fillStored({ coldVisit }: Visits): Promise<Measure[]> {
  const fills = [];
  for (let n = 0; n < rounds; n++)
    fills.push(await coldVisit((page) => page.evaluate(() => window.bench.fillStored())));
  const { filled } = fills[0]!;
  for (const fill of fills) expectAnswer('gaps filled', fill.filled, filled);
  return [
    {
      name: `${filled} gaps filled from a cold library, staging included`,
      value: median(fills.map(({ milliseconds }) => milliseconds)),
      unit: 'ms',
      limit: { name: 'limit', value: 50 },
    },
  ];
}

declare global {
  interface Window {
    /** Resolves when the run that was watched for has begun and is finished. */
    played: Promise<void>;
  }
}

/** In the page. */
function watchForEnd(): void {
  const state = document.querySelector('[data-testid=run-state]')!;
  let began = false;
  window.played = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const now = state.getAttribute('data-state');
      began ||= now === 'playing';
      if (!began || now !== 'finished') return;
      observer.disconnect();
      resolve();
    });
    observer.observe(state, { attributes: true });
  });
}

/** The studio itself, at full speed with the chart drawn: what its main thread does meanwhile. */
async function frames({ visit }: Visits, { fingerprint }: Reference): Promise<Measure[]> {
  const works = await visit(async (page) => {
    await page.goto(
      `${new URL(studioPath, page.url()).href}#config=${encodeURIComponent(JSON.stringify(marketSettings))}`,
    );
    const all: FrameWork[] = [];
    for (let n = 0; n < frameRounds; n++) {
      await page.locator('[data-testid=run-state]:is([data-state=ready], [data-state=finished])').waitFor();
      // People look before they press.
      await page.waitForTimeout(1_000);
      // What finds buttons and waits for states would work in the page's own thread: that is done before, and at rest.
      const { x, y, width, height } = (await page.getByRole('button', { name: 'Play', exact: true }).boundingBox())!;
      await page.evaluate(watchForEnd);
      all.push(
        await traceFrames(page, async () => {
          await page.mouse.click(x + width / 2, y + height / 2);
          await page.evaluate(() => window.played);
        }),
      );
    }
    return { all, fingerprint: await page.getByTestId('fingerprint').textContent() };
  });
  expectAnswer('fingerprint of the studio', works.fingerprint, fingerprint);
  const work = works.all.flatMap(({ workMs }) => workMs);
  const intervals = works.all.flatMap(({ intervalMs }) => intervalMs);
  const late = intervals.filter((ms) => ms > 25).length;
  return [
    { name: 'page at full speed, frames measured', value: work.length, unit: 'frames' },
    { name: 'page at full speed, main-thread work a frame, p50', value: percentile(work, 0.5), unit: 'ms' },
    {
      name: 'page at full speed, main-thread work a frame, p99',
      value: percentile(work, 0.99),
      unit: 'ms',
      limit: { name: 'limit', value: 12 },
    },
    {
      name: 'page at full speed, frames later than 25 ms',
      value: (100 * late) / intervals.length,
      unit: '%',
      limit: { name: 'limit', value: 1 },
    },
    {
      name: 'page at full speed, longest task',
      value: Math.max(...works.all.map(({ longestTasksMs }) => longestTasksMs[0]!)),
      unit: 'ms',
      limit: { name: 'limit', value: 50 },
    },
  ];
}

async function memory({ visit }: Visits): Promise<Measure[]> {
  const { blockBytes, standing, over } = await visit((page) => page.evaluate(() => window.bench.memory()));
  type Entry = MemoryMeasurement['breakdown'][number];
  const measure = (name: string, { breakdown }: MemoryMeasurement, of: (entry: Entry) => boolean): Measure => ({
    name: `memory, ${name}`,
    value: breakdown.filter(of).reduce((sum, { bytes }) => sum + bytes, 0) / 1e6,
    unit: 'MB',
  });
  const worker = (script: string) => (entry: Entry) => entry.attribution.some(({ url }) => url.includes(script));
  const page = ({ attribution }: Entry): boolean => attribution.some(({ scope }) => scope === 'Window');
  return [
    { name: 'memory, block', value: blockBytes / 1e6, unit: 'MB', limit: { name: 'R1', value: 40 } },
    measure('page heap with the block', standing, page),
    measure('library heap with open chunks', standing, worker('library')),
    measure('coordinator heap', over, worker('strategy-worker')),
    measure('upkeep heap', over, worker('upkeep')),
  ];
}
