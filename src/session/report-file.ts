import * as v from 'valibot';
import { sha256Text } from '../bars/sha256-text.ts';
import { readConfig } from '../config/read.ts';
import { linksOf } from './account.ts';
import type { ComparedRun } from './compare.ts';

const figures = v.record(v.string(), v.unknown());
const hash = v.pipe(v.string(), v.regex(sha256Text, 'a hash as sha256: and 64 hex digits'));

const session = v.looseObject({
  date: v.string(),
  open: v.pipe(v.string(), v.isoTimestamp('a time in ISO 8601')),
  close: v.pipe(v.string(), v.isoTimestamp('a time in ISO 8601')),
  early: v.boolean(),
  digest: hash,
  steps: v.pipe(
    v.string(),
    v.check((steps) => linksOf({ steps }) !== undefined, '32-bit words in base64'),
  ),
  states: v.array(v.tuple([v.string(), v.string(), v.string()])),
  symbols: v.record(v.string(), figures),
  derived: v.record(v.string(), v.record(v.string(), figures)),
});

const report = v.looseObject({
  app: v.looseObject({ name: v.literal('tapedeck'), version: v.string() }),
  config: v.unknown(),
  data: v.array(v.looseObject({ dataset: v.string(), symbol: v.string(), interval: v.string(), sha256: v.string() })),
  fingerprint: v.nullable(hash),
  sessions: v.array(session),
});

export type ReadReport =
  { readonly ok: true; readonly report: ComparedRun } | { readonly ok: false; readonly message: string };

/** Reads a run report from the text of a file; the message says what is wrong with one that is none. */
export function readReport(text: string): ReadReport {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, message: 'it is not JSON' };
  }
  const read = v.safeParse(report, json);
  if (!read.success) {
    const [issue] = read.issues;
    return { ok: false, message: `${v.getDotPath(issue) ?? 'the report'}: ${issue.message}` };
  }
  const config = readConfig(read.output.config);
  if (!config.ok) return { ok: false, message: config.findings[0]!.message };
  return { ok: true, report: { ...read.output, config: config.config } as unknown as ComparedRun };
}
