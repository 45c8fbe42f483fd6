import { proxy, wrap } from 'comlink';
import { openDB } from 'idb';
import { defaultChoices } from '../../../src/intake/choices.ts';
import type { FilePreview } from '../../../src/intake/preview.ts';
import { databaseName } from '../../../src/library/indexeddb-store.ts';
import { libraryChannel } from '../../../src/library/service.ts';
import type { ImportProgress, ImportSummary } from '../../../src/library/service.ts';
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
    return this.library.importFiles(
      [new File([text], name)],
      defaultChoices,
      proxy(() => undefined),
    );
  }

  preview(name: string, text: string): Promise<FilePreview[]> {
    return this.library.preview([new File([text], name)], defaultChoices);
  }

  /** Imports and, at the first news of the stage, does something to the import. Resolves with its message of failure. */
  importUntil(name: string, text: string, stage: ImportProgress['stage'], then: 'cancel' | 'kill'): Promise<string> {
    return new Promise((resolve) => {
      const act = (progress: ImportProgress) => {
        if (progress.stage !== stage) return;
        if (then === 'cancel') void this.library.cancel();
        else {
          this.worker.terminate();
          resolve('killed');
        }
      };
      this.library.importFiles([new File([text], name)], defaultChoices, proxy(act)).then(
        () => resolve('imported'),
        (error: Error) => resolve(error.message),
      );
    });
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

  /** How many records the database holds. */
  async stored(): Promise<{ datasets: number; chunks: number }> {
    await this.library.list();
    const db = await openDB(databaseName);
    const counts = { datasets: await db.count('datasets'), chunks: await db.count('chunks') };
    db.close();
    return counts;
  }

  /** A file of `bars` one-minute bars of the symbol, round the clock; another seed gives other bars. */
  csv(symbol: string, bars: number, seed = 1): string {
    const lines = ['timestamp,symbol,open,high,low,close,volume'];
    for (let i = 0; i < bars; i++) {
      const at = new Date(Date.UTC(2020, 0, 1) + i * 60_000).toISOString();
      const cents = 10_000 + ((i * 7_919 * seed) % 997);
      lines.push(
        `${at},${symbol},${cents / 100},${(cents + 5) / 100},${(cents - 5) / 100},${(cents + 2) / 100},${(i * seed) % 9_973}`,
      );
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
