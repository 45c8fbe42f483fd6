/** What comlink puts into a message beside the call: the number under which it waits for the answer. */
interface Numbered {
  readonly id?: string;
  readonly path?: readonly string[];
}

/**
 * Lets the calls to a worker fail when it is given up, which comlink would have wait for ever. Returns what ends the worker and
 * throws the reason to whoever waits for an answer. How long answers took is told as performance measures. Called before comlink wraps the worker.
 */
export function answerable(worker: Worker): (reason: string) => void {
  /** The calls without an answer: what is called, and since when. */
  const open = new Map<string, readonly [name: string, sinceMs: number]>();
  const post = worker.postMessage.bind(worker) as (message: Numbered, transfer: Transferable[]) => void;
  worker.postMessage = (message: Numbered, transfer: unknown) => {
    if (message.id !== undefined) open.set(message.id, [`library ${message.path?.join('.') ?? ''}`, performance.now()]);
    post(message, transfer as Transferable[]);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<Numbered>) => {
    const call = open.get(data.id ?? '');
    if (!call) return;
    open.delete(data.id!);
    performance.measure(call[0], { start: call[1] });
  });
  return (message) => {
    worker.terminate();
    const value = { isError: true, value: { message } };
    for (const id of open.keys())
      worker.dispatchEvent(new MessageEvent('message', { data: { id, type: 'HANDLER', name: 'throw', value } }));
  };
}
