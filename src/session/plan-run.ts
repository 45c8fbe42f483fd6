import { intervalMs } from '../bars/interval.ts';
import { maxFillSources } from '../bars/provenance.ts';
import type { DataKind } from '../bars/records.ts';
import type { Finding } from '../config/finding.ts';
import type { Config } from '../config/schema.ts';
import { layoutOf } from '../memory/layout.ts';
import { calendar } from '../time/calendar.ts';
import { day, type Instant } from '../time/instant.ts';
import type { Session } from '../time/session.ts';
import { zone } from '../time/zone.ts';
import { chooseIntervals } from './plan-intervals.ts';
import { marketOf } from './market.ts';
import type { PlanSymbol, RunPlan } from './plan.ts';
import { shapeOf } from './shape.ts';

/** What planning needs to know of a dataset; a manifest has it. */
export interface DatasetFacts {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly kind?: DataKind;
  readonly interval: string;
  readonly symbols: readonly {
    readonly name: string;
    readonly bars: number;
    readonly from: Instant;
    readonly to: Instant;
  }[];
}

export type Planned =
  | { readonly ok: true; readonly plan: RunPlan; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Bytes that the block of a run may take. */
const mostBytes = 1_000_000_000;

/**
 * Decides a run: which symbols, intervals, sessions and sources the configuration means with the datasets that are here.
 * `given` are the settings that the user wrote; a default that does not fit the base interval drops out with a warning, the
 * same value given is an error.
 */
export function planRun(config: Config, given: ReadonlySet<string>, datasets: readonly DatasetFacts[]): Planned {
  const findings: Finding[] = [];
  const find = (severity: Finding['severity'], setting: string, value: unknown, message: string): void => {
    findings.push({ setting, value, message, severity });
  };
  const failed = (): Planned => ({ ok: false, findings: findings.filter(({ severity }) => severity === 'error') });

  const dataset = chooseDataset(config, datasets, find);
  if (!dataset) return failed();
  if (dataset.kind === 'quotes' || dataset.kind === 'ticks') {
    find(
      'error',
      'data.dataset',
      dataset.name,
      `"${dataset.name}" has ${dataset.kind}; what is played must be bars, ${dataset.kind} are not served yet`,
    );
    return failed();
  }
  const symbols = chooseSymbols(config, dataset, find);
  const intervals = chooseIntervals(config, given, chooseBase(config, dataset, find), find);
  const fillSources = chooseSources(config, dataset, symbols, datasets, find);
  if (findings.some(({ severity }) => severity === 'error')) return failed();

  const sessions = chooseSessions(config, dataset, symbols, Math.max(...intervals.map((i) => i.historySessions)), find);
  if (!sessions) return failed();
  const plan: RunPlan = {
    config,
    symbols,
    intervals,
    ...sessions,
    fillSources,
    data: symbols.map(({ name, symbol }) => ({
      dataset: dataset.name,
      symbol: name,
      interval: dataset.interval,
      bars: dataset.symbols[symbol]!.bars,
      sha256: dataset.sha256,
    })),
  };
  const { bytes } = layoutOf(shapeOf(plan));
  if (bytes > mostBytes) {
    const depth = config.history.windows ? 'history.windows' : 'history.trailingDays';
    const megabytes = Math.ceil(bytes / 1e6);
    find(
      'error',
      depth,
      config.history.windows ?? config.history.trailingDays,
      `The run would need ${megabytes} MB of memory; it may take ${mostBytes / 1e6} MB. Choose fewer symbols (data.symbols) or ${config.history.windows ? 'sessions' : 'trailing days'} (${depth}).`,
    );
    return failed();
  }
  return { ok: true, plan, warnings: findings };
}

/** Notes what a plan has to say of a setting. */
export type Find = (severity: Finding['severity'], setting: string, value: unknown, message: string) => void;

function named(datasets: readonly DatasetFacts[], name: string): DatasetFacts | undefined {
  return datasets.find((each) => (name.startsWith('sha256:') ? each.sha256 === name : each.name === name));
}

function chooseDataset(config: Config, datasets: readonly DatasetFacts[], find: Find): DatasetFacts | undefined {
  const { dataset: name, fillFrom } = config.data;
  if (name !== null) {
    const found = named(datasets, name);
    if (!found) find('error', 'data.dataset', name, `data.dataset was "${name}", which is not here; ${here(datasets)}`);
    return found;
  }
  const free = datasets.filter((each) => !fillFrom.some((source) => named([each], source)));
  const chosen = free[0] ?? datasets[0];
  if (!chosen) find('error', 'data.dataset', null, 'There is no dataset to play; import a file with bars first');
  else if (free.length > 1)
    find('warning', 'data.dataset', null, `data.dataset was null and there are several; "${chosen.name}" is played`);
  return chosen;
}

function here(datasets: readonly DatasetFacts[]): string {
  if (datasets.length === 0) return 'no dataset is here: import the file with its bars';
  return `import the file with its bars, or choose one that is here: ${datasets.map(({ name }) => `"${name}"`).join(', ')}`;
}

function chooseSymbols(config: Config, dataset: DatasetFacts, find: Find): PlanSymbol[] {
  const names = config.data.symbols ?? dataset.symbols.map(({ name }) => name);
  return names.flatMap((name) => {
    const symbol = dataset.symbols.findIndex((each) => each.name === name);
    if (symbol >= 0) return [{ name, dataset: dataset.id, symbol }];
    const known = dataset.symbols
      .map((each) => each.name)
      .slice(0, 20)
      .join(', ');
    find('error', 'data.symbols', name, `data.symbols has ${name}, which "${dataset.name}" has not; it has ${known}`);
    return [];
  });
}

function chooseBase(config: Config, dataset: DatasetFacts, find: Find): { text: string; ms: number } {
  const text = dataset.interval;
  const ms = intervalMs(text)!;
  const { interval } = config.data;
  if (interval !== null && intervalMs(interval) !== ms)
    find(
      'error',
      'data.interval',
      interval,
      `data.interval ${interval} is not served yet for bars of ${text}; it must be null or ${text}, the interval of "${dataset.name}"`,
    );
  if (ms >= day)
    find(
      'error',
      'data.dataset',
      dataset.name,
      `"${dataset.name}" has bars of ${text}; bars of a day and longer are not served yet, they must be shorter than 1d`,
    );
  return { text, ms };
}

function chooseSources(
  config: Config,
  dataset: DatasetFacts,
  symbols: readonly PlanSymbol[],
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
  return fillFrom.flatMap((name) => {
    const source = named(datasets, name);
    if (!source) {
      find('error', 'data.fillFrom', name, `data.fillFrom has "${name}", which is not here; ${here(datasets)}`);
      return [];
    }
    if (source.interval !== dataset.interval)
      find(
        'error',
        'data.fillFrom',
        name,
        `data.fillFrom has "${name}" with bars of ${source.interval}; they must be ${dataset.interval} like those of "${dataset.name}"`,
      );
    if (source.id === dataset.id && config.feed.dropRate === 0)
      find(
        'warning',
        'data.fillFrom',
        name,
        `data.fillFrom has "${name}", which is the feed itself: without a feed fault (feed.dropRate) it has nothing to fill`,
      );
    return [
      {
        name: source.name,
        symbols: symbols.map(({ name: wanted }) => {
          const symbol = source.symbols.findIndex((each) => each.name === wanted);
          return symbol < 0 ? null : { name: wanted, dataset: source.id, symbol };
        }),
      },
    ];
  });
}

/** The dates of some sessions, in words. */
function listed(sessions: readonly Session[]): string {
  const dates = sessions.slice(0, 3).map(({ date }) => date);
  return sessions.length > 3 ? `${dates.join(', ')} and ${sessions.length - 3} more sessions` : dates.join(', ');
}

function chooseSessions(
  config: Config,
  dataset: DatasetFacts,
  symbols: readonly PlanSymbol[],
  trailing: number,
  find: Find,
): Pick<RunPlan, 'sessions' | 'firstPlayed' | 'zone'> | undefined {
  const plain = calendar(config.session.calendar);
  const market = marketOf(config.session);
  const { dayOf } = zone(market.zone);
  const entries = symbols.map(({ symbol }) => dataset.symbols[symbol]!);
  const from = Math.min(...entries.map((entry) => entry.from)) as Instant;
  const to = Math.max(...entries.map((entry) => entry.to)) as Instant;
  const around = [dayOf((from - day) as Instant), dayOf((to + day) as Instant)] as const;
  const withData = market.sessions(...around).filter((session) => session.close > from && session.open <= to);
  const dates = new Set(market.sessions(...around).map(({ date }) => date));
  const closed = plain.sessions(...around).filter(({ date }) => !dates.has(date));
  if (closed.length > 0)
    find(
      dates.size === 0 ? 'error' : 'warning',
      'session.start',
      config.session.start,
      `session.start was ${config.session.start}, which is not before the close of ${listed(closed)}: left out`,
    );
  if (dates.size === 0) return undefined;
  const { from: first, to: last } = config.data;
  const played = withData.filter(({ date }) => (first === null || date >= first) && (last === null || date <= last));
  const range = (some: readonly Session[]): string => `${some[0]?.date} to ${some.at(-1)?.date}`;
  if (withData.length === 0) {
    find(
      'error',
      'session.calendar',
      market.name,
      `The bars of "${dataset.name}" (${dayOf(from)} to ${dayOf(to)}) touch no session of ${market.name}; choose another calendar`,
    );
    return undefined;
  }
  if (played.length === 0) {
    const value = `${first ?? 'the first'} to ${last ?? 'the last'}`;
    find(
      'error',
      first === null ? 'data.to' : 'data.from',
      first ?? last,
      `data.from and data.to leave no session (${value}); "${dataset.name}" has ${range(withData)}`,
    );
    return undefined;
  }
  if (first !== null && first < withData[0]!.date)
    find(
      'warning',
      'data.from',
      first,
      `data.from was ${first}; "${dataset.name}" begins ${withData[0]!.date}, and so does the run`,
    );
  if (last !== null && last > withData.at(-1)!.date)
    find(
      'warning',
      'data.to',
      last,
      `data.to was ${last}; "${dataset.name}" ends ${withData.at(-1)!.date}, and so does the run`,
    );
  const at = withData.indexOf(played[0]!);
  const firstPlayed = Math.min(trailing, at);
  if (firstPlayed < trailing) {
    const asked = config.history.windows
      ? `history.windows asks for ${trailing} sessions`
      : `history.trailingDays was ${trailing}`;
    find(
      'warning',
      config.history.windows ? 'history.windows' : 'history.trailingDays',
      trailing,
      `${asked}; "${dataset.name}" has ${firstPlayed} sessions before ${played[0]!.date}, the history fills up as the run goes on`,
    );
  }
  return { sessions: withData.slice(at - firstPlayed, at + played.length), firstPlayed, zone: market.zone };
}
