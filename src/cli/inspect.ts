import { defaultConfig } from '../config/schema.ts';
import { MemoryStore } from '../library/memory-store.ts';
import { isoText } from '../time/instant.ts';
import { marketOf } from '../time/session-calendar.ts';
import { loadFile } from './load.ts';

/** What an import of each file would store, as a JSON array; each file is looked at by itself. */
export async function inspect(paths: readonly string[]): Promise<string> {
  const manifests = [];
  for (const path of paths) {
    const { manifest, audits, skipped } = await loadFile(
      path,
      new MemoryStore(),
      marketOf(defaultConfig().session).zone,
    );
    manifests.push({
      name: manifest.name,
      symbols: manifest.symbols.map(({ name, bars, from, to }) => ({
        name,
        bars,
        from: isoText(from),
        to: isoText(to),
      })),
      kind: manifest.kind,
      interval: manifest.interval,
      from: isoText(manifest.from),
      to: isoText(manifest.to),
      bars: manifest.bars,
      sha256: manifest.sha256,
      decisions: audits.flatMap(({ decisions }) => decisions),
      audit: audits.map((audit) => ({ ...audit, decisions: undefined })),
      skipped,
    });
  }
  return `${JSON.stringify(manifests, null, 2)}\n`;
}
