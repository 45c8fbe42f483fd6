import { proxy, wrap, type Remote } from 'comlink';
import { defaultChoices } from '../../../src/intake/choices.ts';
import { layoutOf } from '../../../src/memory/layout.ts';
import { shapeOf } from '../../../src/session/shape.ts';
import type { RunPlan } from '../../../src/session/plan.ts';
import { restLoopWorkers } from '../../../src/studio/loop-worker.ts';
import { startRun } from '../../../src/studio/run-client.ts';
import type { LibraryWorker } from '../../../workers/library.ts';
import { randomWalk } from '../../support/synthetic.ts';
import { raceToColumns } from '../columns-race.ts';
import { csvText } from '../csv-text.ts';
import { marketPlan, thousandGapsPlan } from '../market.ts';
import { IndexedDbStore } from '../../../src/library/indexeddb-store.ts';
import { measureAccess } from './access.ts';
import { measureLoop } from './grademark.ts';
import { calibrate } from './calibration.ts';
import { fillStored, measureLoops } from './loops.ts';
import { importBesidePapa } from './import-beside-papa.ts';
import type { MarketWorker } from './market-worker.ts';
import { firstBarMs, replay, replayWith } from './replay.ts';
import { storeMap } from './stored-maps.ts';
import type { StoreWorker } from './store-worker.ts';
import { measureSweep } from './sweep.ts';
import type { StrategyStart } from './strategy-worker.ts';

/** What the driver asks of the page. Every call measures one thing and gives its answer along. */
class BenchPage {
  readonly calibration = calibrate;
  readonly access = measureAccess;
  readonly loops = measureLoops;
  readonly sweep = measureSweep;
  readonly loop = measureLoop;
  readonly raceToColumns = raceToColumns;
  readonly storeMap = storeMap;
  private file: File | undefined;
  private prepared: { library: Remote<MarketWorker>; plan: RunPlan } | undefined;
  private stored: Remote<LibraryWorker> | undefined;

  /** Imports a file of a million bars, and takes the dataset away again. */
  async importFile(): Promise<{ seconds: number; bars: number; megabytes: number; sha256: string }> {
    const library = this.library();
    this.file ??= new File([csvText(randomWalk('2013-01-02', '2023-03-01', 7), 'wall')], 'SPY.csv');
    const began = performance.now();
    await library.giveFiles([{ path: this.file.name, file: this.file }], 0);
    const { manifest } = await library.importFiles(
      defaultChoices,
      proxy(() => undefined),
    );
    const seconds = (performance.now() - began) / 1_000;
    await library.remove(manifest.id);
    return { seconds, bars: manifest.bars, megabytes: this.file.size / 1e6, sha256: manifest.sha256 };
  }

  importBesidePapa(papaIsFirst: boolean) {
    return importBesidePapa(this.library(), papaIsFirst);
  }

  async replayInMemory() {
    const { plan, library } = await this.market();
    return replay(plan, library, 'staged');
  }

  /** The same in the single mode, as in a page that is not isolated. */
  async replayInMemoryAlone() {
    const isolated = Object.getOwnPropertyDescriptor(globalThis, 'crossOriginIsolated')!;
    Object.defineProperty(globalThis, 'crossOriginIsolated', { value: false, configurable: true });
    try {
      return await this.replayInMemory();
    } finally {
      Object.defineProperty(globalThis, 'crossOriginIsolated', isolated);
    }
  }

  async replayInMemoryWith(strategy: StrategyStart['strategy']) {
    const { plan, library } = await this.market();
    return replayWith(strategy, plan, library, 'staged');
  }

  async replayStored() {
    return replay(await this.storedPlan(), this.library(), 'start');
  }

  async replayStoredWith(strategy: StrategyStart['strategy']) {
    return replayWith(strategy, await this.storedPlan(), this.library(), 'start');
  }

  /** Comes to where the studio is when it shows what can be played: the library is open, and both loops rest. */
  async open(): Promise<void> {
    restLoopWorkers();
    await this.library().list();
  }

  async firstBarStored(): Promise<number> {
    return firstBarMs(await this.storedPlan(), this.library());
  }

  async fillStored() {
    const store = new IndexedDbStore();
    return fillStored(thousandGapsPlan(await store.list()), store);
  }

  writeMarket() {
    return inStoreWorker((worker) => worker.writeMarket());
  }

  readMarket() {
    return inStoreWorker((worker) => worker.readMarket());
  }

  storedDigest() {
    return inStoreWorker((worker) => worker.storedDigest());
  }

  /**
   * What a run over the stored market takes: page and library while it stands after ten sessions, with the chunks that are
   * open then; the loops when it is over, because the browser cannot look into a worker that waits.
   */
  async memory(): Promise<{ blockBytes: number; standing: MemoryMeasurement; over: MemoryMeasurement }> {
    const measure = () => (performance as unknown as MeasuredPerformance).measureUserAgentSpecificMemory();
    const plan = await this.storedPlan();
    const run = startRun(plan, this.library());
    for (let n = 0; n < 10; n++) {
      const stood = new Promise((resolve) => run.onStand(resolve));
      run.stepSession();
      await stood;
    }
    const standing = await measure();
    run.dispose();
    let over!: MemoryMeasurement;
    await replayWith('sma-cross', plan, this.library(), 'start', async () => void (over = await measure()));
    return { blockBytes: layoutOf(shapeOf(plan)).bytes, standing, over };
  }

  private library(): Remote<LibraryWorker> {
    return (this.stored ??= wrap<LibraryWorker>(
      new Worker(new URL('../../../workers/library.ts', import.meta.url), { type: 'module', name: 'library' }),
    ));
  }

  private async storedPlan(): Promise<RunPlan> {
    return marketPlan(await this.library().list());
  }

  private async market(): Promise<NonNullable<BenchPage['prepared']>> {
    if (!this.prepared) {
      const worker = new Worker(new URL('./market-worker.ts', import.meta.url), { type: 'module' });
      const library = wrap<MarketWorker>(worker);
      this.prepared = { library, plan: marketPlan(await library.prepare()) };
    }
    return this.prepared;
  }
}

async function inStoreWorker<T>(work: (worker: Remote<StoreWorker>) => Promise<T>): Promise<T> {
  const worker = new Worker(new URL('./store-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await work(wrap<StoreWorker>(worker));
  } finally {
    worker.terminate();
  }
}

/** https://wicg.github.io/performance-measure-memory/ */
export interface MemoryMeasurement {
  readonly bytes: number;
  readonly breakdown: readonly {
    readonly bytes: number;
    readonly types: readonly string[];
    readonly attribution: readonly { readonly url: string; readonly scope: string }[];
  }[];
}
interface MeasuredPerformance {
  measureUserAgentSpecificMemory(): Promise<MemoryMeasurement>;
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}
window.bench = new BenchPage();
