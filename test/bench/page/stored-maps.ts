import { IndexedDbStore } from '../../../src/library/indexeddb-store.ts';
import { presenceList } from '../../../src/library/presence-pages.ts';
import { PresenceBuilder } from '../../../src/quality/presence.ts';
import { calendar } from '../../../src/time/calendar.ts';
import { instant, minute } from '../../../src/time/instant.ts';

/**
 * Stores what a map is made of, and no bars: which minutes of XNYS sessions symbols have. In every session of a symbol some are missing,
 * at other places.
 */
export async function storeMap(name: string, symbols: number, from: string, to: string): Promise<number> {
  const store = new IndexedDbStore();
  const sessions = calendar('XNYS').sessions(from, to);
  const [first, last] = [sessions[0]!.open, instant(sessions.at(-1)!.close - minute)];
  let bars = 0;
  const pages = Array.from({ length: symbols }, (_, symbol) => {
    const presence = new PresenceBuilder(minute);
    sessions.forEach(({ open, close }, i) => {
      const slots = (close - open) / minute;
      const gap = 1 + ((i * 31 + symbol * 17) % (slots - 9));
      presence.add(open, gap);
      presence.add(open + (gap + 3) * minute, slots - gap - 3);
      bars += slots - 3;
    });
    return { list: presenceList, page: symbol, bytes: presence.finish() };
  });
  await store.putPages(name, pages);
  await store.commit({
    ...({ version: 1, id: name, name, sha256: `sha256:${name}`, interval: '1m', bytes: 0, audits: [] } as const),
    symbols: pages.map((_, i) => {
      const each = { from: first, to: last, chunks: [] };
      return { name: `S${String(i).padStart(3, '0')}`, bars: bars / symbols, ...each };
    }),
    ...{ bars, from: first, to: last, importedAt: 0, pages: { [presenceList]: symbols } },
  });
  await store.close();
  return sessions.length;
}
