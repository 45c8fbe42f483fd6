/** Names of errors that a browser's storage throws. */
const ofStorage = /^(?:AbortError|InvalidStateError|QuotaExceededError|TransactionInactiveError|UnknownError)\b/;

/** What to do after an import that failed: mend the file only when the file was the reason. */
export function importAdvice(thrown: unknown): string {
  const { name, message, cause } = (thrown ?? {}) as Partial<Record<'name' | 'message' | 'cause', unknown>>;
  const kept = 'The library is as it was.';
  if (/^storage is full/i.test(String(message))) return kept;
  if (/^Another import is running/.test(String(message))) return kept;
  if (/deleted in another tab/.test(String(message)))
    return `${kept} Import the files as a dataset of their own, or add them to another one.`;
  // A cause crosses from the worker as a text that begins with its name.
  if (
    ofStorage.test(String(cause ?? '')) ||
    ofStorage.test(String(name ?? '')) ||
    /^the browser /.test(String(message))
  )
    return `${kept} Reload the page, and import again.`;
  return `${kept} Mend the file or choose another one, and import again.`;
}
