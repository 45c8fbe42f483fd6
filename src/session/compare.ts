import { intervalMs } from '../bars/interval.ts';
import { settings } from '../config/schema.ts';
import { sessionGrid } from '../time/grid.ts';
import { day, instant, type Instant } from '../time/instant.ts';
import { linksOf } from './account.ts';
import { sessionCalendar } from '../time/session-calendar.ts';
import { zone } from '../time/zone.ts';
import { unitsOf } from './plan-units.ts';
import { hashWords, type RunReport, type SessionReport } from './report.ts';

/** What is compared: reports of runs, also those that come from files. */
export type ComparedRun = Pick<RunReport, 'app' | 'config' | 'data' | 'fingerprint' | 'sessions'>;

/** Something in which two runs differ, with what each has of it; undefined where it has none. */
export interface Difference {
  readonly what: string;
  readonly one: unknown;
  readonly other: unknown;
}

export interface SettingDifference extends Difference {
  /** Whether it can change what a run computes. */
  readonly matters: boolean;
}

/** A session against its counterpart; those after the first difference carry it on and say nothing more. */
export type SessionVerdict = 'same' | 'differs first' | 'after' | 'only in one' | 'only in the other';

/**
 * Where two runs part. `start`: before their first bar, by other symbols or intervals; `session`: only one of them has it;
 * `step`: at the end of a base slot; `close`: after the last slot.
 */
export interface Parting {
  readonly kind: 'start' | 'session' | 'step' | 'close';
  readonly date: string;
  /** Of a step: the base slot, and its end where the calendar still gives that session as it was; else null. */
  readonly slot: number | null;
  readonly at: Instant | null;
  /** Zone of the market. */
  readonly zone: string;
  /** The figures of that session that differ. */
  readonly figures: readonly Difference[];
}

export interface Comparison {
  /** Both have a fingerprint, and it is the same one. */
  readonly same: boolean;
  readonly app: Difference | null;
  readonly data: readonly Difference[];
  readonly settings: readonly SettingDifference[];
  /** In time order. */
  readonly sessions: readonly { readonly date: string; readonly verdict: SessionVerdict }[];
  readonly parting: Parting | null;
}

/** Settings that change when and how a run plays, not what it computes; and the names of datasets. */
const harmless: ReadonlySet<string> = new Set([
  'data.dataset',
  'session.autoRoll',
  'history.autoLoad',
  'prefetch.enabled',
  'prefetch.windowMinutes',
  'prefetch.checkIntervalMinutes',
  'prefetch.autoActivate',
  'replay.speed',
]);

/** Compares two runs down to the first step in which they differ. */
export function compareRuns(one: ComparedRun, other: ComparedRun): Comparison {
  const first = firstDifferent(one.sessions, other.sessions);
  return {
    same: one.fingerprint !== null && one.fingerprint === other.fingerprint,
    app: unequal('version', one.app.version, other.app.version) ?? null,
    data: dataDifferences(one, other),
    settings: settingDifferences(one, other),
    sessions: verdicts(one.sessions, other.sessions, first),
    parting: first < 0 ? null : partingAt(one, other, first),
  };
}

/** The first place at which the lists of sessions differ; -1 when they are the same. */
function firstDifferent(one: readonly SessionReport[], other: readonly SessionReport[]): number {
  const length = Math.max(one.length, other.length);
  for (let i = 0; i < length; i++) if (one[i]?.date !== other[i]?.date || one[i]?.digest !== other[i]?.digest) return i;
  return -1;
}

function verdicts(
  one: readonly SessionReport[],
  other: readonly SessionReport[],
  first: number,
): Comparison['sessions'] {
  const inOne = new Set(one.map(({ date }) => date));
  const inOther = new Set(other.map(({ date }) => date));
  const dates = [...new Set([...inOne, ...inOther])].sort();
  const firstDate = earlier(one[first]?.date, other[first]?.date);
  return dates.map((date) => {
    if (!inOther.has(date)) return { date, verdict: 'only in one' };
    if (!inOne.has(date)) return { date, verdict: 'only in the other' };
    if (first < 0 || date < firstDate!) return { date, verdict: 'same' };
    return { date, verdict: date === firstDate ? 'differs first' : 'after' };
  });
}

function earlier(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}

function partingAt(one: ComparedRun, other: ComparedRun, place: number): Parting {
  const a = one.sessions[place];
  const b = other.sessions[place];
  const market = sessionCalendar(one.config.session);
  const date = earlier(a?.date, b?.date)!;
  const parting = { date, slot: null, at: null, zone: market.zone };
  if (!a || !b || a.date !== b.date) return { ...parting, kind: 'session', figures: [] };
  const figures = figureDifferences(a, b);
  const startOf = ({ symbols, derived }: SessionReport): string =>
    JSON.stringify([Object.keys(symbols), Object.keys(derived)]);
  if (place === 0 && startOf(a) !== startOf(b)) return { ...parting, kind: 'start', figures };
  const slot = firstDifferentSlot(a, b);
  if (slot < 0) return { ...parting, kind: 'close', figures };
  return { ...parting, kind: 'step', slot, at: slotEnd(one, a, slot), figures };
}

/** -1 when all steps are the same; the first that one of them does not have when the others are. */
function firstDifferentSlot(a: SessionReport, b: SessionReport): number {
  const one = linksOf(a) ?? new Int32Array(0);
  const other = linksOf(b) ?? new Int32Array(0);
  const length = Math.max(one.length, other.length);
  for (let slot = 0; slot < length; slot++) if (one[slot] !== other[slot]) return slot;
  return -1;
}

/** The end of a base slot of a session; null where the calendar does not give that session with that many slots. */
export function slotEnd({ config, data }: ComparedRun, report: SessionReport, slot: number): Instant | null {
  const texts = config.data.interval === null ? data.map(({ interval }) => interval) : [config.data.interval];
  const base = Math.min(...texts.map((text) => intervalMs(text) ?? Infinity));
  const market = sessionCalendar(config.session);
  const [open, close] = [Date.parse(report.open), Date.parse(report.close)];
  const found = market.sessions(report.date, base < day ? report.date : zone(market.zone).dayOf(instant(close)));
  const session = base < day ? found[0] : found.length > 0 ? unitsOf(found, 0).sessions[0] : undefined;
  if (session?.open !== open || session.close !== close || base === Infinity) return null;
  const grid = sessionGrid(session, base);
  return grid.count === linksOf(report)?.length && slot < grid.count ? instant(grid.ends[slot]!) : null;
}

function unequal(what: string, one: unknown, other: unknown): Difference | undefined {
  return JSON.stringify(one) === JSON.stringify(other) ? undefined : { what, one, other };
}

/** Settings in which two runs differ. */
export function settingDifferences(
  one: Pick<ComparedRun, 'config'>,
  other: Pick<ComparedRun, 'config'>,
): SettingDifference[] {
  const valueIn = ({ config }: Pick<ComparedRun, 'config'>, group: string | null, key: string): unknown => {
    const holder = (group === null ? config : config[group as 'data']) as unknown as
      Record<string, unknown> | undefined;
    return holder?.[key];
  };
  return settings.flatMap(({ name, group, key, default: unless }) => {
    // Reports that were written before there was a setting have its default.
    const [a, b] = [one, other].map((run) => valueIn(run, group, key));
    const difference = unequal(name, a === undefined ? unless : a, b === undefined ? unless : b);
    return difference ? [{ ...difference, matters: !harmless.has(name) }] : [];
  });
}

/** Bars of a symbol are the same when their hash is; the name of their dataset does not count. */
function dataDifferences(one: ComparedRun, other: ComparedRun): Difference[] {
  const hashes = ({ data }: ComparedRun): Map<string, string> =>
    new Map(data.map((entry) => [`${entry.symbol} ${entry.interval}`, hashWords(entry)]));
  return differences(hashes(one), hashes(other));
}

function figureDifferences(a: SessionReport, b: SessionReport): Difference[] {
  return differences(figuresOf(a), figuresOf(b));
}

/** What a session's report says about results, by name. */
function figuresOf({ open, close, early, states, symbols, derived }: SessionReport): Map<string, unknown> {
  const figures = new Map<string, unknown>([
    ['open', open],
    ['close', close],
    ['early', early],
  ]);
  states.forEach((state, i) => figures.set(`state ${i + 1}`, state.join(' · ')));
  for (const [symbol, report] of Object.entries(symbols))
    for (const [figure, value] of Object.entries(report)) figures.set(`${symbol} ${figure}`, value);
  for (const [interval, bySymbol] of Object.entries(derived))
    for (const [symbol, counts] of Object.entries(bySymbol))
      for (const [figure, value] of Object.entries(counts)) figures.set(`${symbol} ${interval} ${figure}`, value);
  return figures;
}

function differences(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): Difference[] {
  return [...new Set([...one.keys(), ...other.keys()])].flatMap(
    (what) => unequal(what, one.get(what), other.get(what)) ?? [],
  );
}
