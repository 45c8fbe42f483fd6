import type { Decision } from './audit.ts';
import type { ByteSlices } from './byte-slices.ts';
import { peeked, sliceBytes, sliced } from './byte-slices.ts';
import { encodingBytes, encodingOf, utf8FromUtf16, utf8FromWestern } from './encoding.ts';
import { isParquet, refuseForeign } from './foreign-bytes.ts';
import { gunzipped } from './gunzip.ts';
import { packedSliceBytes } from './inflate.ts';
import type { ByteSource } from './source.ts';

/** A file's text in UTF-8, whatever it is packed and encoded in. */
export interface TextStream {
  /** How the text was got at: compression and encoding, where it was not plain UTF-8. */
  readonly decisions: readonly Decision[];
  /** It was made of a table of columns with names, which are its first line. */
  readonly isTable: boolean;
  /** The bytes of the source are the text. */
  readonly isPlain: boolean;
  /** Bytes of the source that have been read so far. */
  readonly bytesRead: number;
  /** Slices of at most 64 KiB of text where the file is plain, as the platform gives them where it is not; can be read once. */
  readonly slices: ByteSlices;
  /** Closes the file. */
  close(): Promise<void>;
}

/**
 * Opens a file and looks at its first bytes, which say what it is packed in; its name does not. An empty file is a stream without
 * slices. Throws a FileFault when it holds no text.
 */
export async function openText(source: ByteSource): Promise<TextStream> {
  let bytesRead = 0;
  async function* counted(slices: ByteSlices): ByteSlices {
    for await (const slice of slices) {
      bytesRead += slice.length;
      yield slice;
    }
  }
  const opened = counted(sliced(source.open(), sliceBytes));
  const decisions: Decision[] = [];
  // Each is closed by itself: one that was never asked does not close what it would have read.
  const layers = [opened];
  const on = (slices: ByteSlices): ByteSlices => {
    layers.unshift(slices);
    return slices;
  };
  const close = async (): Promise<void> => {
    for (const layer of layers) await layer.return();
  };
  let slices: ByteSlices;
  let isPlain = true;
  try {
    const raw = await peeked(opened, 6);
    slices = on(raw.slices);
    if (isParquet(raw.head)) {
      await close();
      return await ofParquet(source);
    }
    refuseForeign(raw.head, false);
    const isGzip = raw.head[0] === 0x1f && raw.head[1] === 0x8b;
    if (isGzip) {
      isPlain = false;
      decisions.push({ name: 'compression', value: 'gzip', reason: 'the first two bytes say so', guess: false });
      slices = on(gunzipped(source, on(sliced(slices, packedSliceBytes))));
    }
    // A small file is not copied to find that nothing follows.
    const text = await peeked(slices, isGzip ? encodingBytes : Math.min(encodingBytes, source.size));
    slices = on(text.slices);
    if (isGzip) refuseForeign(text.head, true);
    const encoding = encodingOf(text.head.subarray(0, encodingBytes));
    if (encoding) {
      decisions.push({ name: 'encoding', value: encoding.name, reason: encoding.reason, guess: encoding.guess });
      if (encoding.name !== 'UTF-8') {
        isPlain = false;
        slices = on(encoding.name === 'Windows-1252' ? utf8FromWestern(slices) : utf8FromUtf16(slices, encoding.name));
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    decisions,
    isTable: false,
    isPlain,
    get bytesRead() {
      return bytesRead;
    },
    slices,
    close,
  };
}

/** What reads Parquet is loaded when such a file comes. */
async function ofParquet(source: ByteSource): Promise<TextStream> {
  const { parquetText } = await import('./parquet-text.ts');
  let bytesRead = 0;
  const { decisions, slices } = await parquetText(source, (bytes) => (bytesRead += bytes));
  return {
    ...{ decisions, slices, isTable: true, isPlain: false },
    get bytesRead() {
      // Its directory, and what groups share, may be read more than once.
      return Math.min(bytesRead, source.size);
    },
    close: async () => void (await slices.return()),
  };
}
