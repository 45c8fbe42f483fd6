import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes by path of scripts and of all that they need before they run, compressed as hosts do. */
export async function scriptSizes(scripts: readonly string[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const waiting = [...scripts];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (sizes.has(path)) continue;
    const text = await readFile(path, 'utf8');
    sizes.set(path, gzipSync(text).length);
    for (const [, name] of text.matchAll(/\b(?:from|import)\s*["'`](\.\/[^"'`]+\.js)["'`]/g))
      waiting.push(join(dirname(path), name!));
  }
  return sizes;
}
