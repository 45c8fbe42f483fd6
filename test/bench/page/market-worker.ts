import { expose } from 'comlink';
import { Attachment } from '../../../src/library/attach.ts';
import { breathe } from '../../../src/library/breathe.ts';
import { lendBars } from '../../../src/library/lend.ts';
import type { Manifest } from '../../../src/library/manifest.ts';
import { MemoryStore } from '../../../src/library/memory-store.ts';
import type { RunPlan } from '../../../src/session/plan.ts';
import { keepMarket, marketBars } from '../market.ts';

const store = new MemoryStore();
let attachment = new Attachment();

/** The library's worker with the market in memory instead of a database. */
const api = {
  async prepare(): Promise<Manifest[]> {
    await keepMarket(marketBars(), store);
    return store.list();
  },
  attach(plan: RunPlan, buffer: SharedArrayBuffer): Promise<void> {
    attachment.stop();
    attachment = new Attachment();
    return attachment.serve(plan, buffer, store, breathe);
  },
  lend(port: MessagePort, datasets: readonly string[]): void {
    lendBars(store, port, datasets);
  },
  detach(): void {
    attachment.stop();
  },
};

export type MarketWorker = typeof api;
expose(api);
