import type { ByteSlices } from './byte-slices.ts';
import { copied } from './byte-slices.ts';
import { FileFault } from './file-fault.ts';
import { gzipInflater } from './platform.ts';

/** Packed bytes that the inflater gets at a time: it has no back-pressure inside of a chunk, and makes up to 1,032 times as many. */
export const packedSliceBytes = 16_384;
/** No file of bars unpacks to more than this many times its size; one that does is made to fill memory. Small ones may. */
const mostRatio = 250;
const smallTextBytes = 67_108_864;

/** The platform could not unpack: the data is damaged, ends too early, or goes on after its end. */
export class InflateFault extends Error {}

/**
 * Unpacks one gzip member; the platform checks its CRC-32 and its size. Slices are asked for as text is taken.
 * Throws InflateFault, a FileFault when the text is out of all proportion, and what `packed` throws.
 */
export async function* inflated(packed: ByteSlices): ByteSlices {
  const inflater = gzipInflater();
  const writer = inflater.writable.getWriter();
  const reader = inflater.readable.getReader();
  let packedBytes = 0;
  let sourceError: unknown;
  const pump = (async () => {
    try {
      for await (const slice of packed) {
        packedBytes += slice.length;
        try {
          // A copy, as what is written may be looked at later.
          await writer.write(copied(slice));
        } catch {
          // The inflater has failed or was left; its other end says so.
          return;
        }
      }
    } catch (error) {
      sourceError = error;
      await writer.abort(error);
      return;
    }
    await writer.close();
  })();
  pump.catch(() => undefined);
  let textBytes = 0;
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        finished = true;
        throw sourceError ?? new InflateFault('the data could not be unpacked', { cause: error });
      });
      if (done) break;
      textBytes += value!.length;
      if (textBytes > smallTextBytes && textBytes > mostRatio * packedBytes)
        throw new FileFault(`unpacks to more than ${mostRatio} times its size, which no file of bars does`);
      yield value!;
    }
    await pump;
    finished = true;
  } finally {
    if (!finished) await reader.cancel().catch(() => undefined);
    // Whoever made `packed` may go on with its source.
    await pump.catch(() => undefined);
  }
}
