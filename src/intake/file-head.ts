import type { CancelSignal } from './result.ts';
import { throwIfCancelled } from './result.ts';
import { sampleBytes } from './sample.ts';
import type { ByteSource } from './source.ts';
import { SpareMemory } from './spare-memory.ts';
import type { TextStream } from './text-stream.ts';
import { openText } from './text-stream.ts';

/** The beginning of a file's text, and the rest of it. */
export interface FileHead {
  readonly stream: TextStream;
  readonly head: Uint8Array;
  /** `head` is all of the text. */
  readonly whole: boolean;
  /** What follows `head`; can be read once. */
  rest(): AsyncIterable<Uint8Array>;
  /** Closes the file; `head` is nobody's any more. */
  close(): Promise<void>;
}

const heads = new SpareMemory(sampleBytes);

/** Reads the part of a file that sniffing looks at, the same however the file arrives. */
export async function fileHead(source: ByteSource, signal: CancelSignal | undefined): Promise<FileHead> {
  const stream = await openText(source);
  const { slices } = stream;
  let parts = heads.take(Math.min(sampleBytes, source.size));
  let filled = 0;
  /** Good until the next slice is asked for. */
  let over: Uint8Array | undefined;
  try {
    for (;;) {
      throwIfCancelled(signal);
      const { done, value } = await slices.next();
      if (done) break;
      const taken = Math.min(value.length, sampleBytes - filled);
      if (filled + taken > parts.length) {
        // Text is longer than the file where that is compressed.
        const larger = new Uint8Array(Math.min(sampleBytes, 2 * (filled + taken)));
        larger.set(parts);
        parts = larger;
      }
      parts.set(value.subarray(0, taken), filled);
      filled += taken;
      if (taken < value.length) {
        over = value.subarray(taken);
        break;
      }
    }
  } catch (error) {
    await stream.close();
    throw error;
  }
  async function* rest(): AsyncGenerator<Uint8Array, void, undefined> {
    if (over) yield over;
    yield* slices;
  }
  const close = async (): Promise<void> => {
    await stream.close();
    heads.give(parts);
  };
  return { stream, head: parts.subarray(0, filled), whole: over === undefined, rest, close };
}
