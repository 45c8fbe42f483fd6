/** What the browser says about the space of this site; undefined where it does not say. */
export interface StorageState {
  readonly usedBytes: number | undefined;
  readonly quotaBytes: number | undefined;
  /** The browser has promised not to clear the library on its own. */
  readonly persisted: boolean;
}

/** What the browser says now. */
export async function storageState(storage: StorageManager | undefined): Promise<StorageState> {
  const estimate = await storage?.estimate().catch(() => undefined);
  const persisted = await storage?.persisted().catch(() => false);
  return { usedBytes: estimate?.usage, quotaBytes: estimate?.quota, persisted: persisted ?? false };
}

/** Asks the browser not to clear the library on its own. Only a page may ask, a worker may not. */
export async function askToKeepLibrary(storage: StorageManager | undefined): Promise<boolean> {
  return (await storage?.persist().catch(() => false)) ?? false;
}
