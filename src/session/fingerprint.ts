import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { RunPlan } from './plan.ts';

/** The chain of session digests. Equal for equal tapes, whatever the speed, the mode, the browser or the user did. */
export class FingerprintChain {
  private link: string;

  /**
   * The chain starts from what the slots of a run mean: its symbols and intervals; or it goes on after the session whose digest is
   * `last`.
   */
  constructor(plan: Pick<RunPlan, 'symbols' | 'intervals'>, last?: string) {
    this.link =
      last?.replace('sha256:', '') ??
      hashJson(['tapedeck', 2, plan.symbols.map(({ name }) => name), plan.intervals.map(({ text }) => text)]);
  }

  /** The last link as a word: what the steps of the first session are chained to. */
  get word(): number {
    return parseInt(this.link.slice(0, 8), 16) | 0;
  }

  /** Chains a session, by its date and the digest in hex of all its steps; returns its own digest, `sha256:…`. */
  add(date: string, steps: string): string {
    this.link = hashJson([this.link, date, steps]);
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
