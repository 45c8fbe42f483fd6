import type { Block } from './block.ts';
import { faultUnits } from './layout.ts';

/** Why a session could not be laid out. */
export interface StagedFault {
  /** A number that the library and the coordinator agree on. */
  readonly cause: number;
  readonly words: string;
}

/** Notes why a session could not be laid out; words too long for their place are cut. The library alone, before it publishes. */
export function putStagedFault(block: Block, session: number, { cause, words }: StagedFault): void {
  const at = placeOf(block, session);
  const length = Math.min(words.length, faultUnits - 2);
  block.stagedFaults[at] = cause + 1;
  block.stagedFaults[at + 1] = length;
  for (let i = 0; i < length; i++) block.stagedFaults[at + 2 + i] = words.charCodeAt(i);
}

/** Notes that a session is laid out as it should be. */
export function clearStagedFault(block: Block, session: number): void {
  block.stagedFaults[placeOf(block, session)] = 0;
}

/** Why a session that is published could not be laid out; null when it could. */
export function stagedFault(block: Block, session: number): StagedFault | null {
  const { stagedFaults } = block;
  const at = placeOf(block, session);
  if (stagedFaults[at] === 0) return null;
  const words = stagedFaults.subarray(at + 2, at + 2 + stagedFaults[at + 1]!);
  return { cause: stagedFaults[at]! - 1, words: String.fromCharCode(...words) };
}

function placeOf({ slabs }: Block, session: number): number {
  return (session % slabs[0]!.depth) * faultUnits;
}
