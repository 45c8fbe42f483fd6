import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { LeftOut } from '../../src/intake/audit.ts';
import { defaultChoices } from '../../src/intake/choices.ts';
import { Collector } from '../../src/intake/collector.ts';
import { entriesOf } from '../../src/intake/entry-pages.ts';
import { previewFile } from '../../src/intake/preview-file.ts';
import { readFile } from '../../src/intake/read-file.ts';
import { barsOf, breathe, countsOf, csv, file, gzipped, header, imported } from './files.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const bar = (minute: number, prices = '1,4,0.5,2,100') =>
  `2013-10-07T13:${String(minute).padStart(2, '0')}:00Z,${prices}`;

describe('a file that is no CSV of bars is refused by name, in the preview and when it is read', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'A.csv is empty; it must be a CSV with a header and bars'],
    ['blank lines', '\n\r\n  \n', 'A.csv holds no records; it must be a CSV with a header and bars'],
    ['a byte order mark', '\ufeff', 'A.csv holds no records; it must be a CSV with a header and bars'],
    ['prose', 'Dear Sir or Madam\nhello\n', 'A.csv is not a CSV of bars: its first line is "Dear Sir or Madam"'],
    [
      'prose with commas',
      'Dear Sir, or Madam\nhello\n',
      'A.csv has no column for open, high, low, close; its columns are "Dear Sir"',
    ],
    ['a page', '<!DOCTYPE html>\n<html lang="en">\n', 'A.csv is not a CSV of bars'],
    [
      'JSON of records',
      '[{"t":"2013-10-07T13:30:00Z","o":1}]',
      'A.csv is JSON, and bars are read from CSV and Parquet',
    ],
    ['JSON of arrays', '[\n  [1381152600,1,4,0.5,2,100],\n  [1381152660,1,4,0.5,2,100]\n]\n', 'A.csv is JSON'],
    ['JSON a line', '{"time": 1381152600, "open": 1}\n{"time": 1381152660, "open": 1}\n', 'A.csv is JSON'],
    ['JSON in one long line', `[${'[1381152600,1,4,0.5,2,100],'.repeat(20_000)}]`, 'A.csv is JSON'],
    ['JSON with a name', '[\n  "time",\n  "x"\n]\n', 'A.csv is JSON'],
    ['JSON of columns', '{"columns":["time","open","high","low","close"],"data":[[1,1,1,1,1]]}', 'A.csv is JSON'],
    ['binary', bytes(1, 0, 2, 10, 3), 'A.csv is not a text but binary data'],
    ['a set-up', '{"session":{"rollDelayMinutes":10}}', 'A.csv is JSON, and bars are read from CSV'],
    ['a list', ' [\n  { "open": 1, "close": 2 }\n]\n', 'A.csv is JSON, and bars are read from CSV'],
    ['control characters', bytes(1, 2, 3, 44, 10, 44, 5, 6), 'A.csv is not a text but binary data'],
    ['bytes that are no UTF-8', bytes(0x8a, 0xff, 0xfd, 44, 10, 44, 0xff), 'A.csv is not a text but binary data'],
    ['lines of old', `${header}\r${bar(30)}\r`, 'A.csv has lines that end in CR alone'],
    [
      'no time column',
      'a,open,high,low,close\nx,1,1,1,1\n',
      'A.csv has no column for the time; its columns are "a", "open"',
    ],
    [
      'no price column',
      'time,open,high,low\n2013-10-07,1,1,1\n',
      'A.csv has no column for close; its columns are "time"',
    ],
    ['no times', csv('soon,1,1,1,1,1'), 'A.csv has times in column "timestamp" that cannot be read, such as "soon"'],
    ['days cut short', csv('2013100,1,1,1,1,1'), 'such as "2013100"; they must be ISO 8601'],
    [
      'no times of day',
      'date,time,o,h,l,c\n2013-10-07,0960,1,1,1,1\n',
      'columns "date" and "time" that cannot be read, such as "2013-10-07 0960"',
    ],
    ['a header alone', `${header}\n`, 'A.csv has a header and no bars under it'],
    [
      'no header',
      '7,2013-10-07,1,1,1,1\n',
      'A.csv has no header that names its columns: its first line is "7,2013-10-07,1,1,1,1". Put a line such as timestamp,open',
    ],
    ['no header, other columns', '1381152600,1,0.5,4,2,7\n', 'A.csv has no header that names its columns'],
  ])('%s', async (_, content, message) => {
    const expected = expect.objectContaining({ message: expect.stringContaining(message) });
    await expect(previewFile(file('A.csv', content), defaultChoices)).rejects.toEqual(expected);
    const source = file('A.csv', content);
    await expect(imported([source])).rejects.toEqual(expected);
    expect(source.closed).toBe(source.opened);
  });
});

describe('a record that is no bar is counted, with its line and the reason', () => {
  it.each([
    ['2013-10-07T13:31:00Z,1,1,1', 'too few fields'],
    ['2013-10-07T13:31:00Z', 'too few fields'],
    [bar(31, '1,4,0.5,2,100,7'), 'more fields than columns'],
    [bar(31, ',4,0.5,2,100'), 'open is empty'],
    [bar(31, '1,4,0.5,2,many'), 'volume is not a number'],
    [',1,4,0.5,2,100', 'time is empty'],
    [bar(31, 'NaN,4,0.5,2,100'), 'open is not a number'],
    [bar(31, '1,4,0.5,Infinity,100'), 'close is not a number'],
    [bar(31, '1,4,0.5,1e999,100'), 'close is not a number'],
    [bar(31, '1,4,0x1,2,100'), 'low is not a number'],
    [bar(31, '1,4 .5,0.5,2,100'), 'high is not a number'],
    [bar(31, '1,4,0.5,2,many'), 'volume is not a number'],
    [bar(31, '1,4,-0.5,2,100'), 'low is negative'],
    [bar(31, '1,4,0,2,100'), 'low is zero'],
    [bar(31, '1,4,0.5,2,-1'), 'volume is negative'],
    [bar(31, '1,0.5,4,2,100'), 'high is below low'],
    [bar(31, '5,4,0.5,2,100'), 'high is below the open or the close'],
    [bar(31, '1,4,1.5,2,100'), 'low is above the open or the close'],
    ['"2013-10-07T13:31:00Z"x,1,4,0.5,2,100', 'text follows a closing quote'],
    ['"2013-10-07T13:31:00Z,1,4,0.5,2,100', 'a quote is not closed'],
  ])('%s: %s', async (record, reason) => {
    const result = await imported([file('A.csv', csv('', bar(30), record))]);
    const { rejections, reasons } = result.audits[0]!;
    expect(rejections).toEqual([{ line: 4, reason, text: record }]);
    expect(reasons).toEqual({ [reason]: 1 });
    expect(countsOf(result.audits[0]!)).toEqual({ records: 4, accepted: 1, rejected: 1, headers: 1, blanks: 1 });
    expect(barsOf(result)).toHaveLength(1);
  });

  it('with what an open quote takes along', async () => {
    const result = await imported([file('A.csv', csv(bar(30), `"${bar(31)}`, bar(32), bar(33)))]);
    expect(result.audits[0]!.reasons).toEqual({
      'a quote is not closed; the 3 lines from it to the end are one record': 1,
    });
  });

  it('in front of the header, where it looks like JSON', async () => {
    const result = await imported([file('A.csv', `{"symbol":"A","bars":1}\n${csv(bar(30))}`)]);
    expect(barsOf(result)).toHaveLength(1);
  });

  it('in a symbol column', async () => {
    const text = (symbol: string) =>
      `sym,t,o,h,l,c\nA,2013-10-07T13:30Z,1,1,1,1\n${symbol},2013-10-07T13:31Z,1,1,1,1\n`;
    expect((await imported([file('A.csv', text(''))])).audits[0]!.reasons).toEqual({ 'symbol is empty': 1 });
    const long = await imported([file('A.csv', text('x'.repeat(101)))]);
    expect(long.audits[0]!.reasons).toEqual({ 'symbol is longer than 100 characters': 1 });
  });

  it('and a file of nothing else is refused with the commonest reason', async () => {
    const text = csv(bar(30, '1,0.5,4,2,100'), bar(31, '1,0.5,4,2,100'), bar(32, 'NaN,4,0.5,2,100'));
    await expect(imported([file('A.csv', text)])).rejects.toThrow(
      `A.csv has no record that is a bar: 2 of 3 were refused because high is below low; line 2 is "${bar(30, '1,0.5,4,2,100')}"`,
    );
  });

  it('are told by their first of each reason, and all listed', async () => {
    const wrong = Array.from({ length: 1_500 }, (_, i) => (i % 2 === 0 ? `x,${i}` : `${bar(31, '1,4,0,2,1')}`));
    const collector = new Collector();
    await readFile(file('A.csv', csv(bar(30), ...wrong, 'y'.repeat(4_010))), defaultChoices, collector);
    const listed = collector.leftOut.take(true).flatMap((page) => entriesOf<LeftOut>(page));
    expect(listed).toHaveLength(1_501);
    expect(listed[999]).toEqual({ file: 0, line: 1_002, kind: 'rejected', reason: 'low is zero', text: wrong[999] });
    expect(listed[1_500]!.text).toBe(`${'y'.repeat(4_000)}… and 10 more characters`);
    const { rejections, reasons } = (await collector.finish(breathe)).audits[0]!;
    expect(reasons).toEqual({ 'too few fields': 751, 'low is zero': 750 });
    expect(rejections.map(({ line }) => line)).toEqual([3, 4]);
  });
});

it('counts a line with an empty pair of quotes as blank, as PapaParse does', async () => {
  const { audits } = await imported([file('A.csv', `""\n${csv(bar(30), '""', ' \t ')}`)]);
  expect(countsOf(audits[0]!)).toEqual({ records: 5, accepted: 1, headers: 1, blanks: 3 });
});

it('counts the same header again as a header', async () => {
  const { audits } = await imported([file('A.csv', `${csv(bar(30))}${csv(bar(31))}`)]);
  expect(countsOf(audits[0]!)).toEqual({ records: 4, accepted: 2, headers: 2 });
});

describe('gzip', () => {
  const text = csv(
    ...Array.from({ length: 50_000 }, (_, i) => `${1381152600 + 60 * i},1,4,0.5,2,${(i * 7919) % 10_007}`),
  );

  it('is known by its bytes, not by its name', async () => {
    expect((await imported([gzipped('A.csv', text, [1, 1, 5_000])])).bars).toBe(50_000);
    expect((await imported([file('A.csv.gz', csv(bar(30)))])).bars).toBe(1);
  });

  it('that is cut short is refused with how far it came', async () => {
    const whole = gzipSync(text);
    for (const length of [whole.length - 1, whole.length >> 1, 30]) {
      const source = file('A.csv.gz', whole.subarray(0, length), [10_000]);
      await expect(imported([source])).rejects.toThrow(
        /^A\.csv\.gz has gzip data that is cut short or damaged: [\d,]+ bytes of text came out of [\d,]+ of [\d,]+ bytes\. Fetch/,
      );
      expect(source.closed).toBe(source.opened);
    }
  });

  it('that is damaged is refused', async () => {
    const damaged = gzipSync(text);
    damaged.fill(0x55, 20_000, 20_100);
    await expect(imported([file('A.csv.gz', damaged)])).rejects.toThrow(
      /^A\.csv\.gz has gzip data that is cut short or damaged/,
    );
  });

  it('passes on the error of a file that cannot be read', async () => {
    const source = {
      name: 'A.csv.gz',
      size: 9,
      async *open() {
        yield gzipSync(text).subarray(0, 5_000);
        throw new Error('the disk is gone');
      },
    };
    await expect(imported([source])).rejects.toThrow('the disk is gone');
  });

  it('of many zeros takes no more memory than its beginning', async () => {
    const source = gzipped('A.csv.gz', new Uint8Array(100_000_000));
    await expect(imported([source])).rejects.toThrow('A.csv.gz is not a text but binary data');
    expect(source.closed).toBe(source.opened);
  });
});

describe('a record that does not end', () => {
  const endless = (first: string, of: string) => {
    const block = new TextEncoder().encode(of.repeat(65_536 / of.length));
    let read = 0;
    const source = {
      name: 'A.csv',
      size: 100_000_000,
      async *open() {
        yield new TextEncoder().encode(first);
        for (; read < 100_000_000; read += block.length) yield block;
      },
    };
    return { source, read: () => read };
  };

  it('at the beginning of 100 MB is refused after 256 KB', async () => {
    const { source, read } = endless('', 'x,');
    await expect(imported([source])).rejects.toThrow('A.csv has no line end in its first 256 KB');
    expect(read()).toBeLessThan(600_000);
  });

  it.each([['1,'], ['"\n']])('after bars is refused after 1 MB (%j)', async (of) => {
    const { source, read } = endless(csv(bar(30)) + (of.startsWith('"') ? '"\n' : ''), of);
    const doubled = of.startsWith('"') ? endless(`${csv(bar(30))}"`, '""\n\n') : { source, read };
    await expect(imported([doubled.source])).rejects.toThrow(
      /^A\.csv has a record of more than 1,048,576 bytes from line 3 on; a bar has some hundred/,
    );
    expect(doubled.read()).toBeLessThan(1_500_000);
  });

  it.each([[[65_536]], [[30_011]], [[1_000_000, 7]]])(
    'or ends after more than 1 MB is refused, in slices of %j',
    async (chunks) => {
      const noted = (notes: string[]) =>
        [`${header},note`, ...notes.map((note, i) => `2013-10-07T13:${10 + i}:00Z,2,3,1,2,7,${note}`), ''].join('\n');
      const line = '2013-10-07T13:11:00Z,2,3,1,2,7,\n';
      for (const extra of [0, 1]) {
        const text = noted(['', 'x'.repeat(1_048_576 - line.length + extra), '', '', '']);
        const result = imported([file('A.csv', text, chunks)]);
        if (extra === 0) expect(countsOf((await result).audits[0]!)).toMatchObject({ accepted: 5 });
        else await expect(result).rejects.toThrow('a record of more than 1,048,576 bytes from line 3 on');
      }
    },
  );

  it('but fits into 1 MB is rejected like any other', async () => {
    for (const extra of [0, 1]) {
      const long = 'x'.repeat(1_048_575 + extra);
      const result = imported([file('A.csv', csv(bar(30), long, bar(31)), [100_000, 7])]);
      if (extra === 0) expect(countsOf((await result).audits[0]!)).toMatchObject({ accepted: 2, rejected: 1 });
      else await expect(result).rejects.toThrow('from line 3 on');
    }
  });
});

it('refuses more symbols than markets have', async () => {
  const lines = Array.from({ length: 20_001 }, (_, i) => `S${i},2013-10-07T13:30Z,1,1,1,1`);
  await expect(imported([file('A.csv', `sym,t,o,h,l,c\n${lines.join('\n')}\n`)])).rejects.toThrow(
    'A.csv has more than 20,000 symbols, the next being "S20000"',
  );
}, 30_000);

describe('cancelling', () => {
  it('stops with the reason that was given, and closes the file', async () => {
    for (const make of [file, gzipped]) {
      const text = csv(
        ...Array.from({ length: 60_000 }, (_, i) => `${1381152600 + 60 * i},1,4,0.5,2,${(i * 7919) % 10_007}`),
      );
      const source = make('A.csv', text);
      const cancel = new AbortController();
      const heard: number[] = [];
      const reading = readFile(
        source,
        defaultChoices,
        new Collector(),
        ({ bars, bytes, totalBytes }) => {
          heard.push(bars);
          expect(bytes).toBeLessThanOrEqual(totalBytes);
          if (heard.length === 3) cancel.abort(new Error('enough'));
        },
        cancel.signal,
      );
      await expect(reading).rejects.toThrow(/^enough$/);
      expect(heard.length).toBe(3);
      expect(source.closed).toBe(1);
    }
  });

  it('has a reason of its own where none was given', async () => {
    const reading = readFile(file('A.csv', csv(bar(30))), defaultChoices, new Collector(), undefined, {
      aborted: true,
    });
    await expect(reading).rejects.toThrow('The import was cancelled');
  });
});

it('says that there are no bars when nothing was read', async () => {
  await expect(new Collector().finish(breathe)).rejects.toThrow('There are no bars in these files');
});
