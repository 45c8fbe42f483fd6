import { proxy, wrap } from 'comlink';
import { openDB } from 'idb';
import { defaultChoices } from '../../../src/intake/choices.ts';
import { databaseName, IndexedDbStore } from '../../../src/library/indexeddb-store.ts';
import { libraryChannel } from '../../../src/library/between-tabs.ts';
import type { ImportProgress, ImportSummary } from '../../../src/library/import.ts';
import type { ImportPreview } from '../../../src/library/import-preview.ts';
import { faultyImports, recordsOf, storedSha256, type FaultyImports } from '../../support/faulty-imports.ts';
import type { Fault } from '../../support/faulty-indexeddb.ts';
import type { LibraryWorker } from '../../../workers/library.ts';

/** A tab of Tapedeck with nothing in it but the library: what a test may do with it. */
class Harness {
  worker = this.#start();
  library = wrap<LibraryWorker>(this.worker);
  /** Times that this or another tab has said that the list of datasets changed. */
  changes = 0;

  constructor() {
    new BroadcastChannel(libraryChannel).onmessage = () => this.changes++;
  }

  #start(): Worker {
    return new Worker(new URL('../../../workers/library.ts', import.meta.url), { type: 'module' });
  }

  importText(name: string, text: string): Promise<ImportSummary> {
    return this.importHeard(name, text, () => undefined);
  }

  async importHeard(name: string, text: string, heard: (progress: ImportProgress) => void): Promise<ImportSummary> {
    await this.#give(name, text);
    return this.library.importFiles(defaultChoices, proxy(heard));
  }

  async preview(name: string, text: string): Promise<ImportPreview> {
    await this.#give(name, text);
    return this.library.preview(defaultChoices);
  }

  #give(name: string, text: string): Promise<void> {
    return this.library.giveFiles([{ path: name, file: new File([text], name) }], 0);
  }

  /** Imports, and cancels at the first news of the stage. Resolves with the message of failure. */
  async importCancelled(name: string, text: string, stage: ImportProgress['stage']): Promise<string> {
    const act = (progress: ImportProgress) => {
      if (progress.stage === stage) void this.library.cancel();
    };
    await this.#give(name, text);
    const importing = this.library.importFiles(defaultChoices, proxy(act));
    return (await this.failure(importing))?.message ?? 'imported';
  }

  /** Imports, and ends the worker once so many chunks are stored. Resolves with their number. */
  async importKilled(name: string, text: string, chunks: number): Promise<number> {
    const reading = Promise.withResolvers<void>();
    let imported = false;
    await this.#give(name, text);
    const importing = this.library.importFiles(
      defaultChoices,
      proxy(() => reading.resolve()),
    );
    void importing.then(() => (imported = true));
    await reading.promise;
    const db = await openDB(databaseName);
    let stored = await db.count('chunks');
    while (!imported && stored < chunks) stored = await db.count('chunks');
    this.worker.terminate();
    stored = await db.count('chunks');
    db.close();
    if (imported) throw new Error('the import was faster than its end');
    return stored;
  }

  /** What an error looks like on this side of the worker. */
  async failure(work: Promise<unknown>): Promise<{ message: string; cause: unknown; isError: boolean } | null> {
    try {
      await work;
      return null;
    } catch (error) {
      const { message, cause } = error as Error;
      return { message, cause, isError: error instanceof Error };
    }
  }

  restart(): void {
    this.worker.terminate();
    this.worker = this.#start();
    this.library = wrap<LibraryWorker>(this.worker);
  }

  /** The page imports by itself: a library that starts would take what an import without its lock has stored for left over. */
  async faultyImports(fault: Fault): Promise<FaultyImports> {
    await this.library.list();
    this.worker.terminate();
    return faultyImports(fault);
  }

  /**
   * Begins imports one after the other, and ends each at another point: its worker, or the frame of a tab that it belongs to. Resolves
   * with the numbers of those that were over by then.
   */
  async importsKilled(text: string, points: number): Promise<number> {
    let over = 0;
    for (let point = 0; point < points; point++) {
      const frame = point % 6 === 2 ? await this.#frame() : null;
      const harness = frame ? frame.contentWindow!.harness : this;
      const dies = Promise.withResolvers<void>();
      let news = 0;
      const importing = harness.importHeard(`${point}.csv`, text, () => {
        if (news++ === point) dies.resolve();
      });
      void importing.then(() => {
        over++;
        dies.resolve();
      }, dies.reject);
      await dies.promise;
      if (frame) frame.remove();
      else this.restart();
    }
    this.restart();
    return over;
  }

  /** Another tab in this one. */
  #frame(): Promise<HTMLIFrameElement> {
    const frame = document.createElement('iframe');
    frame.src = location.href;
    document.body.append(frame);
    return new Promise((resolve) => (frame.onload = () => resolve(frame)));
  }

  /** What is wrong with the datasets that are stored, or with what else is. */
  async faults(): Promise<string[]> {
    const { datasets, chunks, pages } = await this.stored();
    const store = new IndexedDbStore();
    const listed = await store.list();
    const wrong: string[] = [];
    for (const manifest of listed)
      if ((await storedSha256(store, manifest)) !== manifest.sha256) wrong.push(`${manifest.name} has other bars`);
    await store.close();
    const records = listed.reduce((sum, manifest) => sum + recordsOf(manifest), 0);
    if (datasets !== listed.length) wrong.push(`${datasets} manifests`);
    if (chunks + pages !== records) wrong.push(`${chunks + pages} chunks and pages, and not ${records}`);
    return wrong;
  }

  /** How many records the database holds. */
  async stored(): Promise<{ datasets: number; chunks: number; pages: number }> {
    await this.library.list();
    const db = await openDB(databaseName);
    const [datasets, keys] = [await db.count('datasets'), await db.getAllKeys('chunks')];
    db.close();
    const chunks = keys.filter((key) => typeof (key as unknown[])[1] === 'number').length;
    return { datasets, chunks, pages: keys.length - chunks };
  }

  /**
   * A file of `bars` one-minute bars of the symbol, round the clock; another seed gives other bars. Prices are in cents, or
   * in sevenths, which take all the bytes that a bar has, on the disk too.
   */
  csv(symbol: string, bars: number, seed = 1, part = 100): string {
    const lines = ['timestamp,symbol,open,high,low,close,volume'];
    for (let i = 0; i < bars; i++) {
      const at = new Date(Date.UTC(2020, 0, 1) + i * 60_000).toISOString();
      const noise = Math.imul(i * 7_919 + seed, 0x9e3779b1) >>> 0;
      const cents = 10_000 + (noise % (part === 100 ? 997 : 1_000_003));
      const prices = [cents, cents + 5, cents - 5, cents + 2].map((price) => price / part).join();
      lines.push(`${at},${symbol},${prices},${((i * seed) % 9_973) / (part / 100)}`);
    }
    return lines.join('\n') + '\n';
  }
}

declare global {
  interface Window {
    harness: Harness;
  }
}
window.harness = new Harness();
