import { parentPort, type MessagePort } from 'node:worker_threads';
import { expose, wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { BarReader } from '../library/store.ts';
import { cellService } from '../player/cell-service.ts';
import { ownStrategy } from './own-code.ts';
import { nodeThread } from './play.ts';

/** A thread that plays cells; bars are at the other end of a port. */
expose(
  cellService<MessagePort>({
    thread: nodeThread,
    ownStrategy,
    open: (bars) => wrap<BarReader>(nodeEndpoint(bars)),
  }),
  nodeEndpoint(parentPort!),
);
