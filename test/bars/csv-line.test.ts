import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvField, csvLine, markedSymbol, unmarkedSymbol } from '../../src/bars/csv-line.ts';

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

it('marks symbols so that no spreadsheet runs them, and has them back as they were', () => {
  expect(['=A1', "'A", 'A;=1', "A;'1", '-5', 'A-B'].map(markedSymbol)).toEqual([
    "'=A1",
    "''A",
    "A;'=1",
    "A;''1",
    "'-5",
    'A-B',
  ]);
  const some = fc.string({ unit: fc.constantFrom('=', '-', "'", ';', '\t', '|', ' ', 'A', '1', '\n') });
  fc.assert(
    fc.property(some, (symbol) => {
      const marked = markedSymbol(symbol);
      expect(unmarkedSymbol(marked)).toBe(symbol);
      // What no other field has to be marked for is marked here.
      if (!marked.startsWith('\t')) expect(csvField(marked).replaceAll('"', '')).toBe(marked);
    }),
  );
});
