import type { BarColumns } from '../bars/columns.ts';
import { barColumns } from '../bars/columns.ts';
import { intervalText } from '../bars/interval.ts';
import type { SharedBars } from '../intake/shared-stamps.ts';
import { openChunk } from './chunk.ts';
import type { Manifest, SymbolEntry } from './manifest.ts';
import type { BarStore } from './store.ts';

/** Datasets that are asked for a symbol; more of the same bars tell no more. */
const mostDatasets = 3;

/** The bars of a store, for intake to compare with. */
export function sharedBars(store: BarStore): SharedBars {
  return {
    async around(symbol, intervalMs, from, to) {
      const found: { dataset: string; columns: BarColumns }[] = [];
      for (const manifest of await store.list()) {
        if ((manifest.kind ?? 'bars') !== 'bars' || manifest.interval !== intervalText(intervalMs)) continue;
        const place = manifest.symbols.findIndex(({ name }) => name.toUpperCase() === symbol.toUpperCase());
        const entry = manifest.symbols[place];
        if (!entry || entry.to < from || entry.from > to) continue;
        found.push({ dataset: manifest.name, columns: await barsOf(store, manifest, place, entry, from, to) });
        if (found.length === mostDatasets) break;
      }
      return found;
    },
  };
}

async function barsOf(
  store: BarStore,
  { id }: Manifest,
  symbol: number,
  { chunks }: SymbolEntry,
  from: number,
  to: number,
): Promise<BarColumns> {
  const wanted = chunks.flatMap((chunk, i) => (chunk.to < from || chunk.from > to ? [] : [i]));
  const bars = barColumns(wanted.reduce((sum, i) => sum + chunks[i]!.bars, 0));
  for (const i of wanted) {
    const chunk = openChunk(await store.chunk(id, symbol, i));
    for (let block = 0; block < chunk.blocks; block++) chunk.decodeBlock(block, bars, bars.count);
  }
  return bars;
}
