/** Work between two breaths, in milliseconds. */
export const turnMs = 10;

/**
 * Resolves in a task of its own, after the messages that have arrived. A timer would do too, but browsers stretch nested
 * timers to 4 ms and more.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
