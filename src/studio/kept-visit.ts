import * as v from 'valibot';
import { datasetsOf } from '../session/datasets-of.ts';
import type { DatasetFacts } from '../session/dataset-facts.ts';
import type { RunPlan } from '../session/plan.ts';

/** How the page was left, so that a reload, or the next visit, finds it again. Bars are not in it: a run is played up to its place. */
const run = v.object({
  /** The settings that were given when the run began, in the shape of a configuration. */
  settings: v.record(v.string(), v.unknown()),
  /** The datasets that it plays or fills gaps from. */
  tape: v.array(v.object({ name: v.string(), sha256: v.string() })),
  place: v.object({ session: count(), slots: count(), ended: v.boolean() }),
  interventions: v.pipe(
    v.array(
      v.object({
        session: count(),
        slot: count(),
        kind: v.picklist(['cancel', 'register', 'history']),
        symbol: v.pipe(v.number(), v.integer(), v.minValue(-1)),
      }),
    ),
    v.readonly(),
  ),
  /** Of the sessions that had ended; null where that was not known, as while it played. */
  fingerprint: v.nullable(v.string()),
});

const visit = v.object({
  version: v.literal(1),
  /** The hash of the address: a link that was opened later wins over what was kept. */
  link: v.string(),
  /** What the link says of its data, and of its result, is still held against what is played. */
  isMeant: v.optional(v.boolean(), false),
  settings: v.record(v.string(), v.unknown()),
  view: v.object({
    pane: v.picklist(['chart', 'library', 'set-up', 'session']),
    side: v.picklist(['library', 'set-up']),
    dock: v.picklist(['quality', 'gaps', 'sessions', 'trading', 'results']),
    /** What the chart was chosen to show; it reads of it what it understands. */
    chart: v.unknown(),
  }),
  run: v.nullable(run),
});

export type KeptVisit = Readonly<v.InferOutput<typeof visit>>;
export type KeptRun = v.InferOutput<typeof run>;

/** Characters of a record: enough for a script of as many orders as one may have. Browsers keep some five million for a page. */
export const mostKept = 2_000_000;

/** Stands for the strategy of a run that is the set-up's, so that a long script is not written twice. A strategy is never a text. */
const sameStrategy = 'as in the set-up';

/** The record as text, and how long it would have been where it was too long: a run to which its user did so much is left out. */
export function writeVisit(kept: KeptVisit): { readonly text: string; readonly tooLong?: number } {
  const { settings, run } = kept;
  const isSame =
    run && JSON.stringify(run.settings['strategy'] ?? null) === JSON.stringify(settings['strategy'] ?? null);
  const brief = isSame ? { ...kept, run: { ...run, settings: { ...run.settings, strategy: sameStrategy } } } : kept;
  const text = JSON.stringify(brief);
  if (text.length <= mostKept) return { text };
  return { text: JSON.stringify({ ...kept, run: null } satisfies KeptVisit), tooLong: text.length };
}

/** Reads a record; undefined for one that is broken, that another version made, or that is none. */
export function readVisit(text: string | null): KeptVisit | undefined {
  if (text === null || text.length > mostKept) return undefined;
  try {
    const read = v.safeParse(visit, JSON.parse(text));
    return read.success ? withStrategy(read.output) : undefined;
  } catch {
    return undefined;
  }
}

function withStrategy(kept: KeptVisit): KeptVisit {
  const { settings, run } = kept;
  if (run?.settings['strategy'] !== sameStrategy) return kept;
  const own = { ...run.settings, strategy: settings['strategy'] };
  if (own.strategy === undefined) delete own.strategy;
  return { ...kept, run: { ...run, settings: own } };
}

/** The datasets of a run, by name. */
export function tapeOf(plan: RunPlan, datasets: readonly DatasetFacts[]): KeptRun['tape'] {
  const ids = datasetsOf(plan);
  return datasets.filter(({ id }) => ids.has(id)).map(({ name, sha256 }) => ({ name, sha256 }));
}

/** Why a run cannot be built anew with the datasets that are here, as the end of a sentence; undefined where it can. */
export function lacking(tape: KeptRun['tape'], datasets: readonly DatasetFacts[]): string | undefined {
  for (const { name, sha256 } of tape) {
    if (datasets.some((dataset) => dataset.sha256 === sha256)) continue;
    const changed = datasets.some((dataset) => dataset.name === name);
    return changed ? `“${name}” holds other bars now` : `“${name}” is not in the library any more`;
  }
  return undefined;
}

/** A count from a stranger's hand. */
function count() {
  return v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e9));
}
