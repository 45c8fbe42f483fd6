import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { barsOf, csv, decided, file, imported, startsOf } from './files.ts';

const start = async (time: string, zone?: string) =>
  startsOf(await imported([file('SPY.csv', csv(`${time},1,1,1,1,1`))], { zone }))[0];

it.each([
  ['2013-10-07T13:30:00Z', '2013-10-07T13:30:00Z'],
  ['2013-10-07t13:30:00z', '2013-10-07T13:30:00Z'],
  ['2013-10-07T09:30:00-04:00', '2013-10-07T13:30:00Z'],
  ['2013-10-07 09:30:00-0400', '2013-10-07T13:30:00Z'],
  ['2013-10-07 19:00:00 +05:30', '2013-10-07T13:30:00Z'],
  ['2013-10-07 09:30-04', '2013-10-07T13:30:00Z'],
  ['2013-10-07 13:30:00 UTC', '2013-10-07T13:30:00Z'],
  ['2013-10-07 13:30 GMT', '2013-10-07T13:30:00Z'],
  ['2013-10-07T13:30:00.250Z', '2013-10-07T13:30:00.250Z'],
  ['2013-10-07 09:30:00', '2013-10-07T13:30:00Z'],
  ['2013-10-07 09:30', '2013-10-07T13:30:00Z'],
  ['2013/10/07 09:30:00.5', '2013-10-07T13:30:00.500Z'],
  ['2013.10.07T09:30', '2013-10-07T13:30:00Z'],
  ['2013-10-07', '2013-10-07T04:00:00Z'],
  ['2013-12-09 09:30', '2013-12-09T14:30:00Z'],
  ['1381152600', '2013-10-07T13:30:00Z'],
  ['1381152600.5', '2013-10-07T13:30:00.500Z'],
  ['1381152600123', '2013-10-07T13:30:00.123Z'],
  ['1381152600123456', '2013-10-07T13:30:00.123Z'],
  ['1381152600123456789', '2013-10-07T13:30:00.123Z'],
  ['-1325583000', '1927-12-30T14:30:00Z'],
  ['-1325583000000.5', '1927-12-30T14:29:59.999Z'],
])('reads %s', async (text, expected) => expect(await start(text)).toBe(expected));

it.each([
  ['2013-10-07T24:00:00Z', '2013-10-08T00:00:00Z'],
  ['2013-10-07T24:00:00.000-04:00', '2013-10-08T04:00:00Z'],
  ['2013-10-07 24:00', '2013-10-08T04:00:00Z'],
  ['20131007 240000', '2013-10-08T04:00:00Z'],
  ['20131007240000', '2013-10-08T04:00:00Z'],
  ['10/31/2013 24:00', '2013-11-01T04:00:00Z'],
  ['2013-12-31 24:00', '2014-01-01T05:00:00Z'],
])('reads %s as the midnight at the end of its day (ISO 8601-1:2004, 4.2.3)', async (text, expected) =>
  expect(await start(text)).toBe(expected),
);

it('reads 24:00 by the clock of the day that it begins, and no other minute of that hour', async () => {
  // Its clocks went from 00:00 to 01:00 on 2013-03-31.
  expect(await start('2013-03-30 24:00', 'Asia/Beirut')).toBe('2013-03-30T22:00:00Z');
  const times = ['2013-10-07 23:59', '2013-10-07 24:00', '2013-10-07 24:01', '2013-10-08 00:01', '2013-10-08 00:02'];
  for (const written of [times, times.map((time) => time.replace(/[-:]/g, ''))]) {
    const choices = { zone: 'UTC', stamp: 'start' } as const;
    const result = await imported([file('A.csv', csv(...written.map((time) => `${time},1,1,1,1,1`)))], choices);
    expect(startsOf(result).map((start) => start.slice(5, 16))).toEqual([
      '10-07T23:59',
      '10-08T00:00',
      '10-08T00:01',
      '10-08T00:02',
    ]);
    expect(result.audits[0]!.reasons).toEqual({ 'time cannot be read': 1 });
  }
});

it('reads 24:00 in a column of its own', async () => {
  const text = 'Date,Time,o,h,l,c\n20131007,235900,1,2,1,2\n20131007,240000,1,2,1,2\n20131008,000100,1,2,1,2\n';
  const result = await imported([file('A.csv', text)], { zone: 'UTC' });
  // No bar starts at 24:00: it is their end that is told.
  expect(decided(result.audits[0]!, 'stamp')).toBe('end');
  expect(startsOf(result)).toEqual(['2013-10-07T23:58:00Z', '2013-10-07T23:59:00Z', '2013-10-08T00:00:00Z']);
});

it.each(['24:00', '240000', '24:00:00-04:00'])('reads days that end at %s as those days', async (clock) => {
  const days = ['2013-10-07', '2013-10-08', '2013-10-09', '2013-10-10', '2013-10-11', '2013-10-14'];
  const compact = !clock.includes(':');
  const lines = days.map((day) => `${compact ? day.replaceAll('-', '') : day} ${clock},1,1,1,1,1`);
  const result = await imported([file('SPY.csv', csv(...lines))]);
  expect(result.interval).toBe('1d');
  expect(startsOf(result)).toEqual(days.map((day) => `${day}T04:00:00Z`));
});

it('reads wall times in the zone that was chosen', async () => {
  expect(await start('2013-10-07 09:30', 'Asia/Tokyo')).toBe('2013-10-07T00:30:00Z');
  expect(await start('2013-10-07 09:30', 'UTC')).toBe('2013-10-07T09:30:00Z');
});

it('reads a day and a time of day in two columns, in any order', async () => {
  const text = 'Time;Open;High;Low;Close;Date;Volume\n09:30:00;1;2;1;2;2013-10-07;5\n09:31;1;2;1;2;2013-10-07;5\n';
  expect(startsOf(await imported([file('A.csv', text)]))).toEqual(['2013-10-07T13:30:00Z', '2013-10-07T13:31:00Z']);
  const quoted = 'Date,Time,o,h,l,c\n"2013-10-07","09:30:00+02:00",1,2,1,2\n2013-10-07,07:31:00Z,1,2,1,2\n';
  expect(startsOf(await imported([file('A.csv', quoted)]))).toEqual(['2013-10-07T07:30:00Z', '2013-10-07T07:31:00Z']);
  const last = 'o,h,l,c,date,time\n1,2,1,2,2013-10-07,09:30:00\n1,2,1,2,2013-10-07,09:31:00\r\n';
  expect(startsOf(await imported([file('A.csv', last)]))).toEqual(['2013-10-07T13:30:00Z', '2013-10-07T13:31:00Z']);
});

it('keeps every millisecond of nanoseconds, which a double cannot hold', async () => {
  const lines = [1, 2, 3].map((i) => `13811526${i}0123999999,1,1,1,1,1`);
  const result = await imported([file('A.csv', csv(...lines))]);
  expect(startsOf(result)).toEqual([
    '2013-10-07T13:30:10.123Z',
    '2013-10-07T13:30:20.123Z',
    '2013-10-07T13:30:30.123Z',
  ]);
  expect(decided(result.audits[0]!, 'fraction')).toBe('3 records');
  expect(decided(result.audits[0]!, 'time unit')).toBe('Unix nanoseconds');
});

it.each([
  '2013-13-07 09:30',
  '2013-02-29 09:30',
  '2013-10-07 24:01',
  '2013-10-07 09:60',
  '2013-10-07 09:30:61',
  '2013-10-07 09:30:00+19:00',
  '2013-10-07X09:30',
  '2013-10-07T',
  '2013-10/07 09:30',
  '2013-10-07 09:30:00 XYZ',
  '10/07/2013 09:30',
  '20131007',
  'soon',
  'x'.repeat(100),
])('refuses %s as a time', async (text) => {
  const result = await imported([
    file('A.csv', csv('2013-10-07 09:30,1,1,1,1,1', '2013-10-07 09:31,1,1,1,1,1', `${text},1,1,1,1,1`)),
  ]);
  expect(result.audits[0]!.rejections).toEqual([
    { line: 4, reason: 'time cannot be read', text: `${text},1,1,1,1,1`.slice(0, 200) },
  ]);
});

it('reads times with and without an offset side by side, and refuses years that no market had', async () => {
  const lines = ['2013-10-07T13:30Z', '2013-10-07T09:31', '1813-10-07T13:32Z', '2200-01-01T00:00Z'];
  const result = await imported([file('A.csv', csv(...lines.map((time) => `${time},1,1,1,1,1`)))]);
  expect(startsOf(result)).toEqual(['2013-10-07T13:30:00Z', '2013-10-07T13:31:00Z']);
  expect(result.audits[0]!.reasons).toEqual({ 'time is before 1900 or after 2199': 2 });
  expect(decided(result.audits[0]!, 'zone')).toBe('America/New_York');
});

it('refuses a time without an offset that comes after the part that was looked at', async () => {
  const minutes = Array.from(
    { length: 1_100 },
    (_, i) => `${new Date(Date.UTC(2013, 9, 7) + i * 60_000).toISOString()},1,1,1,1,1`,
  );
  const result = await imported([file('A.csv', csv(...minutes, '2013-10-08 09:30,1,1,1,1,1'))]);
  expect(result.audits[0]!.reasons).toEqual({ 'time has no offset, unlike the first ones': 1 });
});

it('moves wall times of a skipped hour on, takes the first of a repeated hour, and says so', async () => {
  const wall = [
    '2013-03-10 01:59',
    '2013-03-10 02:30',
    '2013-03-10 03:00',
    '2013-11-03 00:59',
    '2013-11-03 01:30',
    '2013-11-03 02:00',
  ];
  const result = await imported([file('A.csv', csv(...wall.map((time) => `${time},1,1,1,1,1`)))]);
  expect(startsOf(result)).toEqual([
    ...['2013-03-10T06:59:00Z', '2013-03-10T07:00:00Z', '2013-03-10T07:30:00Z'],
    ...['2013-11-03T04:59:00Z', '2013-11-03T05:30:00Z', '2013-11-03T07:00:00Z'],
  ]);
  expect(decided(result.audits[0]!, 'skipped hour')).toBe('1 records');
  expect(decided(result.audits[0]!, 'repeated hour')).toBe('1 records');
});

it('refuses a zone that nobody knows', async () => {
  await expect(start('2013-10-07 09:30', 'Mars/Base')).rejects.toThrow(/Mars\/Base/);
});

it('does not depend on the zone of the machine', async () => {
  const days = ['2013-03-10', '2013-03-31', '2013-10-27', '2013-11-03'];
  const lines = days.flatMap((day) => ['00:30', '01:30', '02:30', '03:30'].map((time) => `${day} ${time},1,1,1,1,1`));
  const program = `
    const { file, imported, barsOf } = await import('./test/intake/files.ts');
    const bars = barsOf(await imported([file('A.csv', ${JSON.stringify(csv(...lines))})]));
    process.stdout.write(JSON.stringify({ bars, offset: new Date(0).getTimezoneOffset() }));
  `;
  const expected = barsOf(await imported([file('A.csv', csv(...lines))]));
  const zones = { 'America/New_York': 300, 'Europe/London': -60, 'Asia/Tokyo': -540 };
  for (const [TZ, offset] of Object.entries(zones)) {
    const args = ['--import', 'tsx', '--input-type=module', '-e', program];
    const output = execFileSync(process.execPath, args, { env: { ...process.env, TZ }, encoding: 'utf8' });
    expect(JSON.parse(output), TZ).toEqual({ bars: expected, offset });
  }
}, 60_000);
