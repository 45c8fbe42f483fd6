import { Provenance } from '../bars/provenance.ts';
import { qualityPercent } from '../bars/quality.ts';
import { columnOffset, stateOffset, type Block } from '../memory/block.ts';
import { digestWords } from '../memory/layout.ts';
import type { Frame } from '../memory/timeline.ts';
import { instant, isoText } from '../time/instant.ts';
import { FingerprintChain } from './fingerprint.ts';
import { hexWords, Mix } from './mix.ts';
import type { RunPlan } from './plan.ts';
import type { SessionReport, SymbolReport } from './report.ts';
import type { SessionState, StateCause } from './state.ts';

/** Keeps the run log: what happened in the session that plays, and the closed account of those that ended. */
export class Ledger {
  readonly sessions: SessionReport[] = [];
  private readonly plan: RunPlan;
  private readonly block: Block;
  private readonly chain: FingerprintChain;
  private readonly lookUps: Int32Array;
  private changes: (readonly [SessionState, string, StateCause])[] = [];
  private readonly digest = new Int32Array(4);

  constructor(plan: RunPlan, block: Block) {
    this.plan = plan;
    this.block = block;
    this.chain = new FingerprintChain(plan);
    this.lookUps = new Int32Array(block.symbols);
  }

  /** The fingerprint of the sessions that ended; null while there is none. */
  fingerprint(): string | null {
    return this.sessions.length === 0 ? null : this.chain.fingerprint();
  }

  change(state: SessionState, at: number, cause: StateCause): void {
    this.changes.push([state, isoText(instant(at)), cause]);
  }

  /** A missing slot of the symbol was looked up in the fill sources. */
  lookedUp(symbol: number): void {
    this.lookUps[symbol]!++;
  }

  /** Closes the account of the session; returns its report. */
  close(session: number, frame: Frame, prefetch: SessionReport['prefetch'], waitedMs: number): SessionReport {
    const { plan, block } = this;
    const states = this.changes;
    const digest = this.chain.add({
      date: frame.session.date,
      bars: hexWords(block.stagedDigest, (session % block.slabs[0]!.depth) * digestWords),
      states: this.mixStates(session),
      derived: this.mixDerived(session),
      changes: states,
      orders: [],
      trades: [],
      equity: [],
    });
    const symbols = Object.fromEntries(plan.symbols.map(({ name }, s) => [name, this.symbolReport(session, frame, s)]));
    const report = {
      date: frame.session.date,
      open: isoText(frame.session.open),
      close: isoText(frame.session.close),
      early: frame.session.early,
      digest,
      states,
      symbols,
      derived: Object.fromEntries(
        plan.intervals.slice(1).map(({ text }, i) => [text, this.derivedReport(session, i + 1)]),
      ),
      prefetch,
      waitedMs,
    };
    this.sessions.push(report);
    this.changes = [];
    this.lookUps.fill(0);
    return report;
  }

  private mixStates(session: number): string {
    const mix = new Mix();
    for (const slabs of this.block.slabs) {
      const words = new Int32Array(slabs.states.buffer, slabs.states.byteOffset, slabs.states.byteLength / 4);
      const from = stateOffset(slabs, session) / 4;
      mix.words(words, from, from + slabs.stateStride / 4);
    }
    mix.digest(this.digest);
    return hexWords(this.digest);
  }

  private mixDerived(session: number): string {
    const mix = new Mix();
    const { block } = this;
    for (const slabs of block.slabs.slice(1)) {
      const from = columnOffset(slabs, block.symbols, session, 0) * 2;
      const length = block.symbols * slabs.slots * 2;
      for (const column of [slabs.open, slabs.high, slabs.low, slabs.close, slabs.volume])
        mix.words(new Int32Array(column.buffer, column.byteOffset, column.length * 2), from, from + length);
    }
    mix.digest(this.digest);
    return hexWords(this.digest);
  }

  private symbolReport(session: number, frame: Frame, symbol: number): SymbolReport {
    const { block } = this;
    const base = block.slabs[0]!;
    const from = stateOffset(base, session) + symbol;
    const expected = frame.grids[0]!.count;
    const filled = block.filled[symbol]!;
    const streamed = block.counts[symbol]! - filled;
    let left = 0;
    for (let slot = 0; slot < expected; slot++)
      if (base.states[from + slot * block.symbols]! >= Provenance.candidate) left++;
    const price = (value: number): number | null => (Number.isNaN(value) ? null : value);
    return {
      expected,
      streamed,
      filled,
      missing: expected - streamed - filled,
      recoverable: filled + left,
      fillAttempts: this.lookUps[symbol]!,
      quality: qualityPercent(streamed + filled, expected),
      open: price(block.sessionOpen[symbol]!),
      high: price(block.sessionHigh[symbol]!),
      low: price(block.sessionLow[symbol]!),
      close: price(block.sessionLast[symbol]!),
      volume: block.sessionVolume[symbol]!,
      outside: block.stagedOutside[(session % base.depth) * block.symbols + symbol]!,
    };
  }

  private derivedReport(session: number, interval: number): Record<string, { bars: number; incomplete: number }> {
    const { block, plan } = this;
    const slabs = block.slabs[interval]!;
    const from = stateOffset(slabs, session);
    return Object.fromEntries(
      plan.symbols.map(({ name }, s) => {
        let bars = 0;
        let incomplete = 0;
        for (let slot = 0; slot < slabs.slots; slot++) {
          const state = slabs.states[from + slot * block.symbols + s]!;
          if (state !== Provenance.empty) bars++;
          if (state === Provenance.incomplete) incomplete++;
        }
        return [name, { bars, incomplete }];
      }),
    );
  }
}
