import { describe, expect, test } from 'vitest';
import type { CustomCalendar } from '../../src/time/custom-calendar.ts';
import { customCalendar, customFaults } from '../../src/time/custom-calendar.ts';
import type { Session } from '../../src/time/session.ts';
import { zone } from '../../src/time/zone.ts';

const plain: CustomCalendar = {
  timeZone: 'Europe/Berlin',
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
  open: '09:00',
  close: '17:30',
  breaks: [],
  holidays: [],
  earlyCloses: {},
  specialSessions: {},
};
const overnight: CustomCalendar = { ...plain, timeZone: 'America/Chicago', open: '17:00', close: '16:00' };

/** `date: open-close` on the market's wall clock, with breaks in brackets and `early` where it is. */
function listed(custom: CustomCalendar, from: string, to: string): string[] {
  const { wallText } = zone(custom.timeZone);
  const wall = (date: string, at: Session['open']): string => wallText(at).slice(0, 16).replace(`${date} `, '');
  return customCalendar(custom)
    .sessions(from, to)
    .map(({ date, open, close, breaks, early }) => {
      const pauses = breaks.map(({ start, end }) => ` (${wall(date, start)}-${wall(date, end)})`).join('');
      return `${date}: ${wall(date, open)}-${wall(date, close)}${pauses}${early ? ' early' : ''}`;
    });
}

function faults(changes: Partial<CustomCalendar>, base = plain): string[] {
  return customFaults({ ...base, ...changes }).map(({ place, value, must }) => `${place} ${value}: ${must}`);
}

test('a session whose close the clocks skip ends where the next one opens, and a day that they skip has none', () => {
  const nights: CustomCalendar = { ...plain, timeZone: 'America/New_York', open: '03:00', close: '02:30' };
  expect(listed({ ...nights, weekdays: ['Sun', 'Mon'] }, '2024-03-10', '2024-03-11')).toEqual([
    '2024-03-10: 2024-03-09 03:00-03:00',
    '2024-03-11: 2024-03-10 03:00-02:30',
  ]);
  // Samoa went over the date line: to Thursday the 29th comes Saturday.
  const samoa: CustomCalendar = { ...plain, timeZone: 'Pacific/Apia', weekdays: ['Thu', 'Fri', 'Sat'] };
  expect(listed(samoa, '2011-12-29', '2011-12-31').map((each) => each.slice(0, 10))).toEqual([
    '2011-12-29',
    '2011-12-31',
  ]);
});

test('hours that the clocks skip leave neither breaks nor sessions', () => {
  const chicago: CustomCalendar = { ...plain, timeZone: 'America/Chicago', weekdays: ['Sun', 'Mon'] };
  const breaks = [
    { from: '01:30', to: '02:30' },
    { from: '02:45', to: '03:00' },
    { from: '04:00', to: '05:00' },
  ];
  // 02:00 becomes 03:00 on the 10th.
  expect(listed({ ...chicago, open: '00:00', close: '06:00', breaks }, '2024-03-10', '2024-03-11')).toEqual([
    '2024-03-10: 00:00-06:00 (01:30-03:30) (04:00-05:00)',
    '2024-03-11: 00:00-06:00 (01:30-02:30) (02:45-03:00) (04:00-05:00)',
  ]);
  expect(listed({ ...chicago, open: '02:30', close: '03:00' }, '2024-03-10', '2024-03-11')).toEqual([
    '2024-03-11: 02:30-03:00',
  ]);
});

test('weekdays, holidays, early closes and breaks', () => {
  const custom: CustomCalendar = {
    ...plain,
    weekdays: ['Mon', 'Tue', 'Wed', 'Sat'],
    breaks: [
      { from: '12:00', to: '13:00' },
      { from: '15:00', to: '15:15' },
    ],
    holidays: ['2024-03-26'],
    earlyCloses: { '2024-03-27': '14:00' },
  };
  expect(customFaults(custom)).toEqual([]);
  expect(listed(custom, '2024-03-25', '2024-04-01')).toEqual([
    '2024-03-25: 09:00-17:30 (12:00-13:00) (15:00-15:15)',
    '2024-03-27: 09:00-14:00 (12:00-13:00) early',
    '2024-03-30: 09:00-17:30 (12:00-13:00) (15:00-15:15)',
    '2024-04-01: 09:00-17:30 (12:00-13:00) (15:00-15:15)',
  ]);
});

test('an early close within a break, or at its end, is the start of the break', () => {
  const custom: CustomCalendar = {
    ...plain,
    breaks: [{ from: '12:00', to: '13:00' }],
    earlyCloses: { '2024-03-26': '12:30', '2024-03-27': '13:00', '2024-03-28': '12:00' },
  };
  expect(listed(custom, '2024-03-26', '2024-03-28')).toEqual([
    '2024-03-26: 09:00-12:00 early',
    '2024-03-27: 09:00-12:00 early',
    '2024-03-28: 09:00-12:00 early',
  ]);
});

test('a close that is not after the open is on the day after it, which dates the session', () => {
  const custom: CustomCalendar = {
    ...overnight,
    breaks: [
      { from: '22:00', to: '01:00' },
      { from: '15:15', to: '15:30' },
    ],
    earlyCloses: { '2024-07-04': '12:00' },
  };
  expect(customFaults(custom)).toEqual([]);
  expect(listed(custom, '2024-07-03', '2024-07-08')).toEqual([
    '2024-07-03: 2024-07-02 17:00-16:00 (2024-07-02 22:00-01:00) (15:15-15:30)',
    '2024-07-04: 2024-07-03 17:00-12:00 (2024-07-03 22:00-01:00) early',
    '2024-07-05: 2024-07-04 17:00-16:00 (2024-07-04 22:00-01:00) (15:15-15:30)',
    '2024-07-08: 2024-07-07 17:00-16:00 (2024-07-07 22:00-01:00) (15:15-15:30)',
  ]);
  const [monday] = customCalendar(custom).sessions('2024-07-08', '2024-07-08');
  expect([monday!.dayStart, monday!.dayEnd]).toEqual(
    ['2024-07-07T22:00Z', '2024-07-08T22:00Z'].map((t) => Date.parse(t)),
  );
});

test('the whole day: to 24:00 it is the date’s own, to the time of the open it ends on the date', () => {
  expect(listed({ ...plain, open: '00:00', close: '24:00' }, '2024-07-08', '2024-07-08')).toEqual([
    '2024-07-08: 00:00-2024-07-09 00:00',
  ]);
  expect(listed({ ...plain, open: '18:00', close: '18:00' }, '2024-07-08', '2024-07-08')).toEqual([
    '2024-07-08: 2024-07-07 18:00-18:00',
  ]);
});

test('special sessions are on other days, or have other hours', () => {
  const custom: CustomCalendar = {
    ...plain,
    holidays: ['2024-11-01'],
    breaks: [{ from: '12:00', to: '13:00' }],
    specialSessions: {
      '2024-11-01': { open: '18:00', close: '19:00' },
      '2024-11-02': { open: '10:00', close: '24:00' },
      '2024-11-04': { open: '10:00', close: '12:00' },
    },
  };
  expect(customFaults(custom)).toEqual([]);
  expect(listed(custom, '2024-10-31', '2024-11-05')).toEqual([
    '2024-10-31: 09:00-17:30 (12:00-13:00)',
    '2024-11-01: 18:00-19:00',
    '2024-11-02: 10:00-2024-11-03 00:00',
    '2024-11-04: 10:00-12:00 early',
    '2024-11-05: 09:00-17:30 (12:00-13:00)',
  ]);
  const night: CustomCalendar = {
    ...overnight,
    specialSessions: {
      '2024-11-02': { open: '20:00', close: '02:00' },
      '2024-11-05': { open: '17:00', close: '17:00' },
    },
  };
  expect(customFaults(night)).toEqual([]);
  expect(listed(night, '2024-11-02', '2024-11-06')).toEqual([
    '2024-11-02: 2024-11-01 20:00-02:00 early',
    '2024-11-04: 2024-11-03 17:00-16:00',
    '2024-11-05: 2024-11-04 17:00-17:00',
    '2024-11-06: 2024-11-05 17:00-16:00',
  ]);
});

describe('what does not fit together is named', () => {
  const within = 'between the open 09:00 and the close 17:30';
  test.each<[string, Partial<CustomCalendar>, string]>([
    ['a break before the open', { breaks: [{ from: '08:00', to: '10:00' }] }, `breaks[0].from 08:00: ${within}`],
    ['a break at the open', { breaks: [{ from: '09:00', to: '10:00' }] }, `breaks[0].from 09:00: ${within}`],
    [
      'a break to the close',
      { breaks: [{ from: '17:00', to: '17:30' }] },
      'breaks[0].to 17:30: after its from 17:00 and before the close 17:30',
    ],
    [
      'a break that ends before it begins',
      { breaks: [{ from: '12:00', to: '11:00' }] },
      'breaks[0].to 11:00: after its from 12:00 and before the close 17:30',
    ],
    [
      'breaks that overlap',
      {
        breaks: [
          { from: '12:00', to: '13:00' },
          { from: '12:30', to: '14:00' },
        ],
      },
      `breaks[1].from 12:30: ${within}, after the break before`,
    ],
    [
      'an early close at the close',
      { earlyCloses: { '2024-12-24': '17:30' } },
      `earlyCloses.2024-12-24 17:30: ${within}`,
    ],
    [
      'an early close on a Saturday',
      { earlyCloses: { '2024-12-28': '13:00' } },
      'earlyCloses.2024-12-28 13:00: left out, for there is no session on that date',
    ],
    [
      'an early close on a holiday',
      { holidays: ['2024-12-24'], earlyCloses: { '2024-12-24': '13:00' } },
      'earlyCloses.2024-12-24 13:00: left out, for there is no session on that date',
    ],
    [
      'an early close of a special session',
      { earlyCloses: { '2024-12-24': '13:00' }, specialSessions: { '2024-12-24': { open: '10:00', close: '14:00' } } },
      'earlyCloses.2024-12-24 13:00: left out, for specialSessions has that date',
    ],
    [
      'a special session over midnight',
      { specialSessions: { '2024-12-24': { open: '20:00', close: '02:00' } } },
      'specialSessions.2024-12-24 20:00 to 02:00: on one day, open before close',
    ],
  ])('%s', (_, changes, expected) => {
    expect(faults(changes)).toEqual([expected]);
  });

  test('over midnight', () => {
    expect(faults({ earlyCloses: { '2024-12-24': '16:30' } }, overnight)).toEqual([
      'earlyCloses.2024-12-24 16:30: between the open 17:00 and the close 16:00',
    ]);
    expect(faults({ specialSessions: { '2024-12-24': { open: '10:00', close: '09:00' } } }, overnight)).toEqual([
      'specialSessions.2024-12-24 10:00 to 09:00: within the 24 hours from 17:00 of the day before',
    ]);
  });
});
