import { priceFaults } from '../bars/price-fault.ts';
import { LogCode, LogLoop, type LogRecord } from '../memory/log.ts';
import type { RunPlan } from '../session/plan.ts';
import { sessionStates, stateCauses } from '../session/state.ts';
import { minute } from '../time/instant.ts';
import type { SlotAxis } from './chart/slot-axis.ts';
import { dayLabel, barLabel, countLabel, percentLabel, sessionLabel, several, zoneLabel } from './labels.ts';
import { stateWords } from './state-words.ts';

/** A line of the log: one record, or neighbouring ones of upkeep or the feed that say the same of other slots of a symbol. */
export interface LogLine {
  /** The latest record of the line. */
  readonly record: LogRecord;
  /** Place in `plan.sessions` of the session that it is about. */
  readonly session: number;
  /** Bars that it speaks of, and the first and the last base slot of them; 0, -1 and -1 where it speaks of none. */
  readonly bars: number;
  readonly from: number;
  readonly to: number;
  /** Why the session failed, of a line that says it did; '' where nobody has told. */
  readonly reason: string;
}

/**
 * Lines of records, the latest first. What upkeep found missing, filled or gave up of a symbol is one line up to the next record
 * of another kind, so that minutes do not push the changes of state out of sight. `most` lines are made. `reasonOf`
 * tells why a session failed.
 */
export function logLines(
  records: readonly LogRecord[],
  plan: RunPlan,
  most = Infinity,
  reasonOf: (session: number) => string = () => '',
): LogLine[] {
  const lines: { -readonly [Key in keyof LogLine]: LogLine[Key] }[] = [];
  const open = new Map<string, (typeof lines)[number]>();
  for (const record of records) {
    const session = sessionOf(record, plan);
    const slots = slotsOf(record);
    if (!slots) {
      // From here on, no line that was made can grow.
      if (lines.length >= most) break;
      open.clear();
      const hasFailed = record.code === LogCode.state && sessionStates[record.a] === 'error';
      lines.push({ record, session, bars: 0, from: -1, to: -1, reason: hasFailed ? reasonOf(session) : '' });
      continue;
    }
    const source = record.code === LogCode.filled || record.code === LogCode.rejected ? record.b : -1;
    const key = `${session}/${record.code}/${record.symbol}/${source}`;
    const line = open.get(key);
    if (line) {
      line.bars += slots.bars;
      line.from = Math.min(line.from, slots.from);
      line.to = Math.max(line.to, slots.from + slots.bars - 1);
    } else {
      const fresh = { record, session, ...slots, to: slots.from + slots.bars - 1, reason: '' };
      open.set(key, fresh);
      lines.push(fresh);
    }
  }
  return lines.slice(0, most);
}

/** The bars that a record of upkeep or of the feed's faults speaks of. */
function slotsOf({ code, a, b }: LogRecord): { bars: number; from: number } | undefined {
  switch (code) {
    case LogCode.missing:
    case LogCode.late:
    case LogCode.stale:
      return { bars: a, from: b };
    case LogCode.filled:
    case LogCode.duplicate:
    case LogCode.rejected:
    case LogCode.madeUp:
      return { bars: 1, from: a };
    case LogCode.gaveUp:
      return { bars: 1, from: b };
    default:
      return undefined;
  }
}

/** What a setting waits for, by its number in the log. */
const waitWords: readonly string[] = [
  'session.autoRoll is off: press Play to go on to the next session',
  'prefetch.autoActivate is off: press Play to open the session',
  'history.autoLoad is off: the run begins without history; Load history brings it in',
];

/** A line of the run log as a sentence. */
export function lineWords({ record, session, bars, from, to, reason }: LogLine, plan: RunPlan, axis: SlotAxis): string {
  const { code, symbol, a, b, loop } = record;
  const name = plan.symbols[symbol]?.name ?? '';
  const at = (slot: number): string => barLabel(axis.start({ session, slot }), axis.intervalMs, plan.zone);
  const times = from < 0 ? '' : from === to ? at(from) : `${at(from)}–${at(to)}`;
  const many = bars > 1 ? `, ${several(bars, 'bar')}` : '';
  switch (code) {
    case LogCode.state:
      return `session ${stateWords(sessionStates[a] ?? 'error')} · ${stateCauses[b] ?? 'no cause given'}${reason === '' ? '' : `: ${reason}`}`;
    case LogCode.missing:
      return `upkeep: ${name} ${several(bars, 'bar')} missing, ${times}`;
    case LogCode.filled:
      return `upkeep filled ${name} ${times}${many} from ${plan.fillSources[b]?.name ?? 'a fill source'}`;
    case LogCode.gaveUp:
      return bars > 1
        ? `upkeep gave up on ${name} ${times}${many}: no source has them`
        : `upkeep gave up on ${name} ${times} after ${several(a, 'look-up')}: no source has it`;
    case LogCode.madeUp:
      return `upkeep made up ${name} ${times}${many} of the last price: no source has ${bars > 1 ? 'them' : 'it'}`;
    case LogCode.late:
      return `feed: ${name} ${times}${many} arrived late`;
    case LogCode.stale:
      return `feed: ${name} ${times}${many} arrived late and ${bars > 1 ? 'are' : 'is'} not used: upkeep was there before`;
    case LogCode.duplicate:
      return `feed: ${name} ${times}${many} arrived twice`;
    case LogCode.rejected:
      return `feed: ${name} ${times}${many} rejected: ${priceFaults[b] ?? 'impossible values'}`;
    case LogCode.outageBegan:
      return `feed: nothing arrives ${ofSymbol(name)} from ${at(a)}, ${several(b, 'bar')} long`;
    case LogCode.outageEnded:
      return `feed: bars arrive again ${ofSymbol(name)} from ${at(a)}`;
    case LogCode.sessionEnd:
      return `session’s account: quality ${percentLabel(a / 1_000)}, ${b === 0 ? 'nothing' : several(b, 'bar')} missing`;
    case LogCode.offGrid:
      return `${name}: ${several(a, 'bar')} of this session start within a slot and are not played`;
    case LogCode.prefetchHit:
      return 'next session was ready at its open';
    case LogCode.prefetchMiss:
      return `next session was not ready: waited ${countLabel(a / 1_000)} ms for it`;
    case LogCode.history:
      return `history of ${several(a, 'session')} in place, ${several(b, 'bar')}`;
    case LogCode.unreadable:
      return `history of ${dayLabel(plan.sessions[a]!.date)} cannot be read: it is left out`;
    case LogCode.askedNext:
      return `upkeep asked for the next session, ${several(Math.round(a / 60), 'minute')} before the close`;
    case LogCode.waits:
      return waitWords[a] ?? 'the run waits';
    default:
      return `${loop === LogLoop.upkeep ? 'upkeep' : 'coordinator'} reported ${code}`;
  }
}

function ofSymbol(name: string): string {
  return name === '' ? 'of any symbol' : `of ${name}`;
}

/** `Fri 11 Oct 2013, EDT`: the day of a session, and the zone that its times are told in. */
export function sessionHeading(plan: RunPlan, session: number): string {
  const heading = plan.sessions[session]!;
  return `${sessionLabel(heading)}, ${zoneLabel(heading.open, plan.zone)}`;
}

const approaching = sessionStates.indexOf('pre-market');
const opening = sessionStates.indexOf('active');

/** What the coordinator reports of a session before its first bar. */
function isBeginning({ code, a }: LogRecord): boolean {
  switch (code) {
    case LogCode.state:
      return a === approaching || a === opening;
    case LogCode.history:
    case LogCode.prefetchHit:
    case LogCode.prefetchMiss:
      return true;
    case LogCode.waits:
      return a !== 0;
    default:
      return false;
  }
}

/**
 * Place in `plan.sessions` of the played session that a record is about. A session ends with its roll, and where that is the
 * instant at which the next one begins, the kind of record tells.
 */
function sessionOf(record: LogRecord, plan: RunPlan): number {
  const { sessions, firstPlayed } = plan;
  const begins = isBeginning(record);
  let low = firstPlayed;
  let high = sessions.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const end = endOf(plan, middle);
    if (begins ? record.at >= end : record.at > end) low = middle + 1;
    else high = middle;
  }
  return low;
}

function endOf({ sessions, config }: RunPlan, session: number): number {
  const rolled = sessions[session]!.close + config.session.rollDelayMinutes * minute;
  return Math.min(rolled, sessions[session + 1]?.open ?? Infinity);
}
