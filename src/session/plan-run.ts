import type { Finding } from '../config/finding.ts';
import type { Config } from '../config/schema.ts';
import { dateOfDay } from '../time/day-stamp.ts';
import { withHours } from '../time/hours.ts';
import { day, type Instant } from '../time/instant.ts';
import type { Session } from '../time/session.ts';
import { marketOf } from '../time/session-calendar.ts';
import { zone } from '../time/zone.ts';
import type { PlannedStrategy, PlanStrategy } from '../strategy/plan-strategy.ts';
import type { DatasetFacts } from './dataset-facts.ts';
import { findInto, type Find } from './find.ts';
import { adjustedBy, checkAdjusted } from './plan-adjustments.ts';
import { chooseIntervals } from './plan-intervals.ts';
import { chooseRecords, dataOf } from './plan-records.ts';
import { chooseSources } from './plan-sources.ts';
import type { BarStream } from './bar-stream.ts';
import { baseOf, checkLengths, chooseStreams, datasetWords } from './plan-streams.ts';
import { checkOutages, checkOutageTimes } from './plan-faults.ts';
import { unitsHolding, unitsOf } from './plan-units.ts';
import { barsOfSessions, warmUpSessions } from './plan-warm-up.ts';
import type { RunPlan } from './plan.ts';
import { blockBytes } from './shape.ts';

export type Planned =
  | { readonly ok: true; readonly plan: RunPlan; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** Bytes that the block of a run may take. */
const mostBytes = 1_000_000_000;

/**
 * Decides a run: which symbols, intervals, sessions and sources the configuration means with the datasets that are here.
 * `given` are the settings that the user wrote; a default that does not fit the base interval drops out with a warning, the
 * same value given is an error. `strategy` is what `planStrategy` makes of the configuration's; it is asked for where there is one.
 */
export function planRun(
  config: Config,
  given: ReadonlySet<string>,
  datasets: readonly DatasetFacts[],
  strategy: PlannedStrategy | null = null,
): Planned {
  if (config.strategy !== null && !strategy)
    throw new Error('A run with a strategy is planned with what was made of it');
  const findings: Finding[] = [];
  const find = findInto(findings);
  const failed = (): Planned => ({ ok: false, findings: findings.filter(({ severity }) => severity === 'error') });

  const streams = chooseStreams(config, given, datasets, find);
  if (streams.length === 0) return failed();
  const base = baseOf(streams);
  checkLengths(streams, base, find);
  const chosen = chooseIntervals(config, given, base, find);
  const fillSources = chooseSources(config, streams, datasets, find);
  checkOutages(
    config,
    streams.map(({ name }) => name),
    find,
  );
  const records = chooseRecords(config, streams, datasets, find);
  checkAdjusted(config, streams, records, find);
  if (strategy && !strategy.ok) findings.push(...strategy.findings);
  const trades = config.strategy !== null && strategy?.ok ? strategy.strategy : null;
  if (findings.some(({ severity }) => severity === 'error')) return failed();

  if (trades && config.broker.fills === 'parity') warnOfSizes(trades, streams.length, find);

  const trailing = Math.max(...chosen.map(({ historySessions }) => historySessions));
  const days = chooseSessions(config, streams, trailing, trades, find);
  if (!days) return failed();
  checkOutageTimes(config, days.sessions, find);
  // A strategy warms up on bars before those that are played, however little history its user asked for.
  if (trades && config.history.enabled)
    chosen[0] = {
      ...chosen[0]!,
      historySessions: Math.max(
        chosen[0]!.historySessions,
        Math.min(
          days.firstPlayed,
          warmUpSessions(days.sessions.slice(0, days.firstPlayed), streams, trades.warmUpBars),
        ),
      ),
    };
  const rolls = base.ms < day ? days : unitsOf(days.sessions, days.firstPlayed);
  const plan: RunPlan = {
    config,
    symbols: streams.map(({ name, dataset, symbol, intervalMs, storedMs }) => ({
      name,
      dataset: dataset.id,
      symbol,
      intervalMs,
      storedMs,
      ...(dataset.kind === 'ticks' && { ofTicks: true as const }),
      ...adjustedBy(config, dataset, symbol),
    })),
    intervals:
      base.ms < day
        ? chosen
        : chosen.map((each) => ({
            ...each,
            historySessions: unitsHolding(each.historySessions, rolls.sessions, rolls.firstPlayed),
          })),
    ...rolls,
    zone: days.zone,
    fillSources,
    records,
    strategy: trades,
    data: dataOf(config, streams, records, datasets),
  };
  const bytes = blockBytes(plan);
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

/** A strategy whose orders the parity mode refuses would trade nothing, and say nothing. */
function warnOfSizes({ name, honestSizes }: PlanStrategy, symbols: number, find: Find): void {
  if (!honestSizes || (honestSizes === 'of several symbols' && symbols === 1)) return;
  const why = honestSizes === 'always' ? '' : ' of several symbols';
  find(
    'warning',
    'broker.fills',
    'parity',
    `broker.fills was "parity"; it has no such orders as "${name}" gives${why}, so the run will trade nothing. Choose "honest"${why && ', or one symbol (data.symbols)'}`,
  );
}

function sessionsWords(count: number): string {
  return `${count} ${count === 1 ? 'session' : 'sessions'}`;
}

/** The dates of some sessions, in words. */
function listed(sessions: readonly Session[]): string {
  const dates = sessions.slice(0, 3).map(({ date }) => date);
  return sessions.length > 3 ? `${dates.join(', ')} and ${sessions.length - 3} more sessions` : dates.join(', ');
}

/** Whether a session lies between a symbol's first and last bar. Bars of a day belong to the session of their date. */
function spanOf(
  { storedMs }: BarStream,
  { from, to }: DatasetFacts['symbols'][0],
  zoneName: string,
): (session: Session) => boolean {
  if (storedMs < day) return (session) => session.close > from && session.open <= to;
  const [first, last] = [dateOfDay(from, zoneName), dateOfDay(to, zoneName)];
  return ({ date }) => date >= first && date <= last;
}

function chooseSessions(
  config: Config,
  streams: readonly BarStream[],
  kept: number,
  strategy: PlanStrategy | null,
  find: Find,
): Pick<RunPlan, 'sessions' | 'firstPlayed' | 'zone'> | undefined {
  const plain = marketOf(config.session);
  const market = withHours(plain, config.session);
  const { start, end, timeZone } = config.session;
  if (timeZone !== null && start === null && end === null)
    find(
      'warning',
      'session.timeZone',
      timeZone,
      `session.timeZone was "${timeZone}"; it is the zone of session.start and session.end and counts for nothing without them`,
      null,
    );
  const { dayOf } = zone(market.zone);
  const words = datasetWords(streams);
  const entries = streams.map(({ dataset, symbol }) => dataset.symbols[symbol]!);
  const from = Math.min(...entries.map((entry) => entry.from)) as Instant;
  const to = Math.max(...entries.map((entry) => entry.to)) as Instant;
  // A session reaches into the days before and after its date at most.
  const around = [dayOf((from - day) as Instant), dayOf((to + day) as Instant)] as const;
  const sessions = market.sessions(...around);
  const spans = streams.map((stream, i) => spanOf(stream, entries[i]!, market.zone));
  const withData = sessions.filter((session) => spans.some((has) => has(session)));
  const dates = new Set(sessions.map(({ date }) => date));
  const closed = market === plain ? [] : plain.sessions(...around).filter(({ date }) => !dates.has(date));
  if (closed.length > 0) {
    const [severity, rest] =
      dates.size === 0 ? (['error', 'no session is left'] as const) : (['warning', 'left out'] as const);
    if (start === null)
      find(
        severity,
        'session.end',
        end,
        `session.end was ${end}, which is not after the open of ${listed(closed)}: ${rest}`,
        dates.size === 0 ? null : undefined,
      );
    else
      find(
        severity,
        'session.start',
        start,
        `session.start was ${start}, which is not before the close of ${listed(closed)}: ${rest}`,
        dates.size === 0 ? null : undefined,
      );
  }
  if (dates.size === 0) return undefined;
  const { from: first, to: last } = config.data;
  const played = withData.filter(({ date }) => (first === null || date >= first) && (last === null || date <= last));
  const range = (some: readonly Session[]): string => `${some[0]?.date} to ${some.at(-1)?.date}`;
  if (withData.length === 0) {
    const isChosen = config.session.custom === null;
    find(
      'error',
      'session.calendar',
      market.name,
      `The bars of ${words} (${dayOf(from)} to ${dayOf(to)}) touch no session of ${market.name}; choose another calendar${isChosen ? ', of which 24/7 has all bars' : ''}`,
      isChosen ? '24/7' : undefined,
    );
    return undefined;
  }
  if (played.length === 0) {
    const value = `${first ?? 'the first'} to ${last ?? 'the last'}`;
    find(
      'error',
      first === null ? 'data.to' : 'data.from',
      first ?? last,
      `data.from and data.to leave no session (${value}); ${words} has ${range(withData)}`,
    );
    return undefined;
  }
  if (first !== null && first < withData[0]!.date)
    find(
      'warning',
      'data.from',
      first,
      `data.from was ${first}; ${words} begins ${withData[0]!.date}, and so does the run`,
      withData[0]!.date,
    );
  if (last !== null && last > withData.at(-1)!.date)
    find(
      'warning',
      'data.to',
      last,
      `data.to was ${last}; ${words} ends ${withData.at(-1)!.date}, and so does the run`,
      withData.at(-1)!.date,
    );
  const at = withData.indexOf(played[0]!);
  const warmUp = strategy && config.history.enabled ? strategy.warmUpBars : 0;
  const trailing = Math.max(kept, warmUpSessions(withData.slice(0, at), streams, warmUp));
  const firstPlayed = Math.min(trailing, at);
  if (barsOfSessions(withData.slice(at - firstPlayed, at), streams) < warmUp)
    find(
      'warning',
      'strategy',
      warmUp,
      `"${strategy!.name}" needs ${warmUp} bars before it may order; ${words} has ${sessionsWords(at)} before ${played[0]!.date}, so it sees the others as the run goes on`,
    );
  if (firstPlayed < kept) {
    const asked = config.history.windows
      ? `history.windows asks for ${sessionsWords(kept)}`
      : `history.trailingDays was ${kept}`;
    find(
      'warning',
      config.history.windows ? 'history.windows' : 'history.trailingDays',
      kept,
      `${asked}; ${words} has ${sessionsWords(firstPlayed)} before ${played[0]!.date}, the history fills up as the run goes on`,
      config.history.windows ? undefined : firstPlayed,
    );
  }
  return { sessions: withData.slice(at - firstPlayed, at + played.length), firstPlayed, zone: market.zone };
}
