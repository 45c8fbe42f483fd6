import {
  allows,
  sessionEvents,
  sessionStates,
  stateCauses,
  transition,
  type SessionState,
} from '../../session/state.ts';
import type { Chapter } from '../text.ts';

/** What the states are, in a sentence each. */
const meanings: Readonly<Record<SessionState, string>> = {
  'not-started': 'Nothing of the session has begun.',
  'pre-market': 'Its open is near.',
  active: 'Bars arrive.',
  'post-market': 'It has closed; the roll to the next one is awaited.',
  ended: 'Its account is closed: what was not delivered is missing.',
  'timed-out': 'Every stream was exhausted, and session.timeoutSeconds went by without data.',
  error: 'Something in it failed; the run goes on with the next session.',
};

export const sessions: Chapter = {
  id: 'sessions',
  title: 'Sessions and states',
  sections: [
    {
      id: 'states',
      title: 'The seven states',
      blocks: [
        {
          table: {
            head: ['State', 'What it means', 'What may come next'],
            rows: sessionStates.map((state) => [
              `\`${state}\``,
              meanings[state],
              sessionEvents
                .filter((event) => allows(state, event))
                .map((event) => `${event}: \`${transition(state, event).state}\``)
                .join(', '),
            ]),
          },
        },
        `Every change is in the report with its time and its cause, one of: ${stateCauses.map((cause) => `“${cause}”`).join(', ')}.`,
      ],
    },
    {
      id: 'rolling',
      title: 'From session to session',
      blocks: [
        'After [session.rollDelayMinutes](#session.rollDelayMinutes) the next session is taken up, by itself where [session.autoRoll](#session.autoRoll) is on. It is laid out before the current one closes ([prefetch.windowMinutes](#prefetch.windowMinutes)), so that nothing has to be waited for. Earlier sessions stay in memory as [history](#history): an average over 200 bars has its value at the first bar.',
        'Bars of a day play a year at a time: what rolls then is a calendar year, and the days are its slots.',
      ],
    },
  ],
};
