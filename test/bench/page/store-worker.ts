import { expose } from 'comlink';
import { readMarket, storedDigest, writeMarket } from './stored.ts';

const api = { writeMarket, readMarket, storedDigest };

export type StoreWorker = typeof api;
expose(api);
