import type { Block } from './block.ts';
import { Word } from './layout.ts';

/** Workers that can be rung. */
export const Role = { coordinator: 0, upkeep: 1, library: 2 } as const;
export type Role = (typeof Role)[keyof typeof Role];

const wordsApart = 16;
/** Rounds of spinning before a worker sleeps; with fewer, two workers that hand over to each other mostly sleep. */
const spinRounds = 2_000;

const { pause } = Atomics as { pause?: () => void };

/** Wakes a worker if it sleeps. The ringer has stored before what the sleeper waits for. */
export function ring(block: Block, role: Role): void {
  const bell = Word.bells + role * wordsApart;
  if (Atomics.load(block.words, bell + 1) === 0) return;
  Atomics.add(block.words, bell, 1);
  Atomics.notify(block.words, bell);
}

/**
 * Waits until `ready` says so, somebody rings, or `timeoutMs` is over: spins first, then sleeps. No ring is lost: the sleeper
 * reads its bell, raises its flag and looks again before it sleeps, the ringer stores first and reads the flag after.
 * Only for workers on shared memory.
 */
export function waitFor(block: Block, role: Role, ready: () => boolean, timeoutMs = Infinity): void {
  const bell = Word.bells + role * wordsApart;
  if (timeoutMs === Infinity || timeoutMs < 1)
    for (let round = 0; round < spinRounds; round++) {
      if (ready()) return;
      pause?.();
    }
  const seen = Atomics.load(block.words, bell);
  Atomics.store(block.words, bell + 1, 1);
  if (!ready()) Atomics.wait(block.words, bell, seen, timeoutMs);
  Atomics.store(block.words, bell + 1, 0);
}

/** As `waitFor`, for a worker that must stay able to take messages; it does not spin. On shared memory only. */
export async function waitForAsync(block: Block, role: Role, ready: () => boolean, timeoutMs: number): Promise<void> {
  const bell = Word.bells + role * wordsApart;
  const seen = Atomics.load(block.words, bell);
  Atomics.store(block.words, bell + 1, 1);
  if (!ready()) await Atomics.waitAsync(block.words, bell, seen, timeoutMs).value;
  Atomics.store(block.words, bell + 1, 0);
}
