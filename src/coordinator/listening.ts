import { Provenance } from '../bars/provenance.ts';
import { stateOffset, type Block } from '../memory/block.ts';
import { Word } from '../memory/layout.ts';
import { beginChange, endChange } from '../memory/protocol.ts';
import type { Frame } from '../memory/timeline.ts';
import { countsAt, type Intervention } from '../session/intervention.ts';

/**
 * Which symbols the run listens to, and what else its user did to it: each intervention counts from an instant on, and is
 * repeated there by a run that goes back. While a symbol's stream is cancelled its bars stay where they are laid out, what upkeep
 * and the feed have for it is passed over, and its slots are not expected.
 */
export class Listening {
  /** All interventions so far, in the order of the instants from which they count. */
  readonly interventions: Intervention[];
  private readonly block: Block;
  private readonly onHistory: () => void;
  private applied = 0;
  private silent = 0;
  /** A stream was cancelled at some time. */
  private hasCancelled = false;
  private own: Frame['own'] = null;

  constructor(block: Block, before: readonly Intervention[], onHistory: () => void) {
    this.block = block;
    this.interventions = [...before];
    this.onHistory = onHistory;
  }

  /** The user's word, which counts from the instant of that slot on; one that changes nothing is not noted. */
  hear(intervention: Intervention): void {
    const { kind, symbol } = intervention;
    if (kind === 'history' && this.interventions.some((each) => each.kind === 'history')) return;
    const last = this.interventions.findLast((each) => each.symbol === symbol);
    if (kind !== 'history' && kind === (last?.kind ?? 'register')) return;
    this.interventions.push(intervention);
  }

  /** Moves on to a session. While the session rolls. */
  begin(frame: Frame): void {
    this.own = frame.own;
    this.block.unheard.fill(0);
    if (this.hasCancelled) this.block.deaf.fill(0);
  }

  /** Applies what counts from the instant of a slot on. Before the instant. */
  turnTo(session: number, slot: number): void {
    for (; this.applied < this.interventions.length; this.applied++) {
      const intervention = this.interventions[this.applied]!;
      if (!countsAt(intervention, session, slot)) return;
      this.apply(intervention);
    }
  }

  /** Notes which symbols are not listened to at the instant of a slot. Inside `metricsRevision`. */
  pass(slot: number): void {
    if (this.silent === 0) return;
    const { silent, unheard, deaf, symbols } = this.block;
    for (let s = 0; s < symbols; s++) {
      if (silent[s] === 0) continue;
      deaf[slot * symbols + s] = 1;
      if (this.own?.[s]?.expected[slot] !== 0) unheard[s]!++;
    }
  }

  /** Whether what concerns a slot of a symbol is listened to: now, and when the slot was played. */
  hears(symbol: number, slot: number): boolean {
    if (!this.hasCancelled) return true;
    const { silent, deaf, symbols } = this.block;
    return silent[symbol] === 0 && deaf[slot * symbols + symbol] === 0;
  }

  /** Takes the slots that were not listened to out of the unused candidates of a session, by symbol. */
  settle(session: number, left: Int32Array): void {
    if (!this.hasCancelled) return;
    const { block } = this;
    const { deaf } = block;
    const base = block.slabs[0]!;
    const from = stateOffset(base, session);
    for (let i = 0; i < deaf.length; i++)
      if (deaf[i] === 1 && base.states[from + i]! >= Provenance.candidate) left[i % block.symbols]!--;
  }

  private apply({ kind, symbol }: Intervention): void {
    if (kind === 'history') return this.onHistory();
    const { header, silent, barsUpdated } = this.block;
    this.hasCancelled = true;
    this.silent += kind === 'cancel' ? 1 : -1;
    beginChange(header, Word.metricsRevision);
    silent[symbol] = kind === 'cancel' ? 1 : 0;
    barsUpdated[symbol] = 0;
    endChange(header, Word.metricsRevision);
  }
}
