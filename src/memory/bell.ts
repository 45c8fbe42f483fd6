import type { Block } from './block.ts';
import { Word } from './layout.ts';
import { lowerFlag, raiseFlag, wake } from './protocol.ts';
import { pause } from './words.ts';

/** Workers that can be rung. */
export const Role = { coordinator: 0, upkeep: 1, library: 2 } as const;
export type Role = (typeof Role)[keyof typeof Role];

const wordsApart = 16;
/** Rounds of spinning before a worker sleeps; with fewer, two workers that hand over to each other mostly sleep. */
const spinRounds = 2_000;

/** Place of a worker's bell in the header; its sleep flag is in the next word. */
export function bellOf(role: Role): number {
  return Word.bells + role * wordsApart;
}

/** Wakes a worker if it sleeps. The ringer has stored before what the sleeper waits for. */
export function ring(block: Block, role: Role): void {
  wake(block.header, bellOf(role));
}

/** Place of the word that a worker moves on whenever it begins to wait: with the beats of its work, a sign that it is alive. */
export function pulseOf(role: Role): number {
  return bellOf(role) + 2;
}

/** Place of the word in which a worker says, by 1, that nothing is left for it to do in this run. */
export function doneOf(role: Role): number {
  return bellOf(role) + 3;
}

/**
 * Waits until `ready` says so, somebody rings, or `timeoutMs` is over: spins first, then sleeps. No ring is lost: the sleeper
 * reads its bell, raises its flag and looks again before it sleeps, the ringer stores first and reads the flag after.
 * Only for workers on shared memory.
 */
export function waitFor(block: Block, role: Role, ready: () => boolean, timeoutMs = Infinity): void {
  const { header, words } = block;
  const bell = bellOf(role);
  words[pulseOf(role)]!++;
  if (timeoutMs === Infinity || timeoutMs < 1)
    for (let round = 0; round < spinRounds; round++) {
      if (ready()) return;
      pause();
    }
  const seen = raiseFlag(header, bell);
  if (!ready()) header.wait(bell, seen, timeoutMs);
  lowerFlag(header, bell);
}

/** As `waitFor`, for a worker that must stay able to take messages; it does not spin. On shared memory only. */
export async function waitForAsync(block: Block, role: Role, ready: () => boolean, timeoutMs: number): Promise<void> {
  const { header } = block;
  const bell = bellOf(role);
  const seen = raiseFlag(header, bell);
  if (!ready()) await header.waitAsync(bell, seen, timeoutMs);
  lowerFlag(header, bell);
}
