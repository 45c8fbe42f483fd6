import { proxy, wrap, type Remote } from 'comlink';
import { Word } from '../../memory/layout.ts';
import type { OwnCells } from '../../player/own-cells.ts';
import type { OwnScript } from '../../strategy/own-script.ts';
import { failedRow, type SweepRow } from '../../sweep/row.ts';
import { cellOf, type Sweep } from '../../sweep/sweep.ts';
import { ownHost } from '../workers.ts';
import { deathOf, type BeginCells, type CellWorker } from './cell-worker.ts';

type Service = Remote<OwnCells<MessagePort>>;

/** A worker of own code that is up. */
interface Opened {
  readonly service: Service;
  readonly death: Promise<never>;
  /** Has the answer, or what `onStuck` makes of the words of a hook that does not come back. */
  watched<T>(answer: Promise<T>, onStuck: (words: string) => T): Promise<T>;
  end(): void;
}

/**
 * Plays cells of own code in a worker like that of its runs, closed, guarded and watched as they are. One whose code does not come back is
 * ended, which fails that cell alone: the next is played in a fresh one.
 */
export function ownCellWorker(script: OwnScript, sweep: Sweep, begin: BeginCells): CellWorker {
  let opened: Promise<Opened> | undefined;
  const ready = (): Promise<Opened> => (opened ??= openWorker(script, begin));
  const end = (): void => {
    opened?.then(
      (each) => each.end(),
      () => undefined,
    );
    opened = undefined;
  };
  const played = async <T>(ask: (service: Service) => Promise<T>, stuck: (words: string) => T): Promise<T> => {
    const { service, death, watched } = await ready();
    return watched(Promise.race([ask(service), death]), (words) => {
      end();
      return stuck(words);
    });
  };
  const failed = (words: string, cell: number, of: Sweep = sweep): SweepRow => failedRow(cellOf(of, cell), words);
  return {
    ready: async () => void (await ready()),
    play: (cell, strategy) =>
      played(
        (service) => service.play(cell, strategy),
        (words) => failed(words, cell),
      ),
    tryOut: (params, strategy, onShare) =>
      played(
        (service) => service.tryOut(params, strategy, proxy(onShare)),
        (words) => ({ row: failed(words, 1, { ...sweep, combinations: [params], windows: [] }), curve: null }),
      ),
    end,
  };
}

async function openWorker(script: OwnScript, begin: BeginCells): Promise<Opened> {
  const worker = ownHost().worker(script);
  const { port1, port2 } = new MessageChannel();
  const service = wrap<OwnCells<MessagePort>>(port1);
  const death = deathOf(worker);
  worker.postMessage({ kind: 'cells' }, [port2]);
  // Memory is shared within one origin, and foreign code is in another.
  const isShared = globalThis.crossOriginIsolated && !script.isForeign;
  const words = isShared ? new Int32Array(new SharedArrayBuffer(4 * (Word.hookLine + 1))) : null;
  const at = words ? wordsAt(words) : new SignsAt(service);
  try {
    const told = service.watch(words, proxy(at.onLine));
    await Promise.race([Promise.all([told, begin(service)]), death]);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return {
    service,
    death,
    watched(answer, onStuck) {
      at.onLine(0);
      return new Promise((resolve, reject) => {
        const unwatch = ownHost().watch(at.call, at.line, (said) => resolve(onStuck(said)));
        answer.finally(unwatch).then(resolve, reject);
      });
    },
    end: () => worker.terminate(),
  };
}

/** Where own code is at work. */
interface CodeAt {
  /** A number that changes as long as it gets on; undefined while it is not at work. */
  readonly call: () => number | undefined;
  readonly line: () => number;
  readonly onLine: (line: number) => void;
}

/** As its watch writes it into memory that is shared. */
function wordsAt(words: Int32Array): CodeAt {
  return {
    call: () => (words[Word.hookCalls]! % 2 === 0 ? undefined : words[Word.hookCalls]!),
    line: () => words[Word.hookLine]!,
    onLine: () => undefined,
  };
}

/** As it is told by message: from the first line of a run to its end, while the worker owes a sign of life. */
class SignsAt implements CodeAt {
  readonly #service: Service;
  #line = 0;
  #signs = 0;
  #isAsked = false;

  constructor(service: Service) {
    this.#service = service;
  }

  readonly call = (): number | undefined => {
    if (!this.#isAsked) void this.#ask();
    return this.#line === 0 ? undefined : this.#signs;
  };

  readonly line = (): number => this.#line;

  readonly onLine = (line: number): void => {
    this.#line = line;
    this.#signs++;
  };

  async #ask(): Promise<void> {
    this.#isAsked = true;
    await this.#service.alive();
    this.#isAsked = false;
    this.#signs++;
  }
}
