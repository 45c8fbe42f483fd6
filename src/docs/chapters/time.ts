import { calendarNames } from '../../time/calendar.ts';
import { ownHours } from '../examples.ts';
import type { Chapter } from '../text.ts';

export const time: Chapter = {
  id: 'time',
  title: 'The tape and time',
  sections: [
    {
      id: 'stamps',
      title: 'Stamps',
      blocks: [
        'A bar is stored by its start. Where a file stamps bars with their end they are moved to their start on import; the preview says which it took, and why. Times are kept as instants, in milliseconds of UTC.',
      ],
    },
    {
      id: 'zones',
      title: 'Zones',
      blocks: [
        'Times without an offset are on the wall clock of the vendor’s zone where the layout tells it, else of the market: the zone of [session.calendar](#session.calendar). That is marked as a guess and can be changed. The page shows the times of a run in the market’s zone; reports and exports have UTC.',
      ],
    },
    {
      id: 'look-ahead',
      title: 'No look-ahead',
      blocks: [
        'A bar becomes visible when it ends, never before; a derived bar when its last base slot has passed. What is loaded ahead of its time reads as empty until the clock has reached it, for the chart, the statistics and strategies alike. An order counts from the next bar on.',
        'The order inside an instant is fixed: base bars, those that arrive late, derived bars, what upkeep fills, states of the session, the strategy.',
      ],
    },
    {
      id: 'calendars',
      title: 'Calendars',
      blocks: [
        `\`session.calendar\` is one of ${calendarNames.map((name) => `\`${name}\``).join(', ')}. A calendar knows holidays, early closes, breaks and changes of clocks. Sessions that open on the day before are dated by the day on which they close.`,
        '[session.start](#session.start) and [session.end](#session.end) set other hours; [session.custom](#session.custom) is a calendar of one’s own.',
        { example: ownHours },
      ],
    },
    {
      id: 'speed',
      title: 'Speed',
      blocks: [
        'The tape plays at up to a million times real time, or with `"max"` as fast as it goes. Speed, pauses and steps change nothing of what comes out: the [fingerprint](#fingerprint) is the same.',
      ],
    },
  ],
};
