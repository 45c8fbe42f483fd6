import { defaultConfig } from '../config/schema.ts';
import { defaultChoices } from '../intake/choices.ts';
import { flagsPart, leftOutPart, type LeftOutRow, type ListPart, type ListQuery } from '../library/lists.ts';
import type { ImportSummary } from '../library/import.ts';
import { MemoryStore } from '../library/memory-store.ts';
import { isoText } from '../time/instant.ts';
import { marketOf } from '../time/session-calendar.ts';
import type { ImportChoices } from './import-choices.ts';
import { loadFile } from './load.ts';

/** What an import of each file would store, as a JSON array; each file is looked at by itself. */
export async function inspect(paths: readonly string[], chosen: ImportChoices = defaultChoices): Promise<string> {
  const manifests: object[] = [];
  for (const path of paths) {
    const store = new MemoryStore();
    const summary = await loadFile(path, store, marketOf(defaultConfig().session).zone, chosen);
    for (const each of [summary, ...(summary.others ?? [])]) manifests.push(await inspected(each, store));
  }
  return `${JSON.stringify(manifests, null, 2)}\n`;
}

/** What one dataset is, to be printed. */
async function inspected({ manifest, audits, skipped }: ImportSummary, store: MemoryStore): Promise<object> {
  const leftOut = await listOf((query) => leftOutPart(store, query), manifest.id);
  return {
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
    audit: audits.map((audit) => ({
      ...audit,
      decisions: undefined,
      rejections: leftOut.filter(({ file, kind }) => file === audit.file && kind === 'rejected').map(withoutFile),
      conflicting: leftOut.filter(({ file, kind }) => file === audit.file && kind === 'conflict').map(withoutFile),
    })),
    flags: await listOf((query) => flagsPart(store, query), manifest.id),
    skipped,
  };
}

/** All entries of a list. */
async function listOf<Entry>(
  read: (query: ListQuery) => Promise<ListPart<Entry>>,
  dataset: string,
): Promise<readonly Entry[]> {
  return (await read({ dataset, wanted: '', kind: '', from: 0, count: Infinity })).entries;
}

function withoutFile({ line, reason, text }: LeftOutRow): Omit<LeftOutRow, 'file' | 'kind'> {
  return { line, reason, text };
}
