import { Worker } from 'node:worker_threads';

/** A worker thread that runs a TypeScript file of this folder. Node 20 takes the loader from inside the thread only. */
export function thread(file: string, workerData: unknown = null): Worker {
  const { href } = new URL(file, import.meta.url);
  const start = `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(href)})))`;
  return new Worker(start, { eval: true, workerData });
}

/** The next message of a worker; rejects when it fails instead. */
export function answer<T>(worker: Worker): Promise<T> {
  return new Promise((resolve, reject) => {
    const onError = (error: unknown): void => reject(error instanceof Error ? error : new Error(String(error)));
    worker.once('error', onError);
    worker.once('message', (message: T) => {
      worker.off('error', onError);
      resolve(message);
    });
  });
}
