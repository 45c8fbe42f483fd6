/// <reference lib="webworker" />
import { expose, wrap } from 'comlink';
import type { BarReader } from '../src/library/store.ts';
import { cellService } from '../src/player/cell-service.ts';

/** Nobody else is let in while a cell plays: whoever cancels ends the worker. */
const thread = {
  now: () => performance.now(),
  epochMs: performance.timeOrigin,
  turn: () => Promise.resolve(),
  until: () => Promise.resolve(),
};

expose(cellService<MessagePort>({ thread, open: (bars) => wrap<BarReader>(bars) }));
