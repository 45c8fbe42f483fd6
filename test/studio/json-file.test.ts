import { expect, test } from 'vitest';
import { jsonFile } from '../../src/studio/json-file.ts';

const text = async (value: object): Promise<string> => (await jsonFile(value)).text();

test('a file of JSON made in turns is that of JSON.stringify', async () => {
  const trades = Array.from({ length: 3_000 }, (_, i) => ({ i, tags: ['a\nb', `"${i}"`], at: { deep: [[i], {}] } }));
  const values = [
    { app: { name: 'x' }, none: undefined, empty: {}, list: [], trading: { trades, mixed: [undefined, null, NaN] } },
    [1, [2, [3, [4, [5]]]], 'ü'],
    {},
    [],
  ];
  for (const value of values) expect(await text(value)).toBe(JSON.stringify(value, null, 2));
});
