import type { DataKind } from '../bars/records.ts';
import { intervalMs } from '../bars/interval.ts';
import type { Proof, ProvenData } from '../config/proof.ts';
import type { Config } from '../config/schema.ts';
import { dayNumber, dayText } from '../time/day.ts';
import type { DayText } from '../time/instant.ts';
import type { Calendar } from '../time/market-calendar.ts';
import { zone } from '../time/zone.ts';
import type { DatasetFacts } from './dataset-facts.ts';

/** Data that a set-up means, as far as it, or the proof beside it, tells; what is null is not told. */
export interface WantedData {
  readonly use: ProvenData['use'];
  readonly kind: DataKind;
  /** Its name. */
  readonly dataset: string | null;
  readonly sha256: string | null;
  /** Of its bars; bars that make these up will do where `sha256` is not told. */
  readonly interval: string | null;
  /** Null: all that it has. */
  readonly symbols: readonly string[] | null;
  /** Dates of the first and the last session that is played. */
  readonly first: DayText | null;
  readonly last: DayText | null;
  /** How many sessions are played. */
  readonly sessions: number | null;
}

/** All data that a set-up means: what is played, then what gaps are filled from. Nothing where nothing is told of it. */
export function wantedData(config: Config, proof?: Proof): WantedData[] {
  if (proof)
    return proof.data.map(({ dataset, sha256, interval, symbols, use }) => ({
      ...{ use, dataset, sha256, kind: kindOf(interval) },
      interval: kindOf(interval) === 'bars' ? interval : null,
      symbols: symbols.length > 0 ? symbols : null,
      first: use === 'played' ? proof.first : null,
      last: use === 'played' ? proof.last : null,
      sessions: use === 'played' ? proof.sessions : null,
    }));
  const { dataset, symbols, interval, from: first, to: last, fillFrom, streams } = config.data;
  const one = {
    use: 'played',
    kind: 'bars',
    ...byText(dataset),
    interval,
    symbols,
    first,
    last,
    sessions: null,
  } as const;
  const isTold = [dataset, symbols, interval, first, last].some((each) => each !== null);
  const played = streams ? ofStreams(streams, first, last) : isTold ? [one] : [];
  return [
    ...played,
    ...fillFrom.map((text): WantedData => ({
      ...{ use: 'filled from', kind: 'bars', ...byText(text), interval: null },
      ...{ symbols: null, first: null, last: null, sessions: null },
    })),
  ];
}

function byText(text: string | null): Pick<WantedData, 'dataset' | 'sha256'> {
  return text?.startsWith('sha256:') ? { dataset: null, sha256: text } : { dataset: text, sha256: null };
}

function kindOf(interval: string): DataKind {
  return interval === 'quotes' || interval === 'ticks' ? interval : 'bars';
}

/** The streams of a dataset together. It holds one kind: what bars are made of is the ticks that are delivered beside them. */
function ofStreams(
  streams: NonNullable<Config['data']['streams']>,
  first: string | null,
  last: string | null,
): WantedData[] {
  return [...new Set(streams.map(({ dataset }) => dataset))].map((dataset) => {
    const own = streams.filter((each) => each.dataset === dataset);
    const { kind, interval } = own.find((each) => each.kind !== 'bars') ?? own[0]!;
    return {
      ...{ use: 'played', kind, ...byText(dataset), first, last, sessions: null },
      interval: kind === 'bars' && own.every((each) => each.interval === interval) ? interval : null,
      symbols: [...new Set(own.map(({ symbol }) => symbol))],
    };
  });
}

/** What a dataset has not of what is wanted. */
export interface Lack {
  readonly of: 'bars' | 'kind' | 'interval' | 'symbols' | 'first' | 'last';
  /** The symbols that are not in it, the date that is not reached, and so on. */
  readonly wanted: string;
}

/** Holds a dataset against what is wanted: empty where it has all that is told. Its name is no part of that. */
function lacksOf(wanted: WantedData, dataset: DatasetFacts, market: Calendar): Lack[] {
  const { sha256, kind, interval, symbols, first, last } = wanted;
  const lacks: Lack[] = [];
  if (sha256 !== null && dataset.sha256 !== sha256) lacks.push({ of: 'bars', wanted: sha256 });
  if ((dataset.kind ?? 'bars') !== kind) lacks.push({ of: 'kind', wanted: kind });
  else if (interval !== null && !makesUp(dataset.interval, interval)) lacks.push({ of: 'interval', wanted: interval });
  const missing = (symbols ?? []).filter((symbol) => dataset.symbols.every(({ name }) => name !== symbol));
  if (missing.length > 0) lacks.push({ of: 'symbols', wanted: missing.join(', ') });
  const own = dataset.symbols.filter(({ name }) => symbols?.includes(name));
  const known = own.length > 0 ? own : dataset.symbols;
  const { dayOf } = zone(market.zone);
  const begin = known.map(({ from }) => dayOf(from)).reduce(earlier);
  const end = known.map(({ to }) => dayOf(to)).reduce(later);
  // Where no session lies between, the dates are those of one that is there.
  if (first !== null && first < begin && market.sessions(first, dayText(dayNumber(begin) - 1)).length > 0)
    lacks.push({ of: 'first', wanted: first });
  if (last !== null && last > end && market.sessions(dayText(dayNumber(end) + 1), last).length > 0)
    lacks.push({ of: 'last', wanted: last });
  return lacks;
}

const earlier = (a: DayText, b: DayText): DayText => (a < b ? a : b);
const later = (a: DayText, b: DayText): DayText => (a > b ? a : b);

function makesUp(own: string, wanted: string): boolean {
  const [short, long] = [intervalMs(own), intervalMs(wanted)];
  return short !== undefined && long !== undefined && long % short === 0;
}

/** Something wanted that is not read. */
export interface Unmet {
  readonly wanted: WantedData;
  /** It is here, and not read. */
  readonly isHere: boolean;
  /** What is read in its place, and what that lacks; null where nothing is. */
  readonly instead: { readonly dataset: DatasetFacts; readonly lacks: readonly Lack[] } | null;
}

/**
 * What of the wanted data a run does not read. `used` is what it reads, `datasets` are those that are here. Data of another name
 * that lacks nothing is taken for what is wanted.
 */
export function unmetData(
  wanted: readonly WantedData[],
  used: readonly ProvenData[],
  datasets: readonly DatasetFacts[],
  market: Calendar,
): Unmet[] {
  const left = [...used];
  const take = (fits: (each: ProvenData) => boolean): DatasetFacts | undefined => {
    const at = left.findIndex(fits);
    const [taken] = at < 0 ? [] : left.splice(at, 1);
    return taken && datasets.find(({ sha256 }) => sha256 === taken.sha256);
  };
  // Each that is read as it is meant leaves the others to the rest.
  const asMeant = wanted.map((each) =>
    take(({ use, sha256, dataset }) => use === each.use && isMeant(each, { sha256, name: dataset })),
  );
  return wanted.flatMap((each, i): Unmet[] => {
    const dataset = asMeant[i] ?? take(({ use }) => use === each.use);
    // What is read as it is named, or is not named at all, is checked as every run is.
    const isGiven = asMeant[i] ? each.sha256 === null : each.sha256 === null && each.dataset === null;
    const lacks = dataset && !isGiven ? lacksOf(each, dataset, market) : [];
    if (dataset && lacks.length === 0) return [];
    return [
      {
        wanted: each,
        isHere: datasets.some((other) => isMeant(each, other)),
        instead: dataset ? { dataset, lacks } : null,
      },
    ];
  });
}

function isMeant(wanted: WantedData, { sha256, name }: Pick<DatasetFacts, 'sha256' | 'name'>): boolean {
  return wanted.sha256 === null ? name === wanted.dataset : sha256 === wanted.sha256;
}
