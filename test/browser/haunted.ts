import type { Shape } from '../../src/memory/layout.ts';

/** The shape of the blocks that a worker which does not die writes into. */
export const hauntedShape: Shape = {
  symbols: 2,
  intervals: [{ slots: 64, history: 1 }],
  sessions: 4,
  quotes: 4,
  ticks: 4,
};
