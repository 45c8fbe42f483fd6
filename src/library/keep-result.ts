import type { IntakeChoices } from '../intake/choices.ts';
import type { Breathe, Hashed, IntakeResult, RecordResult } from '../intake/result.ts';
import { coverageOf } from '../quality/coverage.ts';
import { adjustmentsWith, type ToldBySymbol } from './adjustments.ts';
import { flagged } from './flagged.ts';
import type { ImportOptions, ImportSummary } from './import.ts';
import { keepUnder } from './keep.ts';
import { LeftOutWriter } from './lists.ts';
import { PageWriter } from './page-writer.ts';
import { presencesOf } from './presence-pages.ts';
import type { BarStore } from './store.ts';

/** What the keeping of results of one import has in common. */
export interface ResultKeeping {
  readonly store: BarStore;
  readonly options: ImportOptions;
  readonly choices: IntakeChoices;
  /** Splits and dividends that came with the files; null where none did. */
  readonly told: ToldBySymbol | null;
  /** Lets others work; the second throws where the import was cancelled. */
  pause(): Promise<void>;
  readonly breathe: Breathe;
  onBars(bars: number): void;
}

/**
 * Looks at what was read for what is suspicious or missing, and stores it under an id that is held, with the lists that it has there
 * already. Throws as `keepUnder` does.
 */
export async function keepResult(
  id: string,
  result: (IntakeResult | RecordResult) & Hashed,
  name: string,
  lists: PageWriter,
  { store, options, choices, told, pause, breathe, onBars }: ResultKeeping,
): Promise<ImportSummary> {
  const { market } = options;
  const ofBars = result.kind === 'bars';
  const flags = ofBars ? await flagged(result, market ?? null, lists, breathe) : undefined;
  const stored = await keepUnder(id, result, result.sha256, name, store, {
    ...{ ...options, choices, flags, onBars, pages: lists.counts },
    adjustments: told && ofBars ? adjustmentsWith(told, result.symbols, undefined) : undefined,
  });
  const isExisting = stored.id !== id;
  const before = stored.adjustments;
  const adjustments = told && isExisting ? adjustmentsWith(told, stored.symbols, before) : before;
  const manifest = adjustments === before ? stored : await store.describe(stored.id, { adjustments: adjustments! });
  const coverage = market && ofBars ? await coverageOf(market, await presencesOf(store, manifest, pause), pause) : null;
  return { manifest, existing: isExisting, audits: result.audits, skipped: result.skipped, coverage };
}

/** The same of symbols whose interval is not that of the files' first bars, with a copy of the list of what was left out of the files. */
export async function keepApart(
  result: IntakeResult & Hashed,
  name: string,
  files: { readonly id: string; readonly lists: PageWriter },
  keeping: ResultKeeping,
): Promise<ImportSummary> {
  const { store, options } = keeping;
  const id = options.newId();
  const holding = options.holding ?? ((_, work) => work());
  return holding(id, async () => {
    const lists = new PageWriter(store, id);
    try {
      const source = { id: files.id, pages: files.lists.counts, audits: result.audits };
      const leftOut = new LeftOutWriter(lists);
      await leftOut.copy([source], store, options);
      await leftOut.end();
      return await keepResult(id, result, name, lists, keeping);
    } catch (error) {
      await store.discard(id).catch(() => undefined);
      throw error;
    }
  });
}
