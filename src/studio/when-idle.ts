/** Milliseconds in which the page shows what it has: it also has nothing to do while it waits for what is stored. */
export const firstSightMs = 1_000;

/** Calls back when the page has nothing to do, so many milliseconds from now or later; returns what calls that off. Safari has no idle callbacks. */
export function whenIdle(work: () => void, afterMs: number): () => void {
  let idle: number | undefined;
  const timer = setTimeout(() => {
    if ('requestIdleCallback' in globalThis) idle = requestIdleCallback(work);
    else work();
  }, afterMs);
  return () => {
    clearTimeout(timer);
    if (idle !== undefined) cancelIdleCallback(idle);
  };
}
