/** What a store's failure means for an import, and what to do about it. */
export function importFailure(error: unknown, neededBytes: number, freeBytes: number | undefined): unknown {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') {
    const free = freeBytes === undefined ? '' : `; the browser reports ${megabytes(freeBytes)} free for this site`;
    return new Error(
      `storage is full: the import needs about ${megabytes(neededBytes)}${free}. ` +
        'Delete a dataset, or free space on the disk, and import again',
      { cause: error },
    );
  }
  if (!(error instanceof DOMException) || name === 'AbortError') return error;
  return new Error(`the browser could not store the import (${name}: ${error.message})`, { cause: error });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
