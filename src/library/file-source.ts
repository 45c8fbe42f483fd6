import type { ByteSource } from '../intake/source.ts';
import { SpareMemory } from '../intake/spare-memory.ts';
import type { ChosenFile } from './chosen-file.ts';

/** Bytes that are read at a time. */
const pieceBytes = 65_536;
const pieces = new SpareMemory(pieceBytes);

/**
 * Readers that are at work: Chromium (156) collects a reader of a file that nothing but its own pending read refers to, and the read never
 * ends; an import of some hundred files stood still.
 */
const atWork = new Set<ReadableStreamBYOBReader>();

/** A file that the user chose, as intake reads it. Throws advice when the file cannot be read any more. */
export function fileSource({ path, file }: ChosenFile): ByteSource {
  return { name: path, size: file.size, open: (from, to) => bytesOf(file, from, to) };
}

// A reader, because Safari's streams are not iterable.
async function* bytesOf(file: File, from?: number, to?: number): AsyncGenerator<Uint8Array> {
  const reader = readerOf(file.slice(from, to));
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw new Error(
          `${file.name} cannot be read: it was changed, moved or deleted after it was chosen; choose it again`,
          {
            cause: error,
          },
        );
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * Reads a part of a file into the same memory again and again: fresh memory for each piece takes three times as long. Engines whose files
 * are no byte streams (https://developer.mozilla.org/docs/Web/API/ReadableStreamBYOBReader) give pieces of their own.
 */
function readerOf(part: Blob): Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'> {
  const stream = part.stream();
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: 'byob' });
  } catch {
    return stream.getReader();
  }
  atWork.add(reader);
  let memory = pieces.take(pieceBytes);
  return {
    cancel() {
      // After a failure it is gone: what is read into is handed over while it is.
      if (memory.length > 0) pieces.give(memory);
      atWork.delete(reader);
      return reader.cancel();
    },
    async read() {
      const result = await reader.read(memory);
      // Also at the end, where the value is empty.
      if (result.value) memory = new Uint8Array(result.value.buffer);
      return result as ReadableStreamReadResult<Uint8Array>;
    },
  };
}
