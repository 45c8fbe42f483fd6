import { intervalMs, intervalText } from '../bars/interval.ts';
import { maxFillSources } from '../bars/provenance.ts';
import type { Config } from '../config/schema.ts';
import { here, named, type DatasetFacts } from './dataset-facts.ts';
import type { Find } from './find.ts';
import { hasFaults } from './feed-faults.ts';
import type { BarStream } from './bar-stream.ts';
import { datasetWords, symbolWords } from './plan-streams.ts';
import type { RunPlan } from './plan.ts';

/** The fill sources that `data.fillFrom` names, and where each of them has the run's symbols. */
export function chooseSources(
  config: Config,
  streams: readonly BarStream[],
  datasets: readonly DatasetFacts[],
  find: Find,
): RunPlan['fillSources'] {
  const { fillFrom } = config.data;
  if (fillFrom.length > maxFillSources)
    find(
      'error',
      'data.fillFrom',
      fillFrom.length,
      `data.fillFrom names ${fillFrom.length} datasets; it may name ${maxFillSources}`,
    );
  const without = (name: string): readonly string[] => fillFrom.filter((other) => other !== name);
  return fillFrom.flatMap((name) => {
    const source = named(datasets, name);
    if (!source) {
      find(
        'error',
        'data.fillFrom',
        name,
        `data.fillFrom has "${name}", which is not here; ${here(datasets)}`,
        without(name),
      );
      return [];
    }
    if (source.kind === 'quotes' || source.kind === 'ticks') {
      find(
        'error',
        'data.fillFrom',
        name,
        `data.fillFrom has "${name}" with ${source.kind}; they must be bars`,
        without(name),
      );
      return [];
    }
    const storedMs = intervalMs(source.interval)!;
    const symbols = streams.map(({ dataset, symbol: place, intervalMs: playedMs }) => {
      const wanted = dataset.symbols[place]!.name;
      const symbol = source.symbols.findIndex((each) => each.name === wanted);
      return symbol < 0 || playedMs % storedMs !== 0
        ? null
        : { name: wanted, dataset: source.id, symbol, intervalMs: playedMs, storedMs };
    });
    if (streams.every((stream) => stream.intervalMs % storedMs !== 0)) {
      const wanted = intervalText(Math.min(...streams.map((stream) => stream.intervalMs)));
      find(
        'error',
        'data.fillFrom',
        name,
        `data.fillFrom has "${name}" with bars of ${source.interval}; they must be ${wanted} like those of ${datasetWords(streams)}, or make them up`,
        without(name),
      );
    }
    const played = streams.map(({ dataset, symbol }) => dataset.symbols[symbol]!);
    if (!source.symbols.some((each) => played.some((own) => own.name === each.name)))
      find(
        'warning',
        'data.fillFrom',
        name,
        `data.fillFrom has "${name}", which has none of the symbols that are played (${symbolWords(played)}): nothing is filled from it`,
        without(name),
      );
    if (streams.every(({ dataset }) => dataset.id === source.id) && !hasFaults(config))
      find(
        'warning',
        'data.fillFrom',
        name,
        `data.fillFrom has "${name}", which is the feed itself: without a feed fault it has nothing to fill`,
        without(name),
      );
    return [{ name: source.name, symbols }];
  });
}
