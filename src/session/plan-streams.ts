import { intervalMs, intervalText } from '../bars/interval.ts';
import type { Config } from '../config/schema.ts';
import { day } from '../time/instant.ts';
import { intervalOfTicks } from './plan-records.ts';
import type { BarStream } from './bar-stream.ts';
import { here, named, type DatasetFacts } from './dataset-facts.ts';
import type { Find } from './find.ts';

/** The streams that `data.streams` lists or, where it does not, those of the dataset's symbols. */
export function chooseStreams(
  config: Config,
  given: ReadonlySet<string>,
  datasets: readonly DatasetFacts[],
  find: Find,
): BarStream[] {
  const { streams } = config.data;
  if (streams) {
    for (const setting of ['data.dataset', 'data.symbols', 'data.interval'])
      if (given.has(setting))
        find('warning', setting, null, `${setting} counts for nothing where data.streams is given`);
    return listedStreams(streams, datasets, find);
  }
  const dataset = chooseDataset(config, datasets, find);
  if (!dataset || !hasBars(dataset, find)) return [];
  const interval = playedInterval('data.interval', config.data.interval, dataset, find);
  return chooseSymbols(config, dataset, find).map((symbol) => ({
    name: dataset.symbols[symbol]!.name,
    dataset,
    symbol,
    intervalMs: interval,
    storedMs: storedInterval(dataset, interval),
  }));
}

/** The datasets of streams, in words. */
export function datasetWords(streams: readonly BarStream[]): string {
  return [...new Set(streams.map(({ dataset }) => `"${dataset.name}"`))].join(', ');
}

function listedStreams(
  wanted: NonNullable<Config['data']['streams']>,
  datasets: readonly DatasetFacts[],
  find: Find,
): BarStream[] {
  // Ticks of a symbol without bars make its bars.
  const asBars = wanted.filter(
    ({ kind, symbol }) =>
      kind === 'bars' || (kind === 'ticks' && !wanted.some((each) => each.kind === 'bars' && each.symbol === symbol)),
  );
  if (asBars.length === 0)
    find('error', 'data.streams', null, 'data.streams has quotes alone; list bars or ticks of their symbols too');
  const found = asBars.flatMap(({ dataset: name, symbol: symbolName, kind, interval }) => {
    const fail = (message: string): never[] => {
      find('error', 'data.streams', symbolName, message);
      return [];
    };
    const dataset = named(datasets, name);
    if (!dataset) {
      find('error', 'data.streams', name, `data.streams has "${name}", which is not here; ${here(datasets)}`);
      return [];
    }
    if (kind === 'ticks' && dataset.kind !== 'ticks')
      return fail(`data.streams has ticks of "${name}", which has ${dataset.kind ?? 'bars'}`);
    if (!hasBars(dataset, find)) return [];
    const symbol = dataset.symbols.findIndex((each) => each.name === symbolName);
    if (symbol < 0)
      return fail(
        `data.streams has ${symbolName}, which "${dataset.name}" has not; it has ${symbolWords(dataset.symbols)}`,
      );
    const played = playedInterval('data.streams', interval, dataset, find);
    return { name: symbolName, dataset, symbol, intervalMs: played, storedMs: storedInterval(dataset, played) };
  });
  for (const [i, { dataset, symbol, name }] of found.entries())
    if (found.findIndex((each) => each.dataset === dataset && each.symbol === symbol) < i)
      find(
        'error',
        'data.streams',
        name,
        `data.streams has ${name} of "${dataset.name}" twice; list it once, upkeep.derivedIntervals gives longer bars of it`,
      );
  const shared = (name: string): boolean => found.filter((each) => each.name === name).length > 1;
  return found.map((each) => (shared(each.name) ? { ...each, name: `${each.name} (${each.dataset.name})` } : each));
}

function hasBars({ name, kind }: DatasetFacts, find: Find): boolean {
  if (kind !== 'quotes') return true;
  find('error', 'data.dataset', name, `"${name}" has quotes, of which no bars are made; choose bars or ticks`);
  return false;
}

/** The length of a dataset's bars; those made of ticks are made as they are played. */
function storedInterval(dataset: DatasetFacts, played: number): number {
  return dataset.kind === 'ticks' ? played : intervalMs(dataset.interval)!;
}

/** The length of the bars that are played of a dataset: its own, or a multiple of it that is asked for. */
function playedInterval(setting: string, wanted: string | null, dataset: DatasetFacts, find: Find): number {
  if (dataset.kind === 'ticks') return intervalOfTicks(setting, wanted, dataset, find);
  const own = intervalMs(dataset.interval)!;
  if (own > day) {
    find(
      'error',
      'data.dataset',
      dataset.name,
      `"${dataset.name}" has bars of ${dataset.interval}; bars longer than 1d are not played: import bars of a day, of which longer ones are derived`,
    );
    return own;
  }
  const ms = wanted === null ? own : intervalMs(wanted)!;
  if (ms % own !== 0 || ms > day)
    find(
      'error',
      setting,
      wanted,
      `${setting} has ${wanted}; it must be ${dataset.interval}, the interval of "${dataset.name}", or a multiple of it up to 1d`,
      setting === 'data.interval' ? null : undefined,
    );
  return ms;
}

function chooseDataset(config: Config, datasets: readonly DatasetFacts[], find: Find): DatasetFacts | undefined {
  const { dataset: name, fillFrom } = config.data;
  if (name !== null) {
    const found = named(datasets, name);
    if (!found) find('error', 'data.dataset', name, `data.dataset was "${name}", which is not here; ${here(datasets)}`);
    return found;
  }
  const free = datasets.filter((each) => !fillFrom.some((source) => named([each], source)));
  const chosen = free.find(({ kind }) => kind !== 'quotes') ?? free[0] ?? datasets[0];
  if (!chosen) find('error', 'data.dataset', null, 'There is no dataset to play; import a file with bars first');
  else if (free.length > 1)
    find('warning', 'data.dataset', null, `data.dataset was null and there are several; "${chosen.name}" is played`);
  return chosen;
}

/** Places of the chosen symbols in the dataset. */
function chooseSymbols(config: Config, dataset: DatasetFacts, find: Find): number[] {
  const { symbols } = config.data;
  if (symbols === null) return dataset.symbols.map((_, place) => place);
  const places = new Map(dataset.symbols.map(({ name }, place) => [name, place]));
  return symbols.flatMap((name) => {
    const place = places.get(name);
    if (place !== undefined) return [place];
    const known = symbolWords(dataset.symbols);
    find('error', 'data.symbols', name, `data.symbols has ${name}, which "${dataset.name}" has not; it has ${known}`);
    return [];
  });
}

/** The names of symbols, the first of many. */
export function symbolWords(symbols: DatasetFacts['symbols']): string {
  return symbols
    .map(({ name }) => name)
    .slice(0, 20)
    .join(', ');
}

/** Finds streams whose bars do not lie in whole base slots. A bar of a day does in any. */
export function checkLengths(streams: readonly BarStream[], base: ReturnType<typeof baseOf>, find: Find): void {
  for (const { name, intervalMs: ms } of streams)
    if (ms % base.ms !== 0 && ms !== day)
      find(
        'error',
        'data.streams',
        name,
        `data.streams has ${name} with bars of ${intervalText(ms)}; they must be a multiple of ${base.text}, the shortest bars that are played, or 1d`,
      );
}

/** The base interval of a run: that of the shortest bars. */
export function baseOf(streams: readonly BarStream[]): { text: string; ms: number } {
  const ms = Math.min(...streams.map((each) => each.intervalMs));
  const own = streams.find(({ dataset }) => dataset.kind !== 'ticks' && intervalMs(dataset.interval) === ms);
  return { ms, text: own?.dataset.interval ?? intervalText(ms) };
}
