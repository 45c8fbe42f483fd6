import { defaultChoices } from '../../src/intake/choices.ts';
import { importFiles } from '../../src/library/import.ts';
import type { Manifest } from '../../src/library/manifest.ts';
import type { MemoryStore } from '../../src/library/memory-store.ts';
import { calendar } from '../../src/time/calendar.ts';
import { hour } from '../../src/time/instant.ts';
import { seeded } from './synthetic.ts';

/** A trade as a file has it. */
export interface Trade {
  readonly symbol: string;
  readonly time: number;
  readonly price: number;
  readonly size: number;
}

/** Trades of XNYS days in time order, some before the open, some after the close, some of one millisecond. */
export function randomTrades(from: string, to: string, seed: number, symbols: readonly string[], each = 400): Trade[] {
  const random = seeded(seed);
  const trades: Trade[] = [];
  for (const { open, close } of calendar('XNYS').sessions(from, to))
    for (const symbol of symbols) {
      let cents = 10_000 + Math.floor(random() * 5_000);
      const times = Array.from({ length: each }, () =>
        Math.floor(open - hour / 4 + random() * (close - open + hour / 2)),
      );
      times.push(open, open, close, close, open + 60_000, open + 60_000, open + 59_999);
      for (const time of times.sort((a, b) => a - b)) {
        cents = Math.max(100, cents + Math.floor(random() * 21) - 10);
        trades.push({ symbol, time, price: cents / 100, size: 1 + Math.floor(random() * 300) });
      }
    }
  return trades.sort((a, b) => a.time - b.time);
}

/** A CSV of trades. */
export function tradesCsv(trades: readonly Trade[]): string {
  const lines = trades.map(
    ({ symbol, time, price, size }) => `${new Date(time).toISOString()},${symbol},${price},${size}`,
  );
  return ['timestamp,symbol,price,size', ...lines, ''].join('\n');
}

/** Imports a text as a file of that name, as a page or the terminal does. */
export async function importText(store: MemoryStore, name: string, text: string): Promise<Manifest> {
  const bytes = new TextEncoder().encode(text);
  const source = {
    name,
    size: bytes.length,
    async *open() {
      yield bytes;
    },
  };
  const { manifest } = await importFiles([source], defaultChoices, store, {
    now: () => 0,
    newId: () => name,
    breathe: async () => undefined,
    onProgress: () => undefined,
  });
  return manifest;
}
