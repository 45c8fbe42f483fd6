import { expect, test } from 'vitest';
import { sessionsCsv } from '../../src/cli/sessions.ts';

test('sessions of New York around a holiday', () => {
  expect(sessionsCsv('XNYS', '2015-12-23', '2015-12-28')).toBe(
    [
      'date,open,close,breaks,early',
      '2015-12-23,2015-12-23T14:30:00Z,2015-12-23T21:00:00Z,,false',
      '2015-12-24,2015-12-24T14:30:00Z,2015-12-24T18:00:00Z,,true',
      '2015-12-28,2015-12-28T14:30:00Z,2015-12-28T21:00:00Z,,false',
      '',
    ].join('\n'),
  );
});

test('a weekend has no sessions', () => {
  expect(sessionsCsv('XNYS', '2015-12-26', '2015-12-27')).toBe('date,open,close,breaks,early\n');
});

test.each([
  ['NASDAQ', '2015-12-26', '2015-12-27', 'The calendar was "NASDAQ"; it must be one of XNYS, XNAS, XLON'],
  ['XNYS', '2015-02-29', '2015-12-27', 'FROM was "2015-02-29"; it must be a day that exists, as YYYY-MM-DD'],
  ['XNYS', '2015-02-28', '1.3.2015', 'TO was "1.3.2015"; it must be a day that exists, as YYYY-MM-DD'],
  ['XNYS', '1989-12-29', '1990-01-02', 'FROM was 1989-12-29; XNYS is known from 1990-01-01 to 2099-12-31'],
  ['24/7', '2099-12-29', '2100-01-01', 'TO was 2100-01-01; 24/7 is known from 1970-01-01 to 2099-12-31'],
  ['XNYS', '2015-12-27', '2015-12-26', 'FROM was 2015-12-27 and TO 2015-12-26; FROM must not be after TO'],
])('advises about %s %s %s', (name, from, to, advice) => {
  expect(() => sessionsCsv(name, from, to)).toThrow(advice);
});
