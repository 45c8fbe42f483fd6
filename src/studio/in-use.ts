import { readsLock } from '../library/between-tabs.ts';

/** Tells the other tabs that a run of this one reads these datasets; returns what ends it. */
export function holdDatasets(ids: Iterable<string>): () => void {
  const locks = navigator.locks as LockManager | undefined;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  for (const id of ids) locks?.request(readsLock(id), { mode: 'shared' }, () => released).catch(() => undefined);
  return release;
}

/** Whether a run of another tab reads a dataset; `here` says whether one of this tab does. Where the browser has no locks nobody knows. */
export async function isReadElsewhere(id: string, here: boolean): Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined;
  const { held = [] } = (await locks?.query().catch(() => undefined)) ?? {};
  return held.filter(({ name }) => name === readsLock(id)).length > (here ? 1 : 0);
}
