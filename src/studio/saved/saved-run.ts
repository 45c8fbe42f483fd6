import * as v from 'valibot';
import { sha256Text } from '../../bars/sha256-text.ts';
import type { RunReport } from '../../session/report.ts';
import type { Unit } from '../../statistics/definition.ts';

/** A figure of a result, with what it is in. */
const figure = v.object({
  name: v.pipe(v.string(), v.maxLength(100)),
  unit: v.picklist(['percent', 'share', 'ratio', 'money', 'seconds', 'count', 'time'] satisfies Unit[]),
  value: v.nullable(v.union([v.pipe(v.number(), v.finite()), v.pipe(v.string(), v.maxLength(100))])),
});

/** Characters of a name. */
export const longestName = 80;

/** What is listed of a run that was kept; its report with the chain is read when it is asked for. */
const savedRun = v.object({
  version: v.literal(1),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(longestName)),
  /** Epoch milliseconds. */
  savedAt: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15)),
  /** It was played to its end. */
  finished: v.boolean(),
  /** Version of the app that played it. */
  engine: v.pipe(v.string(), v.maxLength(40)),
  fingerprint: v.pipe(v.string(), v.regex(sha256Text, 'a hash as sha256: and 64 hex digits')),
  dataset: v.pipe(v.string(), v.maxLength(200)),
  symbols: v.pipe(v.number(), v.integer(), v.minValue(0)),
  sessions: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The set-up as the hash of an address, with the proof of its result where a link can carry it. */
  link: v.pipe(v.string(), v.maxLength(20_000), v.regex(/^#c=[\w-]+(&proof=[\w-]+)?$/, 'a link as Share makes it')),
  /** Why the link has no proof; null where it has one. */
  unproven: v.nullable(v.pipe(v.string(), v.maxLength(500))),
  figures: v.pipe(v.array(figure), v.maxLength(100)),
});

export type SavedRun = Readonly<v.InferOutput<typeof savedRun>>;
export type KeyFigure = SavedRun['figures'][number];

/** Reads a record of the browser's storage; what is wrong with one that is broken, or that another version made. */
export function readSavedRun(
  record: unknown,
): { readonly ok: true; readonly run: SavedRun } | { readonly ok: false; readonly message: string } {
  const read = v.safeParse(savedRun, record, { abortEarly: true });
  if (read.success) return { ok: true, run: read.output };
  const [issue] = read.issues;
  return { ok: false, message: `${v.getDotPath(issue) ?? 'the record'}: ${issue.message.slice(0, 200)}` };
}

/** Characters of a report that is kept: that of a hundred symbols over a year has some ten million. */
export const mostCharacters = 20_000_000;

/**
 * What is kept of a report: set-up, hashes of the data, version, fingerprint, sessions with the chain, totals. No bars, no equity and no
 * trades. Throws advice for a run that cannot be compared, or is too large.
 */
export function keptReport({ app, config, data, fingerprint, sessions, totals, interventions }: RunReport): string {
  if (fingerprint === null) throw new Error('No session of this run has ended: play one to its end, then keep the run');
  const text = JSON.stringify({ app, config, data, fingerprint, sessions, totals, interventions });
  if (text.length <= mostCharacters) return text;
  throw new Error(
    `The sessions and the chain of this run take ${(text.length / 1e6).toFixed(1)} MB; at most ${mostCharacters / 1e6} MB are kept of a run: download its report instead`,
  );
}
