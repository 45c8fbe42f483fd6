import * as v from 'valibot';
import { customFaults } from '../time/custom-calendar.ts';
import { dayNumber } from '../time/day.ts';
import { marketOf } from '../time/session-calendar.ts';
import { findingOf } from './explain.ts';
import type { Finding } from './finding.ts';
import { error, excerpt, wrong } from './finding.ts';
import { editDistance, nearest, thereAre } from './nearest.ts';
import { plainCopy } from './plain.ts';
import type { Config, SettingRow } from './schema.ts';
import { buildConfig, defaultConfig, groups, settings, valueOf } from './schema.ts';

export type ReadResult =
  | {
      readonly ok: true;
      readonly config: Config;
      /** Names of the settings that the input has, whatever their value: `upkeep.derivedIntervals`. */
      readonly given: ReadonlySet<string>;
    }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** So many errors are listed; one more says how many there are besides. */
const findingLimit = 100;

/**
 * Reads a configuration that came from anywhere, and reports everything that is wrong with it. What is accepted has been
 * copied into fresh objects, key by known key.
 */
export function readConfig(input: unknown): ReadResult {
  if (!isObject(input)) return refuse([wrong('configuration', input, 'an object { data, session, … }')]);
  // What a newer version has besides is not known here, so nothing else can be said of it.
  if (Object.hasOwn(input, 'version') && typeof input['version'] === 'number' && input['version'] > 1)
    return refuse([newer(input['version'])]);
  const findings: Finding[] = [];
  const given = new Set<string>();
  const values = new Map<string, unknown>();

  for (const [name, entry] of Object.entries(groups)) {
    if (!Object.hasOwn(input, name) || 'kind' in entry) continue;
    const group = input[name];
    if (isObject(group)) addUnknownKeys(findings, group, Object.keys(entry), name);
    else findings.push(wrong(name, group, `an object { ${Object.keys(entry).join(', ')} }`));
  }
  addUnknownKeys(findings, input, Object.keys(groups), null);

  for (const row of settings) {
    const holder = row.group === null ? input : Object.hasOwn(input, row.group) ? input[row.group] : undefined;
    if (!isObject(holder) || !Object.hasOwn(holder, row.key)) continue;
    given.add(row.name);
    const value = readSetting(row, holder[row.key], findings);
    if (value !== undefined) values.set(row.name, value);
  }

  const initial = defaultConfig();
  const config = buildConfig((row) => (values.has(row.name) ? values.get(row.name) : valueOf(initial, row)));
  findings.push(...together(config));
  return findings.length > 0 ? refuse(findings) : { ok: true, config, given };
}

function newer(version: number): Finding {
  const message = `version was ${version}; this Tapedeck reads version 1, so it is older than the set-up. Take a newer one (the page: reload it), or ask for version 1`;
  return error('version', version, message);
}

/** The checked value of a setting; undefined when it has findings. */
function readSetting(row: SettingRow, input: unknown, findings: Finding[]): unknown {
  const { name, kind } = row;
  const copy = plainCopy(input, name);
  if (!copy.ok) {
    findings.push(copy.finding);
    return undefined;
  }
  const whole = v.safeParse(kind.schema, copy.value, { abortPipeEarly: true });
  if (whole.success) return whole.output;
  for (const issue of whole.issues) findings.push(findingOf(row, issue));
  return undefined;
}

/** Adds an error for each key of an object that is not a setting; `group` is null for the configuration itself. */
function addUnknownKeys(findings: Finding[], object: object, known: readonly string[], group: string | null): void {
  for (const [key, value] of Object.entries(object)) {
    if (known.includes(key)) continue;
    const name = group === null ? excerpt(key) : `${group}.${excerpt(key)}`;
    // Beyond the limit nobody reads the advice, and it would cost time.
    const advice = findings.length < findingLimit ? `; ${advised(key, known, group)}` : '';
    findings.push(error(name, value, `${name} is not a setting${advice}`));
  }
}

/** The nearest setting or group, if one is near; one in the same group wins over an equally near one elsewhere. */
function advised(key: string, known: readonly string[], group: string | null): string {
  const near = nearest(key, known);
  const elsewhere = nearest(
    key,
    settings.map((row) => row.key),
  );
  if (elsewhere !== undefined && (near === undefined || editDistance(key, elsewhere) + 1 < editDistance(key, near)))
    return `the nearest is ${settings.find((row) => row.key === elsewhere)!.name}`;
  if (near === undefined) return thereAre(known);
  return `the nearest is ${group === null ? near : `${group}.${near}`}`;
}

/** Errors of settings that are each right by themselves. */
function together({ data, session, broker }: Config): Finding[] {
  const findings: Finding[] = [];
  if (broker.fills === 'parity' && broker.slippage !== 0)
    findings.push(wrong('broker.slippage', broker.slippage, '0 with broker.fills "parity": backtesting.py has none'));
  if (data.from !== null && data.to !== null && dayNumber(data.from) > dayNumber(data.to)) {
    findings.push(wrong('data.to', data.to, `data.from (${data.from}) or later`));
  }
  const faults = session.custom === null ? [] : customFaults(session.custom);
  if (faults.length > 0) {
    findings.push(...faults.map(({ place, value, must }) => wrong(`session.custom.${place}`, value, must)));
    return findings;
  }
  const { zone, overnight, extended, name } = marketOf(session);
  const { start, end, timeZone, hours } = session;
  const sameDay = !overnight && (timeZone === null || timeZone === zone);
  if (start !== null && end !== null && sameDay && start >= end) {
    findings.push(wrong('session.end', end, `later than session.start (${start})`));
  }
  if (hours !== 'regular' && !extended) {
    const market = session.custom === null ? name : 'a calendar of one’s own';
    findings.push(wrong('session.hours', hours, `"regular", for ${market} has no hours before and after`));
  }
  return findings;
}

function refuse(findings: readonly Finding[]): ReadResult {
  if (findings.length <= findingLimit) return { ok: false, findings };
  const rest = findings.length - findingLimit;
  const last = error('configuration', rest, `${rest} more values of the configuration are wrong`);
  return { ok: false, findings: [...findings.slice(0, findingLimit), last] };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
