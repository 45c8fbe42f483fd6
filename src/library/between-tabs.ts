/**
 * Every tab hears on this BroadcastChannel that the list of datasets has changed; the message is empty, the news is in
 * `list()`.
 */
export const libraryChannel = 'tapedeck-library';

/** The channel of the list's changes; undefined where the browser has none for this page (Firefox, with its storage refused). */
export function openLibraryChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(libraryChannel);
  } catch {
    return undefined;
  }
}

/** The browser's locks; undefined where it has none for this page, or refuses them, as it does where site data are blocked. */
export async function openLocks(): Promise<LockManager | undefined> {
  const locks = navigator.locks as LockManager | undefined;
  return locks?.query().then(
    () => locks,
    () => undefined,
  );
}

/** The lock that an import holds as long as it lives. */
export function importLock(id: string): string {
  return `tapedeck-import-${id}`;
}

/** The shared lock that a tab holds on each dataset that its run reads. */
export function readsLock(id: string): string {
  return `tapedeck-reads-${id}`;
}
