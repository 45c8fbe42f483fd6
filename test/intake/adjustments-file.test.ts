import { describe, expect, it } from 'vitest';
import { isAdjustments, readAdjustments } from '../../src/intake/adjustments-file.ts';
import { contentsOf } from '../../src/intake/contents.ts';
import { file, header } from './files.ts';

const told = 'symbol,date,kind,value\n';

describe('a file of splits and dividends', () => {
  it('is known by its header alone, with any delimiter, order and quotes, and no bars are', async () => {
    const heads = [told, 'Date;Symbol;Kind;Value\r\n', '"symbol"\t"date"\t"kind"\t"value"\n'];
    const others = [`${header}\n`, 'symbol,date,kind\n', 'symbol,date,kind,value,note\n', 'symbol,date,kind,value'];
    for (const head of heads) expect(isAdjustments(new TextEncoder().encode(head)), head).toBe(true);
    for (const head of others) expect(isAdjustments(new TextEncoder().encode(head)), head).toBe(false);
    const source = file('actions.txt', `\uFEFF${told}AAPL,2020-08-31,split,4\n`, [7]);
    expect(await contentsOf(source)).toMatchObject({ files: [], adjustments: { name: 'actions.txt' } });
    expect(source.opened).toBe(source.closed);
  });

  it('tells of each symbol, blank lines and all', async () => {
    const text =
      'kind;value;symbol;date\r\nSplit;4;AAPL;2020-08-31\r\n\r\ndividend;0.82;AAPL;2020-08-07\r\ndividend;1;T;2020-01-09';
    expect([...(await readAdjustments(file('a.csv', text)))]).toEqual([
      [
        'AAPL',
        [
          { date: '2020-08-31', kind: 'split', value: 4 },
          { date: '2020-08-07', kind: 'dividend', value: 0.82 },
        ],
      ],
      ['T', [{ date: '2020-01-09', kind: 'dividend', value: 1 }]],
    ]);
  });

  it.each([
    ['AAPL,2020-02-30,split,4', 'a.csv has in line 2 "AAPL,2020-02-30,split,4": the date was "2020-02-30"'],
    ['AAPL,2020-08-31,merger,4', 'the kind was "merger"; it must be split or dividend'],
    ['AAPL,2020-08-31,split,0', 'the value was 0; of a split it must be the shares that one share becomes'],
    ['AAPL,2020-08-31,dividend,4:1', 'the value was NaN; of a dividend it must be the money a share'],
    ['AAPL,2020-08-31,split', 'it must have a symbol, a date, a kind and a value'],
    [
      'A,2020-08-31,split,4\nA,2020-08-31,split,2',
      'line 3 "A,2020-08-31,split,2": line 2 tells a split of that date too',
    ],
    ['A,2020-08-31,dividend,1\nA,2020-08-31,dividend,1', 'line 2 tells a dividend of that date too'],
    ['', 'a.csv has a header and no split or dividend under it'],
  ])('refuses %j', async (lines, fault) => {
    await expect(readAdjustments(file('a.csv', `${told}${lines}\n`))).rejects.toThrow(fault);
  });
});
