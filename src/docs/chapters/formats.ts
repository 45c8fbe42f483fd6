import { formats as known } from '../../intake/formats.ts';
import { days, minutes } from '../examples.ts';
import { entryId, type Chapter } from '../text.ts';

/** What shows a format: several layouts may go by one name. */
function signsOf(name: string): string {
  const signs = known.filter((format) => format.name === name).map(({ shownBy }) => shownBy);
  return signs.join(', or because ');
}

export const formats: Chapter = {
  id: 'formats',
  title: 'Files and formats',
  sections: [
    {
      id: 'files',
      title: 'What is read',
      blocks: [
        'CSV in UTF-8, UTF-16 or Windows-1252, plain, gzip or zip, and Parquet; one file, several, or whole folders. One import makes one dataset of each interval that the files, symbols in them, or a column such as `timeframe` clearly have.',
        {
          list: [
            'Fields are cut by `,` `;` tab or `|`; numbers have points or commas. Columns stand in any order and are found by their common names.',
            'A symbol comes from a column, or from the name of the file.',
            'Times are ISO 8601 with an offset or `Z`, on the wall clock of a zone, or Unix seconds to nanoseconds.',
            'A CSV that names a bid and an ask is a dataset of quotes; one with a price a record is one of ticks.',
            'A CSV with the columns `symbol,date,kind,value` tells of splits and dividends.',
          ],
        },
        { example: minutes },
        'Every decision about a layout is shown with its reason before anything is stored, says how sure it is, and can be changed.',
      ],
    },
    {
      id: 'audit',
      title: 'The audit',
      blocks: [
        'Of each file, records are accepted, equal duplicates, contradicting, rejected, headers or blank, and these add up. What was left out is listed with its line, its reason and its text, also where bars contradict those of the dataset that they are added to. Bars that look wrong are flagged and not changed.',
        { example: days },
        'Here the high of one day lies below its open, so no market had that bar.',
      ],
    },
    {
      id: 'vendors',
      title: 'Layouts that are known',
      blocks: [
        'A layout is known by what is in it, and brings what the text does not say: zone, stamp, price scale. The first of these that fits is taken; any can be chosen in the preview.',
        {
          entries: [...new Set(known.map(({ name }) => name))].map((name) => ({
            id: entryId('format', name),
            term: name,
            text: `Known because ${signsOf(name)}.`,
            facts: [],
          })),
        },
      ],
    },
  ],
};
