import { importLock, readsLock } from './between-tabs.ts';
import type { IndexedDbStore } from './indexeddb-store.ts';

/**
 * Takes away what imports have left that died with their tab or worker, and datasets that were replaced. An import takes its lock
 * before it stores its first chunk and frees it by dying; one that has come to its manifest meanwhile is a dataset, which is left
 * alone. What was replaced is taken away when no run reads it any more. Without locks dead imports cannot be told from living ones,
 * and all are left alone.
 */
export async function clearDeadImports(store: IndexedDbStore, locks: LockManager | undefined): Promise<void> {
  if (!locks) return;
  const unfinished = await store.unfinished();
  const discard = (id: string) => locks.request(readsLock(id), () => store.discard(id));
  await Promise.all(unfinished.map((id) => locks.request(importLock(id), () => discard(id))));
}
