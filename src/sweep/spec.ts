import * as v from 'valibot';
import { findingOf } from '../config/explain.ts';
import { error, excerpt, wrong, type Finding } from '../config/finding.ts';
import { jsonObject, orNull, record, whole, type Json } from '../config/kinds.ts';
import { nearestWords } from '../config/nearest.ts';
import { plainCopy } from '../config/plain.ts';
import { readConfig } from '../config/read.ts';
import type { Config } from '../config/schema.ts';

/** Cells that a sweep may have. */
export const mostCells = 100_000;

/** The values of a parameter: listed, or from one number to another, both included where a step falls on it. */
export type Range = readonly Json[] | { readonly from: number; readonly to: number; readonly step: number };

/** So many combinations of the grid, drawn with a seed, none twice. */
export interface Sample {
  readonly cells: number;
  readonly seed: number;
}

/** Windows one after the other: sessions on which parameters are chosen, then sessions on which the choice is tried. */
export interface WalkForward {
  readonly inSample: number;
  readonly outOfSample: number;
}

/** A sweep as people write it: a configuration with a strategy, and what to try of its parameters. */
export interface SweepSpec {
  readonly config: Config;
  /** Settings that the configuration had. */
  readonly given: ReadonlySet<string>;
  readonly params: Readonly<Record<string, Range>>;
  /** Null for the whole grid. */
  readonly random: Sample | null;
  /** Null where every cell plays all sessions. */
  readonly walkForward: WalkForward | null;
}

export type ReadSpec =
  { readonly ok: true; readonly spec: SweepSpec } | { readonly ok: false; readonly findings: readonly Finding[] };

const kinds = {
  config: jsonObject,
  params: jsonObject,
  random: orNull(record({ cells: whole(1, mostCells), seed: whole(1, 2_147_483_647) }, { seed: 1 })),
  walkForward: orNull(record({ inSample: whole(1, 100_000), outOfSample: whole(1, 100_000) })),
};

/** Reads a sweep that came from anywhere, and reports all that is wrong with it. Which parameters there are, planning knows. */
export function readSpec(input: unknown): ReadSpec {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { ok: false, findings: [wrong('sweep', input, `an object { ${Object.keys(kinds).join(', ')} }`)] };
  const findings: Finding[] = [];
  const names = Object.keys(kinds);
  const values: Record<string, unknown> = { random: null, walkForward: null };
  for (const [key, value] of Object.entries(input)) {
    const name = excerpt(key);
    if (!names.includes(key))
      findings.push(error(name, value, `${name} is no part of a sweep; ${nearestWords(key, names)}`));
  }
  for (const [key, kind] of Object.entries(kinds)) {
    if (!Object.hasOwn(input, key)) continue;
    const value = (input as Record<string, unknown>)[key];
    if (key === 'config') continue;
    const copy = plainCopy(value, key);
    if (!copy.ok) {
      findings.push(copy.finding);
      continue;
    }
    const read = v.safeParse(kind.schema as v.GenericSchema, copy.value, { abortPipeEarly: true });
    if (read.success) values[key] = read.output;
    else for (const issue of read.issues) findings.push(findingOf({ name: key, kind }, issue));
  }
  const config = readConfig((input as { config?: unknown }).config);
  if (!config.ok) findings.push(...config.findings.map((each) => ({ ...each, message: `in config: ${each.message}` })));
  const params = (values['params'] ?? {}) as Record<string, unknown>;
  if (Object.keys(params).length === 0)
    findings.push(wrong('params', values['params'], 'an object with one parameter or more, each with its values'));
  for (const [name, range] of Object.entries(params)) findings.push(...rangeFaults(`params.${excerpt(name)}`, range));
  if (findings.length > 0 || !config.ok) return { ok: false, findings };
  return { ok: true, spec: { ...values, config: config.config, given: config.given } as SweepSpec };
}

function rangeFaults(name: string, range: unknown): Finding[] {
  const must = 'a list of values, or { "from", "to", "step" }';
  if (Array.isArray(range)) {
    if (range.length === 0 || range.length > mostCells)
      return [wrong(name, range, `a list of 1 to ${mostCells} values`)];
    return repeated(name, range);
  }
  if (typeof range !== 'object' || range === null) return [wrong(name, range, must)];
  const { from, to, step, ...rest } = range as Record<string, unknown>;
  const isRange = typeof from === 'number' && typeof to === 'number' && typeof step === 'number';
  if (!isRange || Object.keys(rest).length > 0) return [wrong(name, range, must)];
  if (!(step > 0)) return [wrong(`${name}.step`, step, 'above 0')];
  if (to < from) return [wrong(`${name}.to`, to, `from (${from}) or more`)];
  if ((to - from) / step >= mostCells)
    return [wrong(`${name}.step`, step, `so large that there are at most ${mostCells} values`)];
  return [];
}

/** The first value of a list that is in it twice. */
function repeated(name: string, range: readonly unknown[]): Finding[] {
  const places = new Map<string, number>();
  for (const [place, value] of range.entries()) {
    const text = JSON.stringify(value);
    const before = places.get(text);
    places.set(text, place);
    if (before === undefined) continue;
    const said = `${name}[${place}] was ${excerpt(text)}, which ${name}[${before}] is already`;
    return [error(`${name}[${place}]`, value, `${said}; a value is tried once: leave one of them out`)];
  }
  return [];
}

/** The values of a range, in order. Steps are rounded to 12 digits, so that 0.1 three times is 0.3. */
export function valuesOf(range: Range): readonly Json[] {
  if (!('from' in range)) return range;
  const { from, to, step } = range;
  // A step that misses the end by its last bits is the end.
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  return Array.from({ length: count }, (_, i) => Number((from + i * step).toPrecision(12)));
}
