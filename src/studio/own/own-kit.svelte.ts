import { error } from '../../config/finding.ts';
import type { StrategyChoice } from '../../config/schema.ts';
import { planStrategy, type PlannedStrategy } from '../../strategy/plan-strategy.ts';
import { serveOwnCode } from '../workers.ts';
import { KeptCode, type KeptText } from './kept-code.svelte.ts';
import { ownHost } from './own-host.ts';
import { startingCode } from './starting-code.ts';

/** A text that is being written or read. */
export interface Draft extends KeptText {
  /** The name under which it is kept; undefined while it is not. */
  readonly keptAs?: string;
  /** It came from a file, and was not taken over. */
  readonly isForeign: boolean;
}

/** All that own code needs on the page: loaded with the first. */
class OwnKit {
  readonly kept = new KeptCode();
  #draft = $state.raw<Draft>();

  /** What the editor shows; stays as long as the page, so that closing the editor loses nothing. */
  get draft(): Draft | undefined {
    return this.#draft;
  }

  /** What was written since it was kept. */
  get isUnkept(): boolean {
    const draft = this.#draft;
    if (!draft) return false;
    const { name, text } = draft;
    return !this.kept.all.some((each) => each.name === name && each.text === text);
  }

  begin(): void {
    this.#draft = { name: this.kept.freeName('My strategy'), text: startingCode, isForeign: false };
  }

  edit({ name, text }: KeptText): void {
    if (this.#draft?.keptAs === name && this.isUnkept) return;
    this.#draft = { name, text, keptAs: name, isForeign: !this.kept.isMine(text) };
  }

  /** Shows a text that came from a file. */
  show(name: string, text: string): void {
    const isForeign = !this.kept.isMine(text);
    this.#draft = { name: this.kept.freeName(name), text, isForeign };
  }

  write(change: Partial<KeptText>): void {
    if (this.#draft) this.#draft = { ...this.#draft, ...change };
  }

  /** Keeps the draft as its user's own. Returns false where the browser keeps nothing. */
  keep(): boolean {
    const draft = this.#draft;
    if (!draft) return true;
    const { name, text, keptAs } = draft;
    if (keptAs !== undefined && keptAs !== name) this.kept.remove(keptAs);
    this.#draft = { name, text, keptAs: name, isForeign: false };
    return this.kept.keep(name, text);
  }

  forget(): void {
    const { keptAs } = this.#draft ?? {};
    if (keptAs !== undefined) this.kept.remove(keptAs);
    this.#draft = undefined;
  }

  /** Decides a strategy that a configuration names by the hash of its code. */
  decide(choice: StrategyChoice): PlannedStrategy {
    const { code } = choice;
    const found = code === undefined ? undefined : this.kept.find(code);
    if (found && !this.kept.isMine(found.text)) {
      const words = `The set-up needs "${found.name}", which came from elsewhere and was not taken over: read it under Strategy, and keep it as yours`;
      return { ok: false, findings: [error('strategy.code', code, words)] };
    }
    return planStrategy(choice, this.kept.definitions);
  }
}

export type { OwnKit };

export const ownKit = new OwnKit();
serveOwnCode(ownHost);
