import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { ByteSource } from '../intake/source.ts';
import { WrongArguments } from './wrong-arguments.ts';

/** A file on disk, or all files of a folder in the order of their paths. Throws WrongArguments when there is none of that name. */
export function diskSources(path: string): ByteSource[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile()) return [diskSource(path, basename(path), stat.size)];
  if (!stat?.isDirectory()) throw new WrongArguments(`There is no file or folder "${path}"; name a file with bars`);
  const folder = basename(resolve(path));
  const sources = readdirSync(path, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const inside = statSync(join(path, name), { throwIfNoEntry: false });
    if (!inside?.isFile()) return [];
    return [diskSource(join(path, name), `${folder}/${name.replaceAll('\\', '/')}`, inside.size)];
  });
  if (sources.length === 0) throw new WrongArguments(`There is no file in the folder "${path}"`);
  return sources.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function diskSource(path: string, name: string, size: number): ByteSource {
  return {
    name,
    size,
    async *open(from = 0, to = size) {
      // `end` is included.
      if (from < to) yield* createReadStream(path, { start: from, end: to - 1, highWaterMark: 1 << 18 });
    },
  };
}
