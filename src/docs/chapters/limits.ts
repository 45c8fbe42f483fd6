import { compactLimit } from '../../config/link.ts';
import type { Chapter } from '../text.ts';

export const limits: Chapter = {
  id: 'limits',
  title: 'Limits',
  sections: [
    {
      id: 'what-it-does-not-do',
      title: 'What it does not do',
      blocks: [
        {
          list: [
            'It does not trade, and has no live feed: it plays what was recorded.',
            'Bars longer than a day are not played; of several intervals of one symbol in one file one is taken, the one that is chosen.',
            'Feed faults, splits and dividends of quotes and ticks are not there.',
            'Calendars know sessions from 1990, or the first year that is known, to 2099; what is simplified in one stands in its source.',
            'Bars do not tell what happened inside of them. Where that matters to a fill, the fill is marked, and the honesty report counts it.',
            'Code of strategies may take all memory of the page; the datasets are safe then, the run is not.',
            `A link has at most ${compactLimit} characters of set-up; a set-up that is larger is sent as a file.`,
            'Nothing was tried in Safari.',
          ],
        },
      ],
    },
    {
      id: 'privacy',
      title: 'Where data is',
      blocks: [
        'Datasets lie in the storage of this browser, under the address of this page. A browser that runs out of disk may clear it unless it was asked to keep it: export a workspace, one file with all datasets, saved runs, set-ups and choices, to be safe.',
        'Nothing is sent anywhere: the page and its workers may load from their own address alone, and your code runs in workers that have no network at all. What a policy of content cannot prevent the page takes from itself before anything else of it runs: leaving for another address, new windows, connections ahead of a need (`preconnect`) and calls between browsers (WebRTC). That is a second layer, and no proof against code that already runs in the page.',
      ],
    },
  ],
};
