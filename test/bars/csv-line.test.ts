import { expect, it } from 'vitest';
import { csvLine } from '../../src/library/csv-line.ts';

it.each([
  [['a', 1, 'b c'], 'a,1,b c\r\n'],
  [['a,b', 'say "x"', 'two\nlines'], '"a,b","say ""x""","two\nlines"\r\n'],
  [['=1+1', '+A1', '-2+3', '@SUM(A1)', '\tx'], "'=1+1,'+A1,'-2+3,'@SUM(A1),'\tx\r\n"],
  [['-5', '+1.25', ''], '-5,+1.25,\r\n'],
  [['=HYPERLINK("http://x","y")'], `"'=HYPERLINK(""http://x"",""y"")"\r\n`],
])('%j is written as %j', (fields, line) => expect(csvLine(fields)).toBe(line));
