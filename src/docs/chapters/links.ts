import { compactLimit, plainLimit } from '../../config/link.ts';
import { writtenLink } from '../examples.ts';
import type { Chapter } from '../text.ts';

export const links: Chapter = {
  id: 'links',
  title: 'Links and proof',
  sections: [
    {
      id: 'set-up-links',
      title: 'Links to a set-up',
      blocks: [
        `**Share** makes a link that has what differs from the defaults, compressed, behind \`#c=\` (at most ${compactLimit} characters are read). Anybody can write one by hand: \`#config=\` and the configuration as JSON (at most ${plainLimit}).`,
        { example: writtenLink },
        'A link carries data and never code. Opening it applies the set-up; nothing is stored or played before you say so. Bars that it names and that are not here are asked for.',
      ],
    },
    {
      id: 'fingerprint',
      title: 'The fingerprint',
      blocks: [
        'A fingerprint is a hash over everything that happened in a run: bars, the state of every slot, what was filled and derived, states, orders, trades and equity. The same bars and settings give the same fingerprint at any speed, after any pause, in any time zone, in this page and in the terminal. Speed, names of datasets and the clock on the wall are no part of it.',
      ],
    },
    {
      id: 'proof',
      title: 'A link with its result',
      blocks: [
        '**Share with result** adds the hashes of the bars, the engine’s version, the fingerprint and marks of its chain. Whoever opens it and plays sees whether bars, settings, engine and result are the same, and if not, in which session and between which steps the runs part. A result that comes out the same over other bars is told as that, and not as reproduced. [In the terminal](#terminal), `run` of such a link exits with 1 when the fingerprint is not met.',
      ],
    },
  ],
};
