import { expose } from 'comlink';
import type { BarReader } from './store.ts';

/** Reads the store for a run that lays its sessions out itself, at the other end of the port. */
export function lendBars(store: BarReader, port: MessagePort): void {
  const reader: BarReader = { all: () => store.all(), chunk: (...place) => store.chunk(...place) };
  expose(reader, port);
}
