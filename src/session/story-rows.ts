import type { GapEvidence, GapOutcome, GapStory, SessionStory } from './story.ts';

/** Numbers of a row of gaps: a `GapStory` in the order of its fields. */
export const gapFields = 9;

export const gapOutcomes: readonly GapOutcome[] = ['filled', 'repaired', 'made up', 'arrived late', 'given up', 'open'];
export const gapEvidence: readonly GapEvidence[] = ['feed silent', 'alone', 'no trade', 'rejected', 'unknown'];

/** How many gaps a session had, those that its story does not tell included. */
export function gapCount({ gaps, moreGaps }: Pick<SessionStory, 'gaps' | 'moreGaps'>): number {
  return gaps.length / gapFields + moreGaps;
}

/** The gaps of a story, by symbol and slot. */
export function gapsOf({ gaps }: Pick<SessionStory, 'gaps'>): GapStory[] {
  return Array.from({ length: gaps.length / gapFields }, (_, i) => gapAt(gaps, i * gapFields));
}

function gapAt(rows: Int32Array, at: number): GapStory {
  return {
    symbol: rows[at]!,
    firstSlot: rows[at + 1]!,
    slots: rows[at + 2]!,
    foundAtSlot: rows[at + 3]!,
    endedAtSlot: rows[at + 4]!,
    lookUps: rows[at + 5]!,
    outcome: gapOutcomes[rows[at + 6]!]!,
    source: rows[at + 7]!,
    evidence: gapEvidence[rows[at + 8]! % gapEvidence.length]!,
    othersAlive: Math.floor(rows[at + 8]! / gapEvidence.length),
  };
}
