import type { Param } from '../../strategy/definition.ts';
import { hookEntries, indicatorEntries, deskEntries, type ApiEntry } from '../../own/api.ts';
import { shelf } from '../../strategy/shelf.ts';
import { ownStrategy, shelfRun } from '../examples.ts';
import { entryId, type Chapter, type Entry } from '../text.ts';

function paramFact([name, { kind, default: initial, help, unit }]: readonly [string, Param<unknown>]): [
  string,
  string,
] {
  return [
    name,
    `${help} It is ${kind.must}${unit === undefined ? '' : `, in ${unit}`}; default \`${JSON.stringify(initial)}\`.`,
  ];
}

const told =
  (group: string) =>
  ({ name, type, help }: ApiEntry): Entry => ({
    id: entryId(group, name),
    term: name,
    text: help,
    facts: [['type', `\`${type}\``]],
  });

export const strategies: Chapter = {
  id: 'strategies',
  title: 'Strategies and fills',
  sections: [
    {
      id: 'shelf',
      title: 'The shelf',
      blocks: [
        '[strategy](#strategy) names one of these, with its `params`.',
        {
          entries: shelf.map(({ name, paragraph, source, params }) => ({
            id: entryId('strategy', name),
            term: name,
            text: paragraph,
            facts: [['source', source], ...Object.entries(params).map(paramFact)],
          })),
        },
        { example: shelfRun },
        'Once a run has come to its end, **What if** among its results has a slider for each parameter that is a number: dragged, the tape is replayed with it, and what would have become of the run stands beside what became of it.',
      ],
    },
    {
      id: 'own',
      title: 'Strategies of your own',
      blocks: [
        'They are written in JavaScript under **Write a strategy…**: functions of certain names are called as the tape plays, and see a desk that knows no more than the clock has reached. Links and configurations carry the hash of the code, never its text.',
        'Code from a file or a workspace came from elsewhere: it is shown first, runs only when you allow it, and then in a sandboxed frame, which gets copies of the run’s bars and nothing else. What comes of it is the same.',
        { example: ownStrategy },
      ],
    },
    { id: 'hooks', title: 'Hooks', blocks: [{ entries: hookEntries.map(told('hook')) }] },
    { id: 'desk', title: 'The desk', blocks: [{ entries: deskEntries.map(told('desk')) }] },
    { id: 'indicators', title: 'Indicators', blocks: [{ entries: indicatorEntries.map(told('indicator')) }] },
    {
      id: 'fills',
      title: 'Fills',
      blocks: [
        'There are two modes, chosen by [broker.fills](#broker.fills). `parity` follows backtesting.py 0.6.6, its peculiarities included. `honest`, the default, fills nothing outside of its bar or in the past:',
        {
          list: [
            'A bar fills orders that were given before it began, of its own symbol, if it traded.',
            'First its open, then stops, then limits, then its close.',
            'A stop inside the bar fills at its price, a limit at its price; both only if the bar reaches it.',
            'Where a bar does not tell what came first, the worse is taken and the fill is marked. Of stop-loss and take-profit in one bar the stop-loss is taken.',
            'Buyers pay half of the spread, sellers bear half; slippage is on all fills but limits.',
            'Orders of the last instant are not filled.',
          ],
        },
      ],
    },
  ],
};
