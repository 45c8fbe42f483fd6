import { expect, it } from 'vitest';
import { defaultChoices } from '../../src/intake/choices.ts';
import { previewFiles } from '../../src/library/import-preview.ts';
import { auditsToShow } from '../../src/studio/audits-together.ts';
import { previewGroups } from '../../src/studio/preview-groups.ts';
import { csv, file, imported } from '../intake/files.ts';

const line = '2020-01-02T15:00:00Z,1,4,0.5,2,7';

it('files that read alike but for their symbols are one group', async () => {
  const other = `time;o;h;l;c\n2020-01-02T15:00:00Z;1;4;0.5;2\n`;
  const { files } = await previewFiles(
    [file('A.csv', csv(line)), file('X.csv', other), file('B.csv', csv(line))],
    defaultChoices,
  );
  expect(previewGroups(files).map(({ first, others }) => [first.file, others.map((each) => each.file)])).toEqual([
    ['A.csv', ['B.csv']],
    ['X.csv', []],
  ]);
});

it('the audits of many files are told as one that adds up, with the file of each rejection', async () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F'];
  const { audits } = await imported(names.map((name) => file(`${name}.csv`, csv(line, line, 'x', ''))));
  expect(auditsToShow(audits.slice(0, 5))).toEqual(audits.slice(0, 5));
  const [all, ...more] = auditsToShow(audits);
  expect(more).toEqual([]);
  expect(all).toMatchObject({
    file: '6 files',
    records: 30,
    accepted: 6,
    duplicates: 6,
    rejected: 6,
    headers: 6,
    blanks: 6,
    conflicts: 0,
  });
  expect(all!.reasons).toEqual({ 'too few fields': 6 });
  expect(all!.rejections[5]).toEqual({ line: 4, reason: 'too few fields (F.csv)', text: 'x' });
});
