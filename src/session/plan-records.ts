import { intervalMs } from '../bars/interval.ts';
import type { Config } from '../config/schema.ts';
import { day, minute } from '../time/instant.ts';
import { here, named, type DatasetFacts } from './dataset-facts.ts';
import type { Find } from './find.ts';
import type { BarStream } from './bar-stream.ts';
import type { PlanRecords, RunPlan } from './plan.ts';

/** The length of the bars that are made of a dataset's ticks: as asked for, or a minute. */
export function intervalOfTicks(setting: string, wanted: string | null, { name }: DatasetFacts, find: Find): number {
  if (wanted === null) {
    find('warning', setting, null, `${setting} gives no interval and "${name}" has ticks; bars of 1m are made of them`);
    return minute;
  }
  const ms = intervalMs(wanted)!;
  if (ms >= day)
    find('error', setting, wanted, `${setting} has ${wanted}; bars that are made of ticks must be shorter than 1d`);
  return ms;
}

/**
 * The streams of quotes and ticks: the ticks of symbols whose bars are made of them, and what `data.streams` lists for a symbol
 * of the run. One of a kind a symbol.
 */
export function chooseRecords(
  { data }: Config,
  streams: readonly BarStream[],
  datasets: readonly DatasetFacts[],
  find: Find,
): PlanRecords[] {
  const records: PlanRecords[] = streams.flatMap(({ dataset, symbol: entry }, symbol) =>
    dataset.kind === 'ticks' ? [{ kind: 'ticks' as const, symbol, dataset: dataset.id, entry }] : [],
  );
  for (const { kind, dataset: name, symbol: symbolName } of data.streams ?? []) {
    if (kind === 'bars') continue;
    const fail = (message: string): void => find('error', 'data.streams', symbolName, message);
    const dataset = named(datasets, name);
    const entry = dataset?.symbols.findIndex((each) => each.name === symbolName) ?? -1;
    const symbol = streams.findIndex((each) => each.dataset.symbols[each.symbol]!.name === symbolName);
    const other = records.find((each) => each.symbol === symbol && each.kind === kind);
    if (!dataset)
      find('error', 'data.streams', name, `data.streams has "${name}", which is not here; ${here(datasets)}`);
    else if (dataset.kind !== kind) fail(`data.streams has ${kind} of "${name}", which has ${dataset.kind ?? 'bars'}`);
    else if (entry < 0) fail(`data.streams has ${symbolName}, which "${dataset.name}" has not`);
    else if (symbol < 0) fail(`data.streams has ${kind} of ${symbolName} and no bars or ticks; list those too`);
    else if (!other) records.push({ kind, symbol, dataset: dataset.id, entry });
    else if (other.dataset !== dataset.id) fail(`data.streams has ${kind} of ${symbolName} twice; list them once`);
  }
  return records.sort((a, b) => a.symbol - b.symbol || (a.kind < b.kind ? -1 : 1));
}

/** The `data` entries of the run report. */
export function dataOf(
  config: Config,
  streams: readonly BarStream[],
  records: readonly PlanRecords[],
  datasets: readonly DatasetFacts[],
): RunPlan['data'] {
  const entryOf = (dataset: DatasetFacts, symbol: string, entry: number): RunPlan['data'][number] => ({
    dataset: dataset.name,
    symbol,
    interval: dataset.interval,
    bars: dataset.symbols[entry]!.bars,
    sha256: dataset.sha256,
    ...(config.data.adjust !== null && dataset.adjustments && { adjustments: dataset.adjustments.sha256 }),
  });
  return [
    ...streams.map(({ name, dataset, symbol }) => entryOf(dataset, name, symbol)),
    ...records
      .filter(({ symbol, dataset }) => streams[symbol]!.dataset.id !== dataset)
      .map(({ symbol, dataset, entry }) =>
        entryOf(
          datasets.find(({ id }) => id === dataset)!,
          streams[symbol]!.name,
          entry,
        ),
      ),
  ];
}
