import { describe, expect, test } from 'vitest';
import { LogCode, LogLoop, type LogRecord } from '../../src/memory/log.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import { sessionStates, stateCauses } from '../../src/session/state.ts';
import { SlotAxis } from '../../src/studio/chart/slot-axis.ts';
import { logCsv } from '../../src/studio/log-csv.ts';
import { isAtLeast, levelOf } from '../../src/studio/log-levels.ts';
import { lineWords, logLines, sessionHeading } from '../../src/studio/log-words.ts';
import { calendar } from '../../src/time/calendar.ts';
import { minute } from '../../src/time/instant.ts';

const { missing, filled, gaveUp, state, sessionEnd, prefetchHit } = LogCode;

function planOf(name: string, from: string, to: string, rollDelayMinutes: number): RunPlan {
  return {
    config: { session: { rollDelayMinutes } },
    symbols: [{ name: 'SPY' }, { name: 'GOOG' }],
    intervals: [{ text: '1m', ms: minute }],
    sessions: calendar(name).sessions(from, to),
    firstPlayed: 0,
    zone: name === 'XNYS' ? 'America/New_York' : 'UTC',
    fillSources: [{ name: 'backup' }, { name: 'archive' }],
  } as unknown as RunPlan;
}

const plan = planOf('XNYS', '2013-10-10', '2013-10-11', 30);
const axis = new SlotAxis(plan.sessions, minute);

/** Records as the page holds them, the latest first, from what happened, the oldest first. */
function log(...happened: (Omit<Partial<LogRecord>, 'at'> & { at: number; code: number })[]): LogRecord[] {
  return happened
    .map((record, i) => ({ sequence: i + 1, loop: LogLoop.upkeep, symbol: 0, a: 0, b: 0, ...record }) as LogRecord)
    .reverse();
}

const words = (records: LogRecord[]): string[] => logLines(records, plan).map((line) => lineWords(line, plan, axis));
const after = (minutes: number, session = 0): number => plan.sessions[session]!.open + minutes * minute;
const enters = (
  name: (typeof sessionStates)[number],
  at: number,
): { at: number; code: number; a: number; b: number } => ({
  at,
  code: state,
  a: sessionStates.indexOf(name),
  b: stateCauses.indexOf('open'),
});

describe('lines of the log', () => {
  test('one bar missing a minute is one line, and the change of state stays in sight', () => {
    const minutes = Array.from({ length: 150 }, (_, slot) => ({ at: after(slot + 1), code: missing, a: 1, b: slot }));
    expect(words(log(enters('active', after(0)), ...minutes))).toEqual([
      'upkeep: SPY 150 bars missing, 09:30–11:59',
      'session active · open',
    ]);
  });

  test('symbols and sources have lines of their own, though their records alternate', () => {
    const records = log(
      { at: after(1), code: missing, a: 1, b: 0 },
      { at: after(1), code: missing, symbol: 1, a: 2, b: 0 },
      { at: after(2), code: filled, a: 0, b: 0 },
      { at: after(2), code: missing, a: 1, b: 1 },
      { at: after(3), code: filled, a: 1, b: 1 },
      { at: after(4), code: filled, a: 2, b: 1 },
      { at: after(5), code: gaveUp, symbol: 1, a: 5, b: 0 },
      { at: after(5), code: gaveUp, symbol: 1, a: 5, b: 1 },
    );
    expect(words(records)).toEqual([
      'upkeep gave up on GOOG 09:30–09:31, 2 bars: no source has them',
      'upkeep filled SPY 09:31–09:32, 2 bars from archive',
      'upkeep: SPY 2 bars missing, 09:30–09:31',
      'upkeep filled SPY 09:30 from backup',
      'upkeep: GOOG 2 bars missing, 09:30–09:31',
    ]);
  });

  test('a session that failed says why, once that is told', () => {
    const [error, cause] = [sessionStates.indexOf('error'), stateCauses.indexOf('error in the strategy')];
    const records = log({ at: after(0), code: state, symbol: -1, a: error, b: cause });
    const reason = 'line 1, column 81: TypeError: Cannot read properties of undefined';
    const told = logLines(records, plan, 9, (session) => (session === 0 ? reason : ''));
    expect(told.map((line) => lineWords(line, plan, axis))).toEqual([
      `session error · error in the strategy: ${reason}`,
    ]);
    expect(words(records)).toEqual(['session error · error in the strategy']);
  });

  test('a single gap says how often it was looked up', () => {
    expect(words(log({ at: after(9), code: gaveUp, a: 5, b: 3 }))).toEqual([
      'upkeep gave up on SPY 09:33 after 5 look-ups: no source has it',
    ]);
  });

  test('what the feed did to bars is told by symbol, and by reason where it has one', () => {
    const { late, stale, duplicate, rejected, outageBegan, outageEnded, madeUp } = LogCode;
    const records = log(
      { at: after(1), code: outageBegan, symbol: -1, a: 0, b: 10 },
      { at: after(11), code: outageEnded, symbol: -1, a: 10, b: 0 },
      { at: after(12), code: late, a: 1, b: 11 },
      { at: after(13), code: late, a: 2, b: 12 },
      { at: after(13), code: stale, a: 1, b: 14 },
      { at: after(14), code: duplicate, a: 15, b: 0 },
      { at: after(15), code: rejected, a: 16, b: 0 },
      { at: after(16), code: rejected, a: 17, b: 2 },
      { at: after(17), code: madeUp, a: 18, b: 0 },
      { at: after(18), code: outageBegan, symbol: 1, a: 17, b: 1 },
    );
    expect(words(records)).toEqual([
      'feed: nothing arrives of GOOG from 09:47, 1 bar long',
      'upkeep made up SPY 09:48 of the last price: no source has it',
      'feed: SPY 09:47 rejected: low is above the open or the close',
      'feed: SPY 09:46 rejected: high is below low',
      'feed: SPY 09:45 arrived twice',
      'feed: SPY 09:44 arrived late and is not used: upkeep was there before',
      'feed: SPY 09:41–09:43, 3 bars arrived late',
      'feed: bars arrive again of any symbol from 09:40',
      'feed: nothing arrives of any symbol from 09:30, 10 bars long',
    ]);
  });

  test('lines are not merged across a record of another kind', () => {
    const records = log({ at: after(1), code: missing, a: 1, b: 0 }, enters('timed-out', after(2)), {
      at: after(3),
      code: missing,
      a: 1,
      b: 2,
    });
    expect(words(records)).toHaveLength(3);
  });

  test('the account of a session does not say that it closed at the end of the roll delay', () => {
    const end = plan.sessions[0]!.close + 30 * minute;
    expect(words(log({ at: end, code: sessionEnd, a: 100_000, b: 0 }))).toEqual([
      'session’s account: quality 100 %, nothing missing',
    ]);
  });
});

describe('the session of a line', () => {
  test('the heading has its day and its zone', () => {
    expect(sessionHeading(plan, 1)).toBe('Fri 11 Oct 2013, EDT');
  });

  test('before the open it is the one that comes, up to the end of the roll delay the one that was', () => {
    const close = plan.sessions[0]!.close;
    const records = log(
      { at: close, code: missing, a: 1, b: 389 },
      { at: close + 30 * minute, code: sessionEnd },
      enters('pre-market', after(-30, 1)),
    );
    expect(logLines(records, plan).map(({ session }) => session)).toEqual([1, 0, 0]);
  });

  test('where one session opens as the other ends, the kind of record tells', () => {
    const always = planOf('24/7', '2024-01-01', '2024-01-02', 30);
    const midnight = always.sessions[1]!.open;
    const records = log(
      { at: midnight, code: missing, a: 1, b: 1_439 },
      { at: midnight, code: sessionEnd },
      { at: midnight, code: prefetchHit },
      enters('active', midnight),
      { at: midnight + minute, code: missing, a: 1, b: 0 },
    );
    expect(logLines(records, always).map(({ session }) => session)).toEqual([1, 1, 1, 0, 0]);
  });
});

describe('levels of the log', () => {
  test.each<[string, { code: number; a: number }, string]>([
    ['a session in the error state', { code: state, a: sessionStates.indexOf('error') }, 'error'],
    ['a session that timed out', { code: state, a: sessionStates.indexOf('timed-out') }, 'warning'],
    ['a session that opened', { code: state, a: sessionStates.indexOf('active') }, 'info'],
    ['bars that are missing', { code: missing, a: 3 }, 'warning'],
    ['a bar that was filled', { code: filled, a: 3 }, 'info'],
    ['history that cannot be read', { code: LogCode.unreadable, a: 0 }, 'error'],
  ])('%s', (_, record, level) => expect(levelOf(record)).toBe(level));

  test('what matters more is at least what matters less', () => {
    expect(isAtLeast('error', 'warning')).toBe(true);
    expect(isAtLeast('info', 'warning')).toBe(false);
  });
});

test('the log is a CSV that no spreadsheet runs, and says what it lacks', () => {
  const formulas = { ...plan, symbols: [{ name: '=1+1' }, { name: 'GOOG' }] } as unknown as RunPlan;
  const records = log(
    { at: after(1), code: LogCode.offGrid, a: 2, b: 0 },
    { ...enters('active', after(0)), at: after(2) },
  );
  expect(logCsv(logLines(records, formulas), formulas, axis, 7).split('\r\n')).toEqual([
    'time (UTC),session,level,loop,record (times: America/New_York)',
    '2013-10-10T13:32:00Z,2013-10-10,info,upkeep,session active · open',
    expect.stringMatching(/^2013-10-10T13:31:00Z,2013-10-10,warning,upkeep,'=1\+1: 2 bars of this session/),
    ',,warning,,7 records went by too fast to be kept',
    '',
  ]);
});
