import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/schema.ts';
import type { DatasetFacts } from '../../src/session/dataset-facts.ts';
import { planRun } from '../../src/session/plan-run.ts';
import { layoutOf } from '../../src/memory/layout.ts';
import { shapeOf } from '../../src/session/shape.ts';
import { instant } from '../../src/time/instant.ts';
import { configWith } from '../support/synthetic.ts';

type Changes = Parameters<typeof configWith>[0];

const at = (text: string): ReturnType<typeof instant> => instant(Date.parse(text));

/** A dataset of minutes from 2013-10-04 to 2013-10-11. */
function dataset(name: string, symbols: readonly string[], changes: Partial<DatasetFacts> = {}): DatasetFacts {
  return {
    id: `id of ${name}`,
    name,
    sha256: `sha256:${name.toLowerCase()}`,
    interval: '1m',
    symbols: symbols.map((symbol) => ({
      name: symbol,
      bars: 2_340,
      from: at('2013-10-04T08:00:00Z'),
      to: at('2013-10-11T23:59:00Z'),
    })),
    ...changes,
  };
}

const spy = dataset('SPY', ['SPY']);
const pair = dataset('pair', ['SPY', 'GOOG', 'SHY']);

function plan(
  changes: Changes,
  datasets: readonly DatasetFacts[],
  given: readonly string[] = [],
): ReturnType<typeof planRun> {
  return planRun(configWith(changes), new Set(given), datasets);
}

/** The plan; fails with the findings when there is none. */
function planned(changes: Changes, datasets: readonly DatasetFacts[], given: readonly string[] = []) {
  const result = plan(changes, datasets, given);
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result;
}

/** Of a symbol that is played as it is stored. */
const minutes = { intervalMs: 60_000, storedMs: 60_000 };

/** History off: tests of other things get no warning about it. */
const noHistory = { enabled: false };

describe('the dataset', () => {
  test('is the one that the configuration names, by name or by content', () => {
    for (const name of ['pair', 'sha256:pair']) {
      const { plan: run, warnings } = planned({ data: { dataset: name }, history: noHistory }, [spy, pair]);
      expect(run.data.map(({ dataset }) => dataset)).toEqual(['pair', 'pair', 'pair']);
      expect(run.data[1]).toEqual({
        dataset: 'pair',
        symbol: 'GOOG',
        interval: '1m',
        bars: 2_340,
        sha256: 'sha256:pair',
      });
      expect(warnings).toEqual([]);
    }
  });

  test('is, when none is named, the only one that is no fill source', () => {
    const { plan: run, warnings } = planned({ data: { fillFrom: ['sha256:pair'] }, history: noHistory }, [pair, spy]);
    expect(run.data[0]!.dataset).toBe('SPY');
    expect(warnings).toEqual([]);
  });

  test('is the first of several, with a warning', () => {
    const { plan: run, warnings } = planned({ history: noHistory }, [pair, spy]);
    expect(run.data[0]!.dataset).toBe('pair');
    expect(warnings).toEqual([
      {
        setting: 'data.dataset',
        value: null,
        message: 'data.dataset was null and there are several; "pair" is played',
        severity: 'warning',
      },
    ]);
  });

  test('that is a fill source too is played when there is no other', () => {
    const { plan: run } = planned({ data: { fillFrom: ['SPY'] }, feed: { dropRate: 0.1 }, history: noHistory }, [spy]);
    expect([run.data[0]!.dataset, run.fillSources[0]!.name]).toEqual(['SPY', 'SPY']);
  });

  const weekly = dataset('weeks', ['SPY'], { interval: '7d' });
  test.each<[string, Changes, DatasetFacts[], string, string]>([
    ['that is not there', {}, [], 'data.dataset', 'There is no dataset to play; import a file with bars first'],
    [
      'of a name that is not here',
      { data: { dataset: 'QQQ' } },
      [spy, pair],
      'data.dataset',
      'data.dataset was "QQQ", which is not here; import the file with its bars, or choose one that is here: "SPY", "pair"',
    ],
    [
      'of a content that is not here, with an empty library',
      { data: { dataset: 'sha256:beef' } },
      [],
      'data.dataset',
      'data.dataset was "sha256:beef", which is not here; no dataset is here: import the file with its bars',
    ],
    [
      'of weeks',
      {},
      [weekly],
      'data.dataset',
      '"weeks" has bars of 7d; bars longer than 1d are not played: import bars of a day, of which longer ones are derived',
    ],
  ])('%s is an error', (_, changes, datasets, setting, message) => {
    const result = plan(changes, datasets);
    expect(result).toMatchObject({ ok: false });
    expect(result.ok ? [] : result.findings.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({ setting, message, severity: 'error' }),
    ]);
  });
});

describe('symbols', () => {
  test('are all of the dataset, in its order', () => {
    const { plan: run } = planned({ history: noHistory }, [pair]);
    expect(run.symbols).toEqual([
      { name: 'SPY', dataset: 'id of pair', symbol: 0, ...minutes },
      { name: 'GOOG', dataset: 'id of pair', symbol: 1, ...minutes },
      { name: 'SHY', dataset: 'id of pair', symbol: 2, ...minutes },
    ]);
  });

  test('are those that are named, in the order in which they are', () => {
    const { plan: run } = planned({ data: { symbols: ['SHY', 'SPY'] }, history: noHistory }, [pair]);
    expect(run.symbols.map(({ name, symbol }) => [name, symbol])).toEqual([
      ['SHY', 2],
      ['SPY', 0],
    ]);
  });

  test('that the dataset has not are an error each', () => {
    const result = plan({ data: { symbols: ['SPY', 'QQQ', 'IWM'] } }, [pair]);
    expect(result).toEqual({
      ok: false,
      findings: ['QQQ', 'IWM'].map((name) => ({
        setting: 'data.symbols',
        value: name,
        message: `data.symbols has ${name}, which "pair" has not; it has SPY, GOOG, SHY`,
        severity: 'error',
      })),
    });
  });
});

describe('intervals', () => {
  const hourly = dataset('hours', ['SPY'], { interval: '1h' });
  const rule = 'it must be a multiple of the base interval 1h and longer than it, up to 1d, which is the whole session';
  const ruleOfHistory = 'it must be the base interval 1h or one of the derived intervals (none)';

  test('are the base and the derived ones, short before long, each once, with their history', () => {
    const derivedIntervals = ['1h', '5m', '15m', '5m'];
    const { plan: run, warnings } = planned(
      {
        upkeep: { derivedIntervals },
        history: { trailingDays: 0, intervals: ['5m', '1h'] },
        data: { from: '2013-10-09' },
      },
      [spy],
      ['upkeep.derivedIntervals', 'history.intervals'],
    );
    expect(run.intervals.map(({ text }) => text)).toEqual(['1m', '5m', '15m', '1h']);
    expect(warnings).toEqual([]);
    const kept = planned({ history: { trailingDays: 3, intervals: ['5m'] }, data: { from: '2013-10-09' } }, [spy]);
    expect(kept.plan.intervals.map(({ text, ms, historySessions }) => [text, ms, historySessions])).toEqual([
      ['1m', 60_000, 0],
      ['5m', 300_000, 3],
      ['15m', 900_000, 0],
    ]);
  });

  test('of the defaults that do not fit drop out with a warning, and history keeps the base where none does', () => {
    const { plan: run, warnings } = planned({ data: { from: '2013-10-11' } }, [hourly]);
    expect(run.intervals).toEqual([{ text: '1h', ms: 3_600_000, historySessions: 5 }]);
    const off = planned({ history: { enabled: false } }, [hourly]);
    expect(off.plan.intervals).toEqual([{ text: '1h', ms: 3_600_000, historySessions: 0 }]);
    expect(warnings.map(({ setting, value, message }) => [setting, value, message])).toEqual([
      ['upkeep.derivedIntervals', '5m', `upkeep.derivedIntervals has 5m; ${rule}: left out`],
      ['upkeep.derivedIntervals', '15m', `upkeep.derivedIntervals has 15m; ${rule}: left out`],
      ['history.intervals', '1m', `history.intervals has 1m; ${ruleOfHistory}: left out`],
      ['history.intervals', '5m', `history.intervals has 5m; ${ruleOfHistory}: left out`],
    ]);
  });

  test('that do not fit are errors when they are given, even with the value of the default', () => {
    const result = plan({}, [hourly], ['upkeep.derivedIntervals', 'history.intervals']);
    expect(result.ok ? [] : result.findings.map(({ message, severity }) => [message, severity])).toEqual([
      [`upkeep.derivedIntervals has 5m; ${rule}`, 'error'],
      [`upkeep.derivedIntervals has 15m; ${rule}`, 'error'],
      [`history.intervals has 1m; ${ruleOfHistory}`, 'error'],
      [`history.intervals has 5m; ${ruleOfHistory}`, 'error'],
    ]);
  });

  test.each(['1m', '90s', '7m', '2d'])('%s does not derive from bars of two minutes', (text) => {
    const result = plan(
      { upkeep: { derivedIntervals: [text] }, history: noHistory },
      [dataset('d', ['A'], { interval: '2m' })],
      ['upkeep.derivedIntervals'],
    );
    expect(result.ok ? [] : result.findings.map(({ value }) => value)).toEqual([text]);
  });

  test('are the base alone when derived bars are off, and have no history when history is off', () => {
    const { plan: run } = planned({ upkeep: { autoComputeDerived: false }, history: noHistory }, [spy]);
    expect(run.intervals).toEqual([{ text: '1m', ms: 60_000, historySessions: 0 }]);
    expect(run.firstPlayed).toBe(0);
  });

  test('written differently mean the same', () => {
    const { plan: run } = planned(
      { history: { trailingDays: 2, intervals: ['60s', '300s'] }, data: { from: '2013-10-09' } },
      [spy],
      ['history.intervals'],
    );
    expect(run.intervals.map(({ historySessions }) => historySessions)).toEqual([2, 2, 0]);
  });
});

describe('history.windows', () => {
  const rows = (run: { intervals: readonly { text: string; historySessions: number }[] }): [string, number][] =>
    run.intervals.map(({ text, historySessions }) => [text, historySessions]);

  test('gives each interval its own depth, derives what is not derived yet, and takes the place of the other two', () => {
    const windows = [
      { interval: '1d', sessions: 3 },
      { interval: '1m', sessions: 1 },
      { interval: '1h', sessions: 2 },
    ];
    const { plan: run, warnings } = planned({ history: { windows }, data: { from: '2013-10-10' } }, [spy]);
    expect(rows(run)).toEqual([
      ['1m', 1],
      ['5m', 0],
      ['15m', 0],
      ['1h', 2],
      ['1d', 3],
    ]);
    expect([run.firstPlayed, warnings]).toEqual([3, []]);
    const alone = planned(
      { history: { windows: [{ interval: '1d', sessions: 3 }] }, upkeep: { autoComputeDerived: false } },
      [spy],
    );
    expect(rows(alone.plan)).toEqual([
      ['1m', 0],
      ['1d', 3],
    ]);
  });

  test('that is too long for the data is a warning; one that does not derive is an error', () => {
    const asked = plan({ history: { windows: [{ interval: '1d', sessions: 200 }] } }, [spy]);
    expect(asked.ok && asked.warnings.map(({ setting, message }) => [setting, message])).toEqual([
      [
        'history.windows',
        'history.windows asks for 200 sessions; "SPY" has 0 sessions before 2013-10-04, the history fills up as the run goes on',
      ],
    ]);
    const one = plan({ history: { windows: [{ interval: '1d', sessions: 1 }] } }, [spy]);
    expect(one.ok && one.warnings[0]!.message).toMatch(
      /^history.windows asks for 1 session; "SPY" has 0 sessions before/,
    );
    expect(plan({ history: { windows: [{ interval: '90s', sessions: 2 }] } }, [spy])).toMatchObject({
      ok: false,
      findings: [{ setting: 'history.windows', value: '90s' }],
    });
  });

  test('says that a trailing number given beside it counts for nothing', () => {
    const windows = [{ interval: '1d', sessions: 0 }];
    const { warnings } = planned({ history: { windows } }, [spy], ['history.windows', 'history.trailingDays']);
    expect(warnings.map(({ setting }) => setting)).toEqual(['history.trailingDays']);
  });

  test('of 200 days costs 200 slots a symbol, not 200 sessions of minutes', () => {
    const bytes = (windows: readonly { interval: string; sessions: number }[]): number =>
      layoutOf(shapeOf(planned({ history: { windows } }, [spy]).plan)).bytes;
    // Five doubles, and a state byte padded to a word.
    const slot = 5 * 8 + 4;
    const one = bytes([{ interval: '1d', sessions: 0 }]);
    expect(bytes([{ interval: '1d', sessions: 200 }]) - one).toBeLessThan(200 * slot + 6 * 64);
  });
});

describe('fill sources', () => {
  test('keep their order; a symbol that a source has not is null there', () => {
    const { plan: run, warnings } = planned(
      { data: { dataset: 'pair', fillFrom: ['sha256:spy', 'more'], symbols: ['GOOG', 'SPY'] }, history: noHistory },
      [spy, pair, dataset('more', ['GOOG'])],
    );
    expect(run.fillSources).toEqual([
      { name: 'SPY', symbols: [null, { name: 'SPY', dataset: 'id of SPY', symbol: 0, ...minutes }] },
      { name: 'more', symbols: [{ name: 'GOOG', dataset: 'id of more', symbol: 0, ...minutes }, null] },
    ]);
    expect(warnings).toEqual([]);
  });

  test('that have none of the played symbols are a warning', () => {
    const changes = { data: { dataset: 'SPY', fillFrom: ['more', 'pair'] }, history: noHistory };
    expect(planned(changes, [spy, pair, dataset('more', ['GOOG'])]).warnings).toMatchObject([
      {
        message:
          'data.fillFrom has "more", which has none of the symbols that are played (SPY): nothing is filled from it',
        right: ['pair'],
      },
    ]);
  });

  test('that are not here are errors', () => {
    const result = plan({ data: { dataset: 'SPY', fillFrom: ['gone', 'pair'] } }, [spy, pair]);
    expect(result.ok ? [] : result.findings.map(({ message }) => message)).toEqual([
      'data.fillFrom has "gone", which is not here; import the file with its bars, or choose one that is here: "SPY", "pair"',
    ]);
  });

  test('of another interval are errors', () => {
    const result = plan({ data: { dataset: 'SPY', fillFrom: ['five'] } }, [
      spy,
      dataset('five', ['SPY'], { interval: '5m' }),
    ]);
    expect(result.ok ? [] : result.findings.map(({ message }) => message)).toEqual([
      'data.fillFrom has "five" with bars of 5m; they must be 1m like those of "SPY", or make them up',
    ]);
  });

  test('can be 200; one more is an error', () => {
    const names = Array.from({ length: 201 }, (_, i) => `d${i}`);
    const datasets = [spy, ...names.map((name) => dataset(name, ['SPY']))];
    expect(
      planned({ data: { dataset: 'SPY', fillFrom: names.slice(1) }, history: noHistory }, datasets).plan.fillSources,
    ).toHaveLength(200);
    const result = plan({ data: { dataset: 'SPY', fillFrom: names } }, datasets);
    expect(result.ok ? [] : result.findings.map(({ message }) => message)).toEqual([
      'data.fillFrom names 201 datasets; it may name 200',
    ]);
  });

  test('equal to the feed are a warning unless the feed has a fault', () => {
    const changes = { data: { dataset: 'SPY', fillFrom: ['SPY'] }, history: noHistory };
    expect(planned(changes, [spy]).warnings.map(({ message }) => message)).toEqual([
      'data.fillFrom has "SPY", which is the feed itself: without a feed fault it has nothing to fill',
    ]);
    for (const feed of [{ dropRate: 0.1 }, { delayRate: 0.1 }, { corruptRate: 1 }, { outages: [outage] }])
      expect(planned({ ...changes, feed }, [spy]).warnings).toEqual([]);
  });
});

const outage = { symbol: null, from: '2013-10-07T14:00:00Z', to: '2013-10-07T15:00:00Z' };

describe('outages', () => {
  test('that stop nothing are told', () => {
    const outages = [
      outage,
      { ...outage, symbol: 'SPY' },
      { ...outage, symbol: 'XYZ' },
      { ...outage, to: outage.from },
    ];
    expect(planned({ history: noHistory, feed: { outages } }, [spy]).warnings).toEqual([
      {
        setting: 'feed.outages[2].symbol',
        value: 'XYZ',
        severity: 'warning',
        message: 'feed.outages[2].symbol was "XYZ", which is not played, so it stops nothing; null stops every symbol',
      },
      {
        setting: 'feed.outages[3].to',
        value: outage.from,
        severity: 'warning',
        message: `feed.outages[3].to was ${outage.from}, not after its from ${outage.from}, so the outage stops nothing`,
      },
    ]);
    // The last bar of a session ends at its close; then come a weekend, and another year.
    const atClose = { symbol: null, from: '2013-10-04T20:00:00Z', to: '2013-10-04T20:01:00Z' };
    const closed = [
      { symbol: null, from: '2013-10-04T20:01:00Z', to: '2013-10-07T13:30:00Z' },
      { symbol: null, from: '2001-10-08T14:00:00Z', to: '2001-10-08T15:00:00Z' },
    ];
    expect(planned({ history: noHistory, feed: { outages: [atClose, ...closed] } }, [spy]).warnings).toMatchObject([
      { setting: 'feed.outages[1].from', value: closed[0]!.from },
      {
        setting: 'feed.outages[2].from',
        message:
          'feed.outages[2] is from 2001-10-08T14:00:00Z to 2001-10-08T15:00:00Z, in which no session of the run is open, so it stops nothing',
      },
    ]);
  });
});

describe('sessions', () => {
  const dates = (changes: Changes, datasets: readonly DatasetFacts[] = [spy]): string[] => {
    const { plan: run } = planned(changes, datasets);
    return run.sessions.slice(run.firstPlayed).map(({ date }) => date);
  };
  const week = ['2013-10-04', '2013-10-07', '2013-10-08', '2013-10-09', '2013-10-10', '2013-10-11'];

  test('are those of the calendar that the bars touch, from the first bar of any symbol to the last', () => {
    expect(dates({ history: noHistory })).toEqual(week);
    const entry = spy.symbols[0]!;
    const two = dataset('two', [], {
      symbols: [
        { ...entry, from: at('2013-10-07T15:00:00Z'), to: at('2013-10-08T20:00:00Z') },
        { ...entry, name: 'B', from: at('2013-10-08T14:00:00Z'), to: at('2013-10-09T13:30:00Z') },
      ],
    });
    expect(dates({ history: noHistory }, [two])).toEqual(['2013-10-07', '2013-10-08', '2013-10-09']);
  });

  test('are those of the other calendar on request', () => {
    expect(dates({ session: { calendar: '24/7' }, history: noHistory })).toEqual([
      ...[
        '2013-10-04',
        '2013-10-05',
        '2013-10-06',
        '2013-10-07',
        '2013-10-08',
        '2013-10-09',
        '2013-10-10',
        '2013-10-11',
      ],
    ]);
  });

  test('are cut to data.from and data.to, both included', () => {
    expect(dates({ data: { from: '2013-10-08', to: '2013-10-09' }, history: noHistory })).toEqual([
      '2013-10-08',
      '2013-10-09',
    ]);
    expect(dates({ data: { from: '2013-10-05', to: '2013-10-07' }, history: noHistory })).toEqual(['2013-10-07']);
  });

  test('begin with the trailing ones when there are any before data.from', () => {
    const { plan: run, warnings } = planned({ data: { from: '2013-10-09' }, history: { trailingDays: 2 } }, [spy]);
    expect(run.sessions.map(({ date }) => date)).toEqual([
      '2013-10-07',
      '2013-10-08',
      '2013-10-09',
      '2013-10-10',
      '2013-10-11',
    ]);
    expect([run.firstPlayed, run.zone, warnings]).toEqual([2, 'America/New_York', []]);
  });

  test('before data.from that are fewer than history asks for are a warning', () => {
    const { plan: run, warnings } = planned({ data: { from: '2013-10-08' } }, [spy]);
    expect(run.firstPlayed).toBe(2);
    expect(warnings.map(({ setting, value, message }) => [setting, value, message])).toEqual([
      [
        'history.trailingDays',
        5,
        'history.trailingDays was 5; "SPY" has 2 sessions before 2013-10-08, the history fills up as the run goes on',
      ],
    ]);
  });

  test('outside the data are clipped with a warning', () => {
    const { warnings } = planned({ data: { from: '2013-10-01', to: '2013-12-01' }, history: noHistory }, [spy]);
    expect(warnings.map(({ setting, value, message }) => [setting, value, message])).toEqual([
      ['data.from', '2013-10-01', 'data.from was 2013-10-01; "SPY" begins 2013-10-04, and so does the run'],
      ['data.to', '2013-12-01', 'data.to was 2013-12-01; "SPY" ends 2013-10-11, and so does the run'],
    ]);
  });

  test.each<[Partial<Config['data']>, string, string, string]>([
    [{ from: '2014-01-01' }, 'data.from', '2014-01-01', '2014-01-01 to the last'],
    [{ to: '2013-10-03' }, 'data.to', '2013-10-03', 'the first to 2013-10-03'],
    [{ from: '2013-10-05', to: '2013-10-06' }, 'data.from', '2013-10-05', '2013-10-05 to 2013-10-06'],
  ])('of which %j leaves none are an error', (data, setting, value, range) => {
    expect(plan({ data, history: noHistory }, [spy])).toEqual({
      ok: false,
      findings: [
        {
          setting,
          value,
          message: `data.from and data.to leave no session (${range}); "SPY" has 2013-10-04 to 2013-10-11`,
          severity: 'error',
        },
      ],
    });
  });

  test('that the bars do not touch are an error', () => {
    const entry = { ...spy.symbols[0]!, from: at('2013-10-05T08:00:00Z'), to: at('2013-10-06T20:00:00Z') };
    expect(plan({}, [dataset('weekend', [], { symbols: [entry] })])).toEqual({
      ok: false,
      findings: [
        {
          setting: 'session.calendar',
          value: 'XNYS',
          message:
            'The bars of "weekend" (2013-10-05 to 2013-10-06) touch no session of XNYS; choose another calendar, of which 24/7 has all bars',
          severity: 'error',
          right: '24/7',
        },
      ],
    });
  });

  test('have the hours that are asked for; an early close stays early', () => {
    const entry = { ...spy.symbols[0]!, from: at('2024-11-27T14:30:00Z'), to: at('2024-11-29T20:00:00Z') };
    const thanksgiving = dataset('t', [], { symbols: [entry] });
    const { plan: run } = planned({ session: { start: '10:00', end: '15:00' }, history: noHistory }, [thanksgiving]);
    expect(run.sessions.map(({ open, close, early }) => [open, close, early])).toEqual([
      [at('2024-11-27T15:00:00Z'), at('2024-11-27T20:00:00Z'), false],
      [at('2024-11-29T15:00:00Z'), at('2024-11-29T18:00:00Z'), true],
    ]);
  });
});

test('a zone of wall times without one of them counts for nothing, and says so', () => {
  const timeZone = 'Europe/London';
  const { plan: run, warnings } = planned({ session: { timeZone }, history: noHistory }, [spy]);
  expect(run.zone).toBe('America/New_York');
  expect(warnings.map(({ setting, value }) => [setting, value])).toEqual([['session.timeZone', timeZone]]);
  expect(planned({ session: { timeZone, start: '15:00' }, history: noHistory }, [spy]).warnings).toEqual([]);
});

test('a start after an early close leaves that session out, and says so; one after every close is an error', () => {
  const entry = { ...spy.symbols[0]!, from: at('2024-11-27T14:30:00Z'), to: at('2024-11-29T20:00:00Z') };
  const thanksgiving = dataset('t', [], { symbols: [entry] });
  const late = plan({ session: { start: '14:00' }, history: noHistory }, [thanksgiving]);
  expect(late).toMatchObject({
    ok: true,
    plan: { sessions: [{ date: '2024-11-27' }] },
    warnings: [{ setting: 'session.start', message: expect.stringContaining('not before the close of 2024-11-29') }],
  });
  expect(plan({ session: { start: '17:00' }, history: noHistory }, [thanksgiving])).toMatchObject({
    ok: false,
    findings: [
      {
        setting: 'session.start',
        value: '17:00',
        message: expect.stringMatching(/: no session is left$/),
        right: null,
      },
    ],
  });
});

describe('data.interval', () => {
  test('null, or the interval of the data, plays the bars as they are', () => {
    for (const interval of [null, '60s'])
      expect(planned({ data: { interval }, history: noHistory }, [spy]).plan.symbols[0]).toMatchObject(minutes);
  });

  test('a multiple of it is the base of the run, made from the shorter bars', () => {
    const { plan: run } = planned({ data: { interval: '5m' }, history: noHistory }, [spy]);
    expect(run.symbols[0]).toMatchObject({ intervalMs: 300_000, storedMs: 60_000 });
    expect(run.intervals.map(({ text }) => text)).toEqual(['5m', '15m']);
    expect(run.data[0]).toMatchObject({ interval: '1m', bars: 2_340 });
  });

  test.each(['30s', '90s', '2d'])('%s is an error for bars of a minute', (interval) => {
    expect(plan({ data: { interval }, history: noHistory }, [spy])).toMatchObject({
      ok: false,
      findings: [
        {
          setting: 'data.interval',
          message: `data.interval has ${interval}; it must be 1m, the interval of "SPY", or a multiple of it up to 1d`,
          right: null,
        },
      ],
    });
  });
});

describe('data.streams', () => {
  const five = dataset('five', ['GOOG', 'SPY'], { interval: '5m' });
  const bars = (name: string, symbol: string, interval: string | null = null) => ({
    dataset: name,
    symbol,
    kind: 'bars' as const,
    interval,
  });

  test('plays bars of several datasets and intervals; the shortest are the base', () => {
    const { plan: run, warnings } = planned(
      { data: { streams: [bars('five', 'GOOG'), bars('SPY', 'SPY'), bars('pair', 'SHY', '15m')] }, history: noHistory },
      [spy, pair, five],
    );
    expect(run.symbols).toEqual([
      { name: 'GOOG', dataset: 'id of five', symbol: 0, intervalMs: 300_000, storedMs: 300_000 },
      { name: 'SPY', dataset: 'id of SPY', symbol: 0, ...minutes },
      { name: 'SHY', dataset: 'id of pair', symbol: 2, intervalMs: 900_000, storedMs: 60_000 },
    ]);
    expect(run.intervals.map(({ text }) => text)).toEqual(['1m', '5m', '15m']);
    expect(run.data.map(({ dataset, symbol, interval }) => [dataset, symbol, interval])).toEqual([
      ['five', 'GOOG', '5m'],
      ['SPY', 'SPY', '1m'],
      ['pair', 'SHY', '1m'],
    ]);
    expect(warnings).toEqual([]);
  });

  test('tells symbols of one name in two datasets apart by the dataset', () => {
    const { plan: run } = planned(
      { data: { streams: [bars('SPY', 'SPY'), bars('five', 'SPY')], fillFrom: ['pair'] }, history: noHistory },
      [spy, pair, five],
    );
    expect(run.symbols.map(({ name }) => name)).toEqual(['SPY (SPY)', 'SPY (five)']);
    expect(run.fillSources[0]!.symbols.map((symbol) => symbol?.name)).toEqual(['SPY', 'SPY']);
  });

  test.each([
    ['a dataset that is not here', [bars('gone', 'SPY')], /data\.streams has "gone", which is not here/],
    ['a symbol that it has not', [bars('SPY', 'QQQ')], /data\.streams has QQQ, which "SPY" has not; it has SPY/],
    ['the same bars twice', [bars('SPY', 'SPY'), bars('SPY', 'SPY', '5m')], /SPY of "SPY" twice; list it once/],
    ['an interval that does not fit', [bars('five', 'SPY', '7m')], /data\.streams has 7m; it must be 5m/],
    [
      'bars that do not lie in whole slots of the base',
      [bars('SPY', 'SPY', '7m'), bars('five', 'GOOG')],
      /data\.streams has SPY with bars of 7m; they must be a multiple of 5m, the shortest bars that are played, or 1d/,
    ],
    ['ticks of bars', [{ ...bars('SPY', 'SPY'), kind: 'ticks' as const }], /ticks of "SPY", which has bars/],
    ['quotes alone', [{ ...bars('SPY', 'SPY'), kind: 'quotes' as const }], /quotes alone/],
  ])('refuses %s', (_, streams, message) => {
    const result = plan({ data: { streams }, history: noHistory }, [spy, five]);
    expect(result.ok ? [] : result.findings.map((finding) => finding.message)).toContainEqual(
      expect.stringMatching(message),
    );
  });
});

describe('bars of a day', () => {
  const at4 = (date: string): ReturnType<typeof at> => at(`${date}T04:00:00Z`);
  const days = dataset('days', [], {
    interval: '1d',
    symbols: [{ name: 'GOOG', bars: 700, from: at4('2010-06-01'), to: at4('2013-04-30') }],
  });

  test('roll by calendar years, clipped to what is played', () => {
    const { plan: run, warnings } = planned({ data: { from: '2011-03-01' } }, [days]);
    expect(run.sessions.map(({ date, days: slots }) => [date, slots!.length, slots!.at(-1)!.date])).toEqual([
      ['2011-02-22', 5, '2011-02-28'],
      ['2011-03-01', 213, '2011-12-30'],
      ['2012-01-03', 250, '2012-12-31'],
      ['2013-01-02', 82, '2013-04-30'],
    ]);
    expect(run.firstPlayed).toBe(1);
    expect(run.intervals).toEqual([{ text: '1d', ms: 86_400_000, historySessions: 1 }]);
    expect(warnings.map(({ value, severity }) => [value, severity])).toEqual(
      ['5m', '15m', '1m', '5m'].map((text) => [text, 'warning']),
    );
    const first = run.sessions[1];
    expect([first!.open, first!.close]).toEqual([at('2011-03-01T14:30:00Z'), at('2011-12-30T21:00:00Z')]);
  });

  test('keep as many units of history as hold the sessions asked for', () => {
    const { plan: run } = planned(
      { data: { from: '2011-03-01' }, history: { windows: [{ interval: '1d', sessions: 100 }] } },
      [days],
    );
    expect(run.sessions.slice(0, 3).map(({ date, days: slots }) => [date, slots!.length])).toEqual([
      ['2010-10-06', 61],
      ['2011-01-03', 39],
      ['2011-03-01', 213],
    ]);
    expect([run.firstPlayed, run.intervals[0]!.historySessions]).toEqual([2, 2]);
  });

  test('derive several days, and nothing else', () => {
    const derived = (text: string) =>
      plan({ upkeep: { derivedIntervals: [text] }, history: noHistory }, [days], ['upkeep.derivedIntervals']);
    expect(derived('5d')).toMatchObject({ ok: true, plan: { intervals: [{ text: '1d' }, { text: '5d' }] } });
    for (const text of ['5m', '36h']) expect(derived(text)).toMatchObject({ ok: false });
  });

  test('stamped at midnight in UTC lie on the same dates', () => {
    const utc = dataset('utc', [], {
      interval: '1d',
      symbols: [{ name: 'GOOG', bars: 3, from: at('2013-10-07T00:00:00Z'), to: at('2013-10-09T00:00:00Z') }],
    });
    const [unit] = planned({ history: noHistory }, [utc]).plan.sessions;
    expect(unit!.days!.map(({ date }) => date)).toEqual(['2013-10-07', '2013-10-08', '2013-10-09']);
  });

  test('can be made of minutes', () => {
    const { plan: run } = planned({ data: { interval: '1d' }, history: noHistory }, [spy]);
    expect(run.sessions.map(({ days: slots }) => slots!.length)).toEqual([6]);
    expect(run.symbols[0]).toMatchObject({ intervalMs: 86_400_000, storedMs: 60_000 });
  });
});

test('a run that needs too much memory is an error that says how much', () => {
  const many = dataset(
    'many',
    Array.from({ length: 10_000 }, (_, i) => `S${i}`),
  );
  const result = plan({}, [many]);
  expect(result.ok ? [] : result.findings).toEqual([
    {
      setting: 'history.trailingDays',
      value: 5,
      message: expect.stringMatching(
        /^The run would need \d{4} MB of memory; it may take 1000 MB\. Choose fewer symbols \(data\.symbols\) or trailing days \(history\.trailingDays\)\.$/,
      ) as string,
      severity: 'error',
    },
  ]);
});

test('a plan can be sent to a worker', () => {
  const { plan: run } = planned({}, [spy]);
  expect(structuredClone(run)).toEqual(run);
});
