/** Bytes in slices, as they come, each good until the next is asked for. Whoever does not read them to their end calls `return`. */
export type ByteSlices = AsyncGenerator<Uint8Array, void, undefined>;

/** Bytes that are handed on at a time. */
export const sliceBytes = 65_536;

/** The same bytes in slices of at most that length. */
export async function* sliced(chunks: AsyncIterable<Uint8Array>, mostBytes: number): ByteSlices {
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += mostBytes) yield chunk.subarray(at, at + mostBytes);
}

/** The bytes from `from` to before `to`, of which `from` are passed over. */
export async function* between(chunks: AsyncIterable<Uint8Array>, from: number, to: number): ByteSlices {
  let at = 0;
  for await (const chunk of chunks) {
    const wanted = chunk.subarray(Math.max(0, from - at), Math.max(0, to - at));
    at += chunk.length;
    if (wanted.length > 0) yield wanted;
    if (at >= to) return;
  }
}

/** Reads ahead until at least `bytes` are there, or all; `slices` gives them again and what follows. */
export async function peeked(source: ByteSlices, bytes: number): Promise<{ head: Uint8Array; slices: ByteSlices }> {
  let head: Uint8Array = new Uint8Array(0);
  while (head.length < bytes) {
    const before = copied(head);
    const { done, value } = await source.next();
    head = done ? before : joined(before, value);
    if (done) break;
  }
  async function* slices(): ByteSlices {
    if (head.length > 0) yield head;
    yield* source;
  }
  return { head, slices: slices() };
}

/** All bytes in one array, which is the caller's. */
export async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(copied(chunk));
    length += chunk.length;
  }
  if (parts.length === 1) return parts[0]!;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The bytes in memory of their own; `slice` gives none of those that Node reads. */
export function copied(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
