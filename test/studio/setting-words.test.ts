import { expect, test } from 'vitest';
import { number, whole } from '../../src/config/kinds.ts';
import { groups, settings } from '../../src/config/schema.ts';
import {
  fieldText,
  fieldValue,
  momentField,
  momentValue,
  rangeText,
  settingLabel,
} from '../../src/studio/setting-words.ts';

test('a moment in UTC is written on the wall of the market and read back', () => {
  const zone = 'America/New_York';
  expect(momentField('2013-10-07T13:30:00Z', zone)).toBe('2013-10-07T09:30:00');
  expect(momentValue('2013-10-07T09:30', zone)).toBe('2013-10-07T13:30:00Z');
  expect(momentValue('2013-12-02T09:30:15', zone)).toBe('2013-12-02T14:30:15Z');
  expect(momentField('soon', zone)).toBe('');
  expect(momentValue('', zone)).toBe('');
});

test('a range says where its least number is refused', () => {
  expect(rangeText(groups.broker.cash.kind)).toBe('above 0, at most 1000000000000');
  expect(rangeText(groups.feed.dropRate.kind)).toBe('0 to 1');
  expect(rangeText(groups.data.adjust.kind)).toBe('');
  expect([rangeText(number()), rangeText(number(2)), rangeText(whole(undefined, 9))]).toEqual([
    '',
    '2 or more',
    'at most 9',
  ]);
});

test('entries of a list with keys of their own carry the kinds of those keys', () => {
  const { fields } = groups.feed.outages.kind.entry!;
  expect(Object.keys(fields!)).toEqual(['symbol', 'from', 'to']);
  expect(fieldValue({ kind: fields!.symbol! }, '')).toBeNull();
  expect(groups.history.windows.kind.entry!.fields!.sessions).toMatchObject({ min: 0, max: 1_000 });
});

test('a value without a form of its own is shown as it is written in a configuration', () => {
  expect(fieldText([{ interval: '1d', sessions: 200 }])).toBe('{"interval":"1d","sessions":200}');
  expect(fieldText(['5m', '15m'])).toBe('5m, 15m');
  expect(fieldText(null)).toBe('');
});

test('what is no number is passed on as it was written', () => {
  const { kind } = groups.feed.dropRate;
  expect(fieldValue({ kind }, ' 0.5 ')).toBe(0.5);
  expect(fieldValue({ kind }, '')).toBe('');
  expect(fieldValue({ kind }, 'half')).toBe('half');
});

test('no two settings of a form have one name', () => {
  const names = settings.map((row) => `${settingLabel(row)}, ${row.unit ?? ''}`);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});
