/// <reference lib="webworker" />
import { expose, wrap } from 'comlink';
import type { BarReader } from '../src/library/store.ts';
import { HookWatch } from '../src/own/hook-watch.ts';
import { OwnStrategy, type OwnFactory } from '../src/own/own-strategy.ts';
import { cellService } from '../src/player/cell-service.ts';
import type { OwnCells } from '../src/player/own-cells.ts';
import { lineTeller } from './line-teller.ts';
import { messageTurn } from './message-turn.ts';

/** Plays cells of own code for whoever is at the other end of the port, which own code itself never gets to see. */
export function serveCells(make: OwnFactory, port: MessagePort): void {
  let words: Int32Array | null = null;
  let tell: (line: number) => void = () => undefined;
  const service = cellService<MessagePort>({
    thread: {
      now: () => performance.now(),
      epochMs: performance.timeOrigin,
      turn: messageTurn(),
      until: () => Promise.resolve(),
    },
    // Each run is told of anew, also where it stands still at the line of the one before.
    ownStrategy: (plan) => {
      const watch = words
        ? new HookWatch(() => performance.now(), words)
        : new HookWatch(() => performance.now(), undefined, lineTeller(tell));
      return new OwnStrategy(make, plan, watch);
    },
    onPlayed: () => tell(0),
    open: (bars) => wrap<BarReader>(bars),
  });
  const cells: OwnCells<MessagePort> = {
    ...service,
    watch(given, onLine) {
      words = given;
      if (!words) tell = onLine;
    },
    alive: () => undefined,
  };
  expose(cells, port);
}
