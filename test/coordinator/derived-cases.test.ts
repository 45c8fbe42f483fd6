import { describe, expect, test } from 'vitest';
import { Provenance } from '../../src/bars/provenance.ts';
import type { Config } from '../../src/config/schema.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { Verb } from '../../src/memory/commands.ts';
import { View, type Bar } from '../../src/memory/view.ts';
import { timelineOf } from '../../src/session/run-timeline.ts';
import type { Session } from '../../src/time/session.ts';
import { calendar } from '../../src/time/calendar.ts';
import { customCalendar } from '../../src/time/custom-calendar.ts';
import { minute } from '../../src/time/instant.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, storeDataset } from '../support/synthetic.ts';
import { walkOver } from '../support/walk.ts';

/** Derived bars of a session whose every minute is there, with all minutes beside them. */
async function derive(
  market: Session,
  interval: string,
  settings: Partial<Config['session']>,
  has: (start: number) => boolean = () => true,
): Promise<{ derived: Bar[]; minutes: Bar[] }> {
  const store = new MemoryStore();
  await storeDataset(store, 'feed', { A: walkOver([market], 1, has) });
  const plan = await planOf(store, {
    data: { from: market.date, to: market.date },
    session: settings,
    upkeep: { derivedIntervals: [interval] },
    history: { enabled: false },
    replay: { speed: 'max' },
  });
  const run = await DrivenRun.open(plan, store);
  await run.command(Verb.stepSession);
  const view = new View(run.block, timelineOf(plan));
  return { derived: view.lastBars(0, 2_000, 1), minutes: view.lastBars(0, 2_000) };
}

/** `HH:MM` of the starts of bars in a zone. */
function times(bars: readonly Bar[], timeZone: string): string[] {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return bars.map(({ start }) => format.format(start));
}

/** Each derived bar is made of the minutes up to the next one, and of nothing else. */
function holdsItsMinutes({ derived, minutes }: { derived: Bar[]; minutes: Bar[] }): void {
  derived.forEach((bar, i) => {
    const parts = minutes.filter(({ start }) => start >= bar.start && start < (derived[i + 1]?.start ?? Infinity));
    expect(bar).toMatchObject({
      open: parts[0]!.open,
      high: Math.max(...parts.map(({ high }) => high)),
      low: Math.min(...parts.map(({ low }) => low)),
      close: parts.at(-1)!.close,
      volume: parts.reduce((sum, { volume }) => sum + volume, 0),
    });
  });
}

const only = <T>(all: readonly T[]): T => all[0]!;

describe('derived bars are cut from the session, not from the clock', () => {
  test('seven minutes from an open at 18:00 start at 18:00 and 18:07, on past midnight', async () => {
    const market = only(calendar('CMES').sessions('2024-06-12', '2024-06-12'));
    const bars = await derive(market, '7m', { calendar: 'CMES' });
    const starts = times(bars.derived, 'America/New_York');
    expect(starts.slice(0, 3)).toEqual(['18:00', '18:07', '18:14']);
    expect(starts[52]).toBe('00:04');
    expect(bars.derived).toHaveLength(Math.ceil((market.close - market.open) / (7 * minute)));
    holdsItsMinutes(bars);
    expect(bars.derived.every(({ provenance }) => provenance === Provenance.whole)).toBe(true);
  });

  test('a half day ends with a bar of what is left of it, and it is whole', async () => {
    const market = only(calendar('XNYS').sessions('2024-11-29', '2024-11-29'));
    const bars = await derive(market, '1h', {});
    expect(times(bars.derived, 'America/New_York')).toEqual(['09:30', '10:30', '11:30', '12:30']);
    expect(bars.derived.at(-1)!.provenance).toBe(Provenance.whole);
    expect(bars.minutes).toHaveLength(210);
    holdsItsMinutes(bars);
  });

  test('a lunch break cuts the bar before it, and the next one starts with the afternoon', async () => {
    const market = only(calendar('XTKS').sessions('2024-06-12', '2024-06-12'));
    const bars = await derive(market, '1h', { calendar: 'XTKS' }, (start) =>
      market.breaks.every((lunch) => start < lunch.start || start >= lunch.end),
    );
    expect(times(bars.derived, 'Asia/Tokyo')).toEqual(['09:00', '10:00', '11:00', '12:30', '13:30', '14:30']);
    holdsItsMinutes(bars);
    expect(bars.derived.every(({ provenance }) => provenance === Provenance.whole)).toBe(true);
  });

  const custom = {
    timeZone: 'America/New_York',
    open: '00:00',
    close: '24:00',
    weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
    breaks: [],
    holidays: [],
    earlyCloses: {},
    specialSessions: {},
  } as const;

  test.each([
    ['23 hours', '2024-03-10', 23, ['00:00', '01:00', '03:00', '04:00']],
    ['25 hours', '2024-11-03', 25, ['00:00', '01:00', '01:00', '02:00']],
  ])('a day of %s has as many bars of an hour, none doubled and none lost', async (_, date, hours, first) => {
    const market = only(customCalendar(custom).sessions(date, date));
    expect(market.close - market.open).toBe(hours * 60 * minute);
    const bars = await derive(market, '1h', { custom });
    expect(bars.derived).toHaveLength(hours);
    expect(times(bars.derived, 'America/New_York').slice(0, 4)).toEqual(first);
    expect(bars.minutes).toHaveLength(hours * 60);
    holdsItsMinutes(bars);
  });

  test('base bars that are missing make it incomplete; without any there is none', async () => {
    const market = only(calendar('XNYS').sessions('2024-11-29', '2024-11-29'));
    const slotOf = (start: number): number => (start - market.open) / minute;
    const bars = await derive(
      market,
      '15m',
      {},
      (start) => slotOf(start) !== 20 && (slotOf(start) < 30 || slotOf(start) > 44),
    );
    expect(times(bars.derived, 'America/New_York').slice(0, 3)).toEqual(['09:30', '09:45', '10:15']);
    expect(bars.derived.map(({ provenance }) => provenance).slice(0, 3)).toEqual([
      Provenance.whole,
      Provenance.incomplete,
      Provenance.whole,
    ]);
    holdsItsMinutes(bars);
  });
});
