import type { CellService } from './cell-service.ts';

/** What the page tells a worker of own code in place of a run: to play cells. The message brings a port, at whose end is an `OwnCells`. */
export interface PlayCells {
  readonly kind: 'cells';
}

/** Plays cells of a sweep of own code, and lets itself be watched while it does. */
export interface OwnCells<Port> extends CellService<Port> {
  /**
   * Where own code is at work is told from then on: in those words (`Word.hookCalls`, `Word.hookLine`) where memory is shared, else now
   * and then by its line, and by 0 once a run was played.
   */
  watch(words: Int32Array | null, onLine: (line: number) => void): void;
  /** Comes back when the worker lets others in, as it does all the time but while own code keeps it. */
  alive(): void;
}
