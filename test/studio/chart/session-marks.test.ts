import { describe, expect, test } from 'vitest';
import { defaultConfig } from '../../../src/config/schema.ts';
import type { RunPlan } from '../../../src/session/plan.ts';
import { readJump } from '../../../src/studio/chart/jump.ts';
import { activeHours, sessionMarks } from '../../../src/studio/chart/session-marks.ts';
import { SlotAxis } from '../../../src/studio/chart/slot-axis.ts';
import { sessionCalendar } from '../../../src/time/session-calendar.ts';
import { unitsOf } from '../../../src/session/plan-units.ts';
import { calendar } from '../../../src/time/calendar.ts';
import { day, hour, minute } from '../../../src/time/instant.ts';

function planFor(calendarName: string, hours: 'regular' | 'extended' | 'around', from: string, to: string): RunPlan {
  const config = { ...defaultConfig(), session: { ...defaultConfig().session, calendar: calendarName, hours } };
  return { config, sessions: sessionCalendar(config.session).sessions(from, to) } as unknown as RunPlan;
}

describe('the marks of sessions', () => {
  test.each(['around', 'extended'] as const)('hours before and after are shaded, %s, early closes too', (hours) => {
    const plan = planFor('XNYS', hours, '2024-11-27', '2024-11-29');
    const axis = new SlotAxis(plan.sessions, minute);
    const { extended, opens } = sessionMarks(axis, { from: 0, to: 1e9 }, activeHours(plan));
    // 04:00 to 20:00, and on the day after Thanksgiving 04:00 to 17:00 about 09:30 to 13:00.
    expect(opens).toEqual([0, 960]);
    expect(extended).toEqual([
      { from: 0, to: 330 },
      { from: 720, to: 960 },
      { from: 960, to: 1290 },
      { from: 1500, to: 1740 },
    ]);
  });

  test('regular hours have none, and only what is in sight is marked', () => {
    const plan = planFor('XNYS', 'regular', '2024-11-25', '2024-11-27');
    const axis = new SlotAxis(plan.sessions, minute);
    expect(sessionMarks(axis, { from: 300, to: 500 }, activeHours(plan))).toEqual({
      opens: [390],
      breaks: [],
      extended: [],
    });
  });

  test('a lunch break is where the afternoon begins', () => {
    const plan = planFor('XTKS', 'regular', '2024-10-01', '2024-10-02');
    const axis = new SlotAxis(plan.sessions, 15 * minute);
    expect(sessionMarks(axis, { from: 0, to: 100 }, activeHours(plan)).breaks).toEqual([10, 30]);
  });

  test('bars of a day have no line at each of them', () => {
    const plan = planFor('XNYS', 'regular', '2024-11-25', '2024-11-27');
    expect(sessionMarks(new SlotAxis(plan.sessions, day), { from: 0, to: 3 }, activeHours(plan)).opens).toEqual([]);
  });
});

describe('times and positions', () => {
  const { sessions } = planFor('XTKS', 'regular', '2024-10-01', '2024-10-04');
  const axis = new SlotAxis(sessions, 5 * minute);

  test('are each other, everywhere on the axis', () => {
    for (let position = 0; position <= axis.offsets[sessions.length]!; position += 0.25)
      expect(axis.positionAt(axis.timeAt(position))).toBeCloseTo(position, 6);
  });

  test('closed time lies between the slots around it', () => {
    const lunch = sessions[0]!.breaks[0]!;
    expect(axis.positionAt(lunch.start + 10 * minute)).toBe(30);
    expect(axis.positionAt(sessions[0]!.close + 3 * hour)).toBe(axis.offsets[1]);
    expect(axis.positionAt(0)).toBe(0);
    expect(axis.positionAt(8.64e15)).toBe(axis.offsets[sessions.length]);
  });
});

describe('a date leads in the chart', () => {
  const plan = planFor('XNYS', 'around', '2024-11-25', '2024-12-02');

  test('to the regular open of its session, or of the next one', () => {
    const open = (date: string): unknown => {
      const jump = readJump(plan, date);
      return jump.ok ? [new Date(jump.at).toISOString(), jump.date] : jump.message;
    };
    expect(open('2024-11-27')).toEqual(['2024-11-27T14:30:00.000Z', '2024-11-27']);
    expect(open('2024-11-28')).toEqual(['2024-11-29T14:30:00.000Z', '2024-11-29']);
    expect(open('2020-01-01')).toEqual(['2024-11-25T14:30:00.000Z', '2024-11-25']);
  });

  test('and nowhere after the run, or without a date', () => {
    expect(readJump(plan, '2024-12-03')).toEqual({
      ok: false,
      message: 'The run ends before: its last session is Mon 2 Dec 2024.',
    });
    expect(readJump(plan, '')).toMatchObject({ ok: false });
  });

  test('to its bar where bars are of a day', () => {
    const days = calendar('XNYS').sessions('2012-11-01', '2013-12-31');
    const units = { ...plan, ...unitsOf(days, 0) } as RunPlan;
    expect(readJump(units, '2013-07-04')).toMatchObject({ ok: true, date: '2013-07-05' });
  });
});
