import { brokenFeed, unmendedFeed } from '../examples.ts';
import type { Chapter } from '../text.ts';

export const gaps: Chapter = {
  id: 'gaps',
  title: 'Gaps and quality',
  sections: [
    {
      id: 'slots',
      title: 'Slots and gaps',
      blocks: [
        'The calendar says where bars belong: a session has a slot for every base bar. A slot that the feed left empty is a gap. Upkeep looks for gaps [every so often](#upkeep.checkIntervalSeconds) in session time, looks each of them up in the datasets of [data.fillFrom](#data.fillFrom), in order, and tries again up to [upkeep.maxRetries](#upkeep.maxRetries) times.',
        'The story of every gap, when it was found, how often it was tried, what became of it, is under **Gaps**. A filled bar is marked wherever it shows.',
        { example: brokenFeed },
        { example: unmendedFeed },
      ],
    },
    {
      id: 'quality',
      title: 'Quality',
      blocks: [
        'Quality is 100 × bars that are there ÷ bars that the calendar expects, 100 where none is expected. Bars that upkeep filled count as there; bars that were made up of the last price ([upkeep.carryLastPrice](#upkeep.carryLastPrice)) do not. The fill rate is the share of the slots that some source holds which were filled.',
        'A thinly traded symbol has minutes without a trade, and many vendors write no bar then: that is a missing bar here, as nothing tells it from one that was lost.',
      ],
    },
    {
      id: 'map',
      title: 'The quality map',
      blocks: [
        '**Map** on the card of a dataset shows what is there of what a calendar expects, from years down to the minute, with all gaps in a list.',
      ],
    },
    {
      id: 'health',
      title: 'Health of the machine',
      blocks: [
        'One light in the header says whether all is well; the panel behind it has each check with its state, value, thresholds, the last two minutes and what to do, and every operation of the page with count, rate, p50, p95 and max.',
        'A worker that dies or hangs is noticed within three seconds in which the page is seen, named, and started again from a fresh block: the run is played up to where it stood and goes on, with the same result. That holds on shared memory, without it, and in the page as one file. A run that was built anew three times without having come further fails, and says so.',
      ],
    },
  ],
};
