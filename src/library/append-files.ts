import { intervalMs } from '../bars/interval.ts';
import type { IntakeChoices } from '../intake/choices.ts';
import type { ByteSource } from '../intake/source.ts';
import { coverageOf } from '../quality/coverage.ts';
import type { Calendar } from '../time/market-calendar.ts';
import { adjustmentsAlone, adjustmentsOf, adjustmentsWith, keptOf, toldOf } from './adjustments.ts';
import { appendPart, type Part } from './derive-dataset.ts';
import { adjust, type ImportOptions, type ImportSummary } from './import.ts';
import type { Manifest } from './manifest.ts';
import { missingDataset } from './memory-store.ts';
import { datasetName } from './names.ts';
import { presencesOf } from './presence-pages.ts';
import { withRead, type ReadImport } from './read-import.ts';
import type { ReadRows } from './merge-rows.ts';
import type { BarStore } from './store.ts';

export interface AppendOptions extends ImportOptions {
  /** By whose sessions bars are missing or suspicious, and in whose zone those of a day have their dates. */
  readonly market: Calendar;
}

/**
 * Imports files into a dataset that is here: they are read as any import, and their bars are merged with its own into a new version
 * under the same name; the summary has the audits of the files that were added. Until that is stored the dataset is as it was; nothing changes where it has all of the bars already. Throws as
 * `importFiles` does.
 */
export async function appendFiles(
  target: string,
  sources: readonly ByteSource[],
  choices: IntakeChoices,
  store: BarStore,
  options: AppendOptions,
): Promise<ImportSummary> {
  const into = (await store.list()).find(({ id }) => id === target);
  if (!into) throw missingDataset(target);
  const alone = await adjustmentsAlone(sources);
  if (alone) return adjust(alone, [into], store);
  const fitting = fittingOf(into);
  return withRead({ sources, adjusting: [] }, choices, store, { ...options, fitting }, async (read) => {
    const summary = await append(into, read, choices, store, options);
    await store.discard(read.id);
    return summary;
  });
}

async function append(
  into: Manifest,
  read: ReadImport,
  choices: IntakeChoices,
  store: BarStore,
  options: AppendOptions,
): Promise<ImportSummary> {
  const { market, breathe } = options;
  const { result, told, keeping } = read;
  const added = partOf(read);
  const derived = await appendPart(into, added, choices.conflicts, store, { ...options, onBars: keeping.onBars });
  const news = added.manifest.adjustments;
  // Where nothing was added, no manifest was written with them.
  const manifest =
    news && derived.existing
      ? await store.describe(into.id, { adjustments: adjustmentsOf({ ...toldOf(into.adjustments), ...toldOf(news) }) })
      : derived.manifest;
  const coverage =
    result.kind === 'bars' ? await coverageOf(market, await presencesOf(store, manifest, breathe), breathe) : null;
  const audits = derived.audits.slice(into.audits.length);
  const adjusted = told && { adjusted: keptOf(told, [manifest]) };
  return { manifest, existing: derived.existing, audits, skipped: result.skipped, derived, coverage, ...adjusted };
}

/** What was read, as a part of the dataset that it is added to. */
function partOf({ id, sources, result, lists, told }: ReadImport): Part {
  const { kind, symbols, sha256, audits } = result;
  const adjustments = told && kind === 'bars' ? adjustmentsWith(told, symbols, undefined) : undefined;
  const manifest = {
    ...{ id, name: datasetName(sources[0]!.name.split('/')[0]!), sha256, kind, symbols, audits },
    ...{ interval: result.kind === 'bars' ? result.interval : result.kind, pages: lists.counts },
    ...(adjustments && { adjustments }),
  };
  return { manifest, rows: (symbol) => rowsOf(result, symbol) };
}

async function* rowsOf({ kind, symbols }: ReadImport['result'], symbol: number): AsyncGenerator<ReadRows> {
  if (kind === 'bars')
    for await (const { count, start, open, high, low, close, volume, origins } of symbols[symbol]!.pieces())
      yield { columns: [start, open, high, low, close, volume], origins, count };
  else
    for await (const { count, time, values } of symbols[symbol]!.pieces()) yield { columns: [time, ...values], count };
}

/** The interval that bars must have to be added; undefined where it takes none. */
function fittingOf({ name, interval }: Manifest): ImportOptions['fitting'] {
  const ms = intervalMs(interval);
  return ms === undefined ? undefined : { name, intervalMs: ms };
}
