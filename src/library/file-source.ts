import type { ByteSource } from '../intake/source.ts';
import type { ChosenFile } from './chosen-file.ts';

/** A file that the user chose, as intake reads it. Throws advice when the file cannot be read any more. */
export function fileSource({ path, file }: ChosenFile): ByteSource {
  return { name: path, size: file.size, open: (from, to) => bytesOf(file, from, to) };
}

// A reader, because Safari's streams are not iterable.
async function* bytesOf(file: File, from?: number, to?: number): AsyncGenerator<Uint8Array> {
  const reader = file.slice(from, to).stream().getReader();
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
