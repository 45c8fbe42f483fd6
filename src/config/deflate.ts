/** A transforming stream of bytes, as far as it is used here. */
interface ByteStream {
  readonly writable: {
    getWriter(): {
      write(bytes: Uint8Array): Promise<void>;
      close(): Promise<void>;
      abort(): Promise<void>;
      readonly closed: Promise<unknown>;
    };
  };
  readonly readable: {
    getReader(): {
      read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
      cancel(): Promise<void>;
      readonly closed: Promise<unknown>;
    };
  };
}

/** What pages, workers and Node have in common. */
const platform = globalThis as unknown as {
  readonly CompressionStream: new (format: 'deflate-raw') => ByteStream;
  readonly DecompressionStream: new (format: 'deflate-raw') => ByteStream;
};

/** Input is fed in slices, so that what a slice grows to (1,032 times at most) stays small. */
const sliceBytes = 1_024;

export type Inflated =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: 'too long' | 'damaged' };

/** Bytes compressed (RFC 1951). */
export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const result = await run(new platform.CompressionStream('deflate-raw'), bytes, Infinity);
  if (!result.ok) throw new Error('The platform could not compress.');
  return result.bytes;
}

/**
 * The bytes that were compressed, at most `limit` of them: more stop the work at once. Whether bytes after the end of the
 * compressed data are damage is up to the platform.
 */
export async function inflate(bytes: Uint8Array, limit: number): Promise<Inflated> {
  return run(new platform.DecompressionStream('deflate-raw'), bytes, limit);
}

async function run(stream: ByteStream, bytes: Uint8Array, limit: number): Promise<Inflated> {
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  // Every failure shows at the reader; these would report it a second time, to nobody.
  const ignore = () => undefined;
  writer.closed.catch(ignore);
  reader.closed.catch(ignore);
  feed(writer, bytes).catch(ignore);

  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value!);
      length += part.value!.length;
      if (length <= limit) continue;
      writer.abort().catch(ignore);
      reader.cancel().catch(ignore);
      return { ok: false, reason: 'too long' };
    }
  } catch {
    return { ok: false, reason: 'damaged' };
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return { ok: true, bytes: whole };
}

async function feed(writer: ReturnType<ByteStream['writable']['getWriter']>, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += sliceBytes) await writer.write(bytes.subarray(at, at + sliceBytes));
  await writer.close();
}
