import { playCells } from '../../player/pool.ts';
import { planSweep } from '../../sweep/plan-sweep.ts';
import type { SweepRow } from '../../sweep/row.ts';
import { cellCount, specOf, type Sweep } from '../../sweep/sweep.ts';
import { holdDatasets } from '../in-use.ts';
import type { Library } from '../library.svelte.ts';
import { messageOf } from '../notices.svelte.ts';
import type { Studio } from '../studio.svelte.ts';
import { secondsLeft } from '../waiting.ts';
import { cellWorkers, readBy, type CellWorkers, type SweepOver } from './cell-workers.ts';
import { Draft } from './draft.svelte.ts';
import { KeptSweep } from './kept-sweep.ts';

/** Rows are shown and kept so often, together. */
const showEveryMs = 300;

/** `stopped` has cells to go on with: it was cancelled, failed, or the page was reloaded. */
export type SweepPhase = 'none' | 'playing' | 'stopped' | 'done';

/** The sweep of this page: plays its cells in as many workers as there are cores, and keeps those that are done. */
export class Sweeper {
  readonly draft = new Draft();
  readonly #kept = new KeptSweep();
  #sweep = $state.raw<Sweep>();
  #rows = $state.raw<readonly SweepRow[]>([]);
  #phase = $state.raw<SweepPhase>('none');
  #problem = $state.raw<string>();
  #isUnkept = $state.raw(false);
  #left = $state.raw<number>();
  #players = $state.raw(0);
  /** Which sweep is on: what comes of one that was cancelled is of no use. */
  #turn = 0;
  #end: () => void = () => undefined;

  constructor() {
    void this.#restore();
  }

  get sweep(): Sweep | undefined {
    return this.#sweep;
  }

  /** In the order of their cells. */
  get rows(): readonly SweepRow[] {
    return this.#rows;
  }

  get phase(): SweepPhase {
    return this.#phase;
  }

  /** Why the sweep stopped, or could not be begun. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** The browser keeps no cells: a reload begins anew. */
  get isUnkept(): boolean {
    return this.#isUnkept;
  }

  /** Seconds; undefined while too little is done to tell. */
  get secondsLeft(): number | undefined {
    return this.#left;
  }

  /** Workers that play. */
  get players(): number {
    return this.#players;
  }

  /** Begins a sweep in place of the one that is there. */
  async start(over: SweepOver, library: Library): Promise<void> {
    const { sweep } = over;
    this.#stop();
    this.#sweep = sweep;
    this.#rows = [];
    this.#isUnkept = false;
    const turn = this.#turn;
    await this.#kept.begin(sweep).catch(() => (this.#isUnkept = true));
    if (turn === this.#turn) await this.#play(over, library);
  }

  /** Goes on with the cells that are not done, if the bars and the code are still those. */
  async resume({ datasets, own }: Omit<SweepOver, 'sweep'>, library: Library): Promise<void> {
    const sweep = this.#sweep;
    const { name, code } = sweep?.config.strategy ?? {};
    if (!sweep || this.#phase !== 'stopped') return;
    const planned = planSweep(specOf(sweep), datasets, own);
    if (planned.ok && planned.sweep.id === sweep.id) return this.#play({ sweep, datasets, own }, library);
    if (code !== undefined && !own.some((each) => each.own.sha256 === code)) {
      this.#problem = `The code of “${name}” that it was begun with (${code.slice(0, 15)}…) is not here any more: it was changed or removed, or may not run. Start it anew with what it has become.`;
      return;
    }
    this.#problem = planned.ok
      ? 'The bars that it was begun with are not here any more, or the engine is another one; start it anew.'
      : planned.findings.map(({ message }) => message).join('; ');
  }

  cancel(): void {
    if (this.#phase === 'playing') this.#stop();
  }

  #stop(): void {
    this.#turn++;
    this.#end();
    this.#end = () => undefined;
    if (this.#phase === 'playing') this.#phase = 'stopped';
  }

  async #restore(): Promise<void> {
    const turn = this.#turn;
    const kept = await this.#kept.read().catch(() => undefined);
    if (!kept || turn !== this.#turn) return;
    this.#sweep = kept.sweep;
    this.#rows = kept.rows;
    this.#phase = kept.rows.length < cellCount(kept.sweep) ? 'stopped' : 'done';
  }

  async #play(over: SweepOver, library: Library): Promise<void> {
    const { sweep } = over;
    this.#stop();
    const turn = this.#turn;
    const isOn = (): boolean => turn === this.#turn;
    this.#phase = 'playing';
    this.#problem = undefined;
    this.#left = undefined;
    const done = new Set(this.#rows.map(({ cell }) => cell));
    const cells = Array.from({ length: cellCount(sweep) }, (_, i) => i + 1).filter((cell) => !done.has(cell));
    const reads = readBy(over);
    const release = holdDatasets(reads);
    let workers: CellWorkers | undefined;
    this.#end = () => {
      release();
      workers?.end();
    };
    let fresh: SweepRow[] = [];
    let shownAt = performance.now();
    const show = (): void => {
      if (fresh.length === 0 || !isOn()) return;
      this.#rows = [...this.#rows, ...fresh].sort((a, b) => a.cell - b.cell);
      const part = this.#rows.length - done.size;
      this.#left = secondsLeft(performance.now() - began, part / cells.length);
      void this.#kept.add(sweep, fresh).catch(() => (this.#isUnkept = true));
      fresh = [];
      shownAt = performance.now();
    };
    const began = performance.now();
    try {
      const count = Math.max(1, Math.min(navigator.hardwareConcurrency || 2, cells.length));
      const opened = await cellWorkers(count, over, reads, library.runs);
      if (!isOn()) return opened.end();
      workers = opened;
      this.#players = count;
      await playCells(
        opened.players,
        cells,
        (row) => {
          fresh.push(row);
          if (performance.now() - shownAt >= showEveryMs) show();
        },
        () => !isOn(),
      );
      show();
      if (isOn()) this.#phase = 'done';
    } catch (thrown) {
      show();
      if (!isOn()) return;
      this.#phase = 'stopped';
      this.#problem = messageOf(thrown);
    } finally {
      if (isOn()) this.#end();
    }
  }
}

const sweepers = new WeakMap<Studio, Sweeper>();

/** The sweeper of a page; made when it is first asked for, since most visits have no sweep. */
export function sweeperOf(studio: Studio): Sweeper {
  let sweeper = sweepers.get(studio);
  if (!sweeper) sweepers.set(studio, (sweeper = new Sweeper()));
  return sweeper;
}
