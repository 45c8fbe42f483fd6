import { FileFault } from './file-fault.ts';
import { gzipInflater } from './platform.ts';
import type { ByteSource } from './source.ts';

/** Bytes that are handed on at a time: the inflater has no back-pressure inside a chunk. */
const sliceBytes = 65_536;

/** The bytes of a file as they are before compression. */
export interface TextStream {
  /** Whether the file is compressed, which its first two bytes say, not its name. */
  readonly compression: 'gzip' | 'none';
  /** Bytes on disk that have been read so far. */
  readonly bytesRead: number;
  /** Slices of at most 64 KiB of text where the file is plain, as the platform gives them where it is not. */
  slices(): AsyncGenerator<Uint8Array, void, undefined>;
  /** Closes the file. */
  close(): Promise<void>;
}

/** Opens a file and looks at its first bytes. An empty file is a stream without slices. */
export async function openText(source: ByteSource): Promise<TextStream> {
  const raw = sliced(source);
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < 2) {
    const next = await raw.next();
    if (next.done) break;
    head = joined(head, next.value);
  }
  const compression = head[0] === 0x1f && head[1] === 0x8b ? 'gzip' : 'none';
  let bytesRead = 0;
  async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
    bytesRead += head.length;
    if (head.length > 0) yield head;
    for await (const slice of raw) {
      bytesRead += slice.length;
      yield slice;
    }
  }
  return {
    compression,
    get bytesRead() {
      return bytesRead;
    },
    slices: () => (compression === 'gzip' ? inflated(source, counted(), () => bytesRead) : counted()),
    close: async () => {
      await raw.return();
    },
  };
}

async function* sliced(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of source.open())
    for (let at = 0; at < chunk.length; at += sliceBytes) yield chunk.subarray(at, at + sliceBytes);
}

async function* inflated(
  source: ByteSource,
  slices: AsyncIterable<Uint8Array>,
  bytesRead: () => number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const inflater = gzipInflater();
  const writer = inflater.writable.getWriter();
  const reader = inflater.readable.getReader();
  let sourceError: unknown;
  const pump = (async () => {
    try {
      for await (const slice of slices) {
        try {
          await writer.write(slice);
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
      const { done, value } = await reader.read();
      if (done) break;
      textBytes += value!.length;
      yield value!;
    }
    await pump;
    finished = true;
  } catch (error) {
    finished = true;
    if (sourceError !== undefined) throw sourceError;
    throw new FileFault(damagedText(source, bytesRead(), textBytes), { cause: error });
  } finally {
    if (!finished) await reader.cancel().catch(() => undefined);
  }
}

function damagedText(source: ByteSource, read: number, textBytes: number): string {
  const number = (bytes: number) => bytes.toLocaleString('en-US');
  return (
    `has gzip data that is cut short or damaged: ${number(textBytes)} bytes of text came out of ${number(read)} of ` +
    `${number(source.size)} bytes. Fetch the file again; or, where it is several gzip files in a row, unpack it first`
  );
}

export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
