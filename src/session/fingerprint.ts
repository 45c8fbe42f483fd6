import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { RunPlan } from './plan.ts';

/** What the digest of a session covers; the hexes are 128-bit digests of the block's contents (see mix.ts). */
export interface SessionRecord {
  readonly date: string;
  /** The bars laid out for the session: streamed ones and those of the fill sources. */
  readonly bars: string;
  /** The state byte of every slot, base and derived. */
  readonly states: string;
  /** The values of the derived slots. */
  readonly derived: string;
  /** State, time, cause. */
  readonly changes: readonly (readonly [string, string, string])[];
  readonly orders: readonly unknown[];
  readonly trades: readonly unknown[];
  readonly equity: readonly unknown[];
}

/** The chain of session digests. Equal for equal tapes, whatever the speed, the mode, the browser or the user did. */
export class FingerprintChain {
  private link: string;

  /** The chain starts from what the slots of a run mean: its symbols and intervals. */
  constructor(plan: Pick<RunPlan, 'symbols' | 'intervals'>) {
    this.link = hashJson(['tapedeck', 1, plan.symbols.map(({ name }) => name), plan.intervals.map(({ text }) => text)]);
  }

  /** Chains a session; returns its digest, `sha256:…`. */
  add(record: SessionRecord): string {
    const { date, bars, states, derived, changes, orders, trades, equity } = record;
    this.link = hashJson([this.link, date, bars, states, derived, changes, orders, trades, equity]);
    return `sha256:${this.link}`;
  }

  /** The fingerprint of the sessions so far. */
  fingerprint(): string {
    return `sha256:${hashJson(['fingerprint', this.link])}`;
  }
}

function hashJson(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(value))));
}
