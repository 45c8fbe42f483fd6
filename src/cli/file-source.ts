import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { ByteSource } from '../intake/source.ts';
import { WrongArguments } from './wrong-arguments.ts';

/** A file on disk. Throws WrongArguments when there is none of that name. */
export function diskSource(path: string): ByteSource {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new WrongArguments(`There is no file "${path}"; name a file with bars`);
  return {
    name: basename(path),
    size: stat.size,
    async *open(from = 0, to = stat.size) {
      // `end` is included.
      if (from < to) yield* createReadStream(path, { start: from, end: to - 1, highWaterMark: 1 << 18 });
    },
  };
}
