/** States of a run, as the block's word counts them. */
export const runStates = ['ready', 'playing', 'paused', 'finished', 'failed'] as const;

export type RunState = (typeof runStates)[number];
