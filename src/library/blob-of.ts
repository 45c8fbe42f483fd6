import { throwIfCancelled } from '../intake/result.ts';
import { turnMs } from './breathe.ts';
import type { KeepOptions } from './keep.ts';

/**
 * A file of bytes that are made while it is written. A response's body is put where the browser keeps files, on the disk when it is
 * large, so that it is never in the memory of who makes it. Throws the signal's reason when it was cancelled.
 */
export function blobOf(
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
  type: string,
  { now, breathe, signal }: Pick<KeepOptions, 'now' | 'breathe' | 'signal'>,
): Promise<Blob> {
  let turn = now();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      throwIfCancelled(signal);
      if (now() - turn >= turnMs) {
        await breathe();
        turn = now();
      }
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(body, { headers: { 'content-type': type } }).blob();
}
