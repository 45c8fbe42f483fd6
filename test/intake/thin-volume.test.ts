import { describe, expect, it } from 'vitest';
import { defaultChoices } from '../../src/intake/choices.ts';
import { previewFile } from '../../src/intake/preview-file.ts';
import { barsOf, csv, file, header, imported } from './files.ts';

const monday = Date.UTC(2024, 10, 25, 14, 30);

/** Minutes of which only those told have a volume; the others have `none` in its field. */
function thin(count: number, volumes: Readonly<Record<number, number>>, none: string): string[] {
  return Array.from({ length: count }, (_, i) => {
    const at = new Date(monday + i * 60_000).toISOString();
    return `${at},10,12,9,11,${volumes[i] ?? none}`;
  });
}

const volumesOf = async (text: string, name = 'OPT.csv') =>
  barsOf(await imported([file(name, text)])).map((bar) => bar.at(-1));
const told = async (text: string) =>
  (await previewFile(file('OPT.csv', text), defaultChoices)).decisions.find(({ name }) => name === 'volume');

describe('the volumes of what is traded thinly', () => {
  it.each(['', 'NaN', '-', 'null'])('stay, where the column is named and mostly "%s"', async (none) => {
    const text = csv(...thin(400, { 30: 7, 399: 2 }, none));
    const volumes = await volumesOf(text);
    expect([volumes[30], volumes[399], volumes.filter((each) => each === 0).length]).toEqual([7, 2, 398]);
    expect(await told(text)).toMatchObject({
      value: 'column volume',
      reason: '2 of the first 400 records have one; 0 is taken where it is empty',
      certainty: 'likely',
    });
  });

  it('stay also where none of the first thousand records has one, which is a guess', async () => {
    const text = csv(...thin(1_500, { 1_400: 5 }, ''));
    expect((await volumesOf(text))[1_400]).toBe(5);
    expect(await told(text)).toMatchObject({ value: 'column volume', guess: true });
  });

  it('stay without a header', async () => {
    const text = csv(...thin(100, { 60: 3 }, '')).replace(`${header}\n`, '');
    expect((await volumesOf(text))[60]).toBe(3);
  });

  it('are none where the column holds words, which is a guess', async () => {
    const text = csv(...thin(100, {}, 'low'));
    expect(new Set(await volumesOf(text))).toEqual(new Set([0]));
    expect(await told(text)).toMatchObject({
      value: '0',
      reason: 'the column for the volume holds none, but "low"',
      guess: true,
    });
  });
});
