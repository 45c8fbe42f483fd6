import { barColumns } from '../../../src/bars/columns.ts';
import { openChunk } from '../../../src/library/chunk.ts';
import { IndexedDbStore } from '../../../src/library/indexeddb-store.ts';
import { digestOf, keepMarket, marketBars, marketName } from '../market.ts';
import { secondsOf } from '../measure.ts';

/** Encodes the market's bars and writes them to the database. */
export async function writeMarket(): Promise<{ seconds: number; bars: number; bytes: number }> {
  const store = new IndexedDbStore();
  const bars = marketBars();
  let bytes = 0;
  const seconds = await secondsOf(async () => ({ bytes } = await keepMarket(bars, store)));
  await store.close();
  return { seconds, bars: bars.bars, bytes };
}

/** Reads every chunk of the market and decodes it, the chunks of a month at a time, as a replay needs them. */
export async function readMarket(): Promise<{ seconds: number; bars: number }> {
  const store = new IndexedDbStore();
  const { id, symbols } = await marketIn(store);
  const out = barColumns(16_384);
  let bars = 0;
  const most = Math.max(...symbols.map(({ chunks }) => chunks.length));
  const seconds = await secondsOf(async () => {
    for (let month = 0; month < most; month++)
      for (const bytes of await Promise.all(
        symbols.flatMap(({ chunks }, s) => (month < chunks.length ? [store.chunk(id, s, month)] : [])),
      )) {
        const chunk = openChunk(bytes);
        for (let block = 0; block < chunk.blocks; block++) {
          chunk.decodeBlock(block, out);
          bars += out.count;
        }
      }
  });
  await store.close();
  return { seconds, bars };
}

/** The digest of what is stored, to be compared with that of what was written. */
export async function storedDigest(): Promise<string> {
  const store = new IndexedDbStore();
  const { id, symbols } = await marketIn(store);
  const all = [];
  for (const [s, { bars, chunks }] of symbols.entries()) {
    const columns = barColumns(bars);
    for (let c = 0; c < chunks.length; c++) {
      const chunk = openChunk(await store.chunk(id, s, c));
      for (let block = 0; block < chunk.blocks; block++) chunk.decodeBlock(block, columns, columns.count);
    }
    all.push(columns);
  }
  await store.close();
  return digestOf(all);
}

async function marketIn(store: IndexedDbStore) {
  const manifest = (await store.list()).find(({ name }) => name === marketName);
  if (!manifest) throw new Error('the market is not stored');
  return manifest;
}
