/** What a page throws that is no fault of it: observers that were too slow, and what was given up on purpose. */
const harmless = /ResizeObserver loop|AbortError|The operation was aborted/;

/** Calls back for whatever was thrown and nobody caught. What other scripts in the page throw has no error with it, and is left. */
export function onUncaught(tell: (thrown: unknown) => void): void {
  const hear = (thrown: unknown): void => {
    if (thrown instanceof Error && !harmless.test(`${thrown.name}: ${thrown.message}`)) tell(thrown);
  };
  addEventListener('error', (event) => hear(event.error));
  addEventListener('unhandledrejection', (event) => hear(event.reason));
}
