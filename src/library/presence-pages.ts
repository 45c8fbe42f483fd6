import { intervalMs } from '../bars/interval.ts';
import type { DataKind } from '../bars/records.ts';
import type { Breathe } from '../intake/result.ts';
import { Presence, PresenceBuilder } from '../quality/presence.ts';
import { minute } from '../time/instant.ts';
import { openChunk } from './chunk.ts';
import type { Manifest } from './manifest.ts';
import { openRecordChunk } from './record-chunk.ts';
import type { BarStore } from './store.ts';

/** The list of pages that say what is present, one a symbol. */
export const presenceList = 'presence';

/** The length of what is present or not: of bars their own, of quotes and ticks a minute. */
export function presenceMsOf({ kind, interval }: { readonly kind?: DataKind; readonly interval?: string }): number {
  return (kind ?? 'bars') === 'bars' ? intervalMs(interval ?? '')! : minute;
}

/** Adds what a chunk holds to what is present of its symbol. */
export function addChunk(presence: PresenceBuilder, bytes: Uint8Array, kind: DataKind): void {
  if (kind === 'bars') {
    const chunk = openChunk(bytes);
    for (let block = 0; block < chunk.blocks; block++)
      chunk.eachRun(block, (start, count) => presence.add(start, count));
  } else for (const time of openRecordChunk(bytes, kind).time) presence.addMinuteOf(time);
}

/**
 * What is present of each symbol of a dataset. It is stored with the dataset; of one that was imported before that was so it is read
 * from the chunks once, and then kept with it, if the store takes it.
 */
export async function presencesOf(store: BarStore, manifest: Manifest, breathe: Breathe): Promise<Presence[]> {
  const kept = await keptPresences(store, manifest);
  if (kept) return kept;
  const pages: Uint8Array[] = [];
  for (const [symbol, { chunks }] of manifest.symbols.entries()) {
    const presence = new PresenceBuilder(presenceMsOf(manifest));
    for (let chunk = 0; chunk < chunks.length; chunk++) {
      addChunk(presence, await store.chunk(manifest.id, symbol, chunk), manifest.kind ?? 'bars');
      await breathe();
    }
    pages.push(presence.finish());
  }
  // Where there is no room for it, it is read again the next time.
  await store.addPages(manifest.id, presenceList, pages).catch(() => undefined);
  return pages.map((bytes) => new Presence(bytes));
}

/** Undefined where it is not kept, or in a form that this version does not read. */
async function keptPresences(store: BarStore, { id, symbols, pages }: Manifest): Promise<Presence[] | undefined> {
  if (pages?.[presenceList] !== symbols.length) return undefined;
  const bytes = await Promise.all(symbols.map((_, symbol) => store.page(id, presenceList, symbol)));
  try {
    return bytes.map((each) => new Presence(each));
  } catch {
    return undefined;
  }
}
