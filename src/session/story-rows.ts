import { feedCountsOf } from './feed-counts.ts';
import type { GapEvidence, GapOutcome, GapStory, SessionStory } from './story.ts';

/** Numbers of a row of gaps: a `GapStory` in the order of its fields. */
export const gapFields = 9;

export const gapOutcomes: readonly GapOutcome[] = ['filled', 'repaired', 'made up', 'arrived late', 'given up', 'open'];
export const gapEvidence: readonly GapEvidence[] = ['feed silent', 'alone', 'no trade', 'rejected', 'unknown'];

/** A story as it travels: its gaps and counts by the thousand are numbers in one array each, which cost nothing to send. */
export interface PackedStory extends Omit<SessionStory, 'gaps' | 'feed'> {
  /** `[gap][gapFields]`; outcome and evidence as places in their lists. */
  readonly gaps: Int32Array;
  /** As in feed-counts.ts; null where the feed has no faults. */
  readonly feed: Int32Array | null;
  readonly symbols: number;
}

export function unpackStory({ gaps, feed, symbols, ...story }: PackedStory): SessionStory {
  return {
    ...story,
    gaps: Array.from({ length: gaps.length / gapFields }, (_, i) => gapAt(gaps, i * gapFields)),
    feed: feed ? Array.from({ length: symbols }, (_, symbol) => feedCountsOf(feed, symbol)) : [],
  };
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
