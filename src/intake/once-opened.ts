import { adjustmentsHeadBytes } from './adjustments-file.ts';
import { peeked, sliceBytes, sliced, type ByteSlices } from './byte-slices.ts';
import type { ByteSource } from './source.ts';

/** A file that is closed by whoever made it one, also where nobody read it to its end. */
export interface ClosedSource extends ByteSource {
  close(): Promise<void>;
}

/**
 * The same file, opened once by who looks at its beginning and then reads all of it: an opening costs a browser more time and memory than
 * the bytes of a small file do.
 */
export function onceOpened(source: ByteSource): ClosedSource {
  let begun: { readonly head: Uint8Array; readonly rest: ByteSlices } | undefined;
  async function* look(bytes: number): ByteSlices {
    if (!begun) {
      const rest = sliced(source.open(), sliceBytes);
      begun = { head: (await peeked(rest, adjustmentsHeadBytes)).head, rest };
    }
    yield begun.head.subarray(0, bytes);
  }
  async function* all({ head, rest }: NonNullable<typeof begun>): ByteSlices {
    try {
      if (head.length > 0) yield head;
      yield* rest;
    } finally {
      await rest.return();
    }
  }
  return {
    ...source,
    open(from, to) {
      if (from === 0 && to !== undefined && to <= adjustmentsHeadBytes) return look(to);
      if (from !== undefined || to !== undefined || !begun) return source.open(from, to);
      const opened = all(begun);
      begun = undefined;
      return opened;
    },
    async close() {
      await begun?.rest.return();
      begun = undefined;
    },
  };
}
