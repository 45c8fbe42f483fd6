import { expect, it } from 'vitest';
import { csvLine } from '../../src/bars/csv-line.ts';

it.each([
  [['a', 1, 'b c'], 'a,1,b c\r\n'],
  [['a,b', 'say "x"', 'two\nlines'], '"a,b","say ""x""","two\nlines"\r\n'],
  [['=1+1', '+A1', '-2+3', '@SUM(A1)', '\tx'], `'=1+1,'+A1,'-2+3,'@SUM(A1),"'\tx"\r\n`],
  [['-5', '+1.25', ''], '-5,+1.25,\r\n'],
  // What else a spreadsheet may split at: it would run what comes then, quotes or not.
  [['2024;=A1;-5;-A1', 'x\n=A1', 'x\t@A1|+A1'], `"2024;'=A1;-5;'-A1","x\n'=A1","x\t'@A1|'+A1"\r\n`],
  [[' =A1', '＝A1', ' -5 ', 'a-b=c'], `' =A1,'＝A1, -5 ,a-b=c\r\n`],
  [['=HYPERLINK("http://x","y")'], `"'=HYPERLINK(""http://x"",""y"")"\r\n`],
])('%j is written as %j', (fields, line) => expect(csvLine(fields)).toBe(line));
