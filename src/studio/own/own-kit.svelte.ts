import { error } from '../../config/finding.ts';
import { codeHash } from '../../own/read-code.ts';
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
  /** Its user has written it, or read it and allowed it to run. */
  readonly isAllowed: boolean;
}

/** All that own code needs on the page: loaded with the first. */
class OwnKit {
  readonly kept = new KeptCode(window);
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
    this.#draft = { name: this.kept.freeName('My strategy'), text: startingCode, isAllowed: true };
  }

  edit({ name, text, isForeign }: KeptText): void {
    if (this.#draft?.keptAs === name && this.isUnkept) return;
    const isAllowed = this.kept.mayRun(text);
    this.#draft = { name, text, keptAs: name, isAllowed, isForeign: !isAllowed || isForeign };
  }

  /** Shows a text that came from a file. */
  show(name: string, text: string): void {
    const isAllowed = this.kept.mayRun(text);
    const isForeign = !isAllowed || this.kept.find(codeHash(text))?.isForeign;
    this.#draft = { name: this.kept.freeName(name), text, isAllowed, isForeign };
  }

  write(change: Partial<KeptText>): void {
    if (this.#draft) this.#draft = { ...this.#draft, ...change };
  }

  /** Keeps the draft and lets it run. Returns false where the browser keeps nothing. */
  keep(): boolean {
    const draft = this.#draft;
    if (!draft) return true;
    const { name, text, keptAs, isForeign } = draft;
    if (keptAs !== undefined && keptAs !== name) this.kept.remove(keptAs);
    this.#draft = { ...draft, keptAs: name, isAllowed: true };
    return this.kept.keep({ name, text, ...(isForeign && { isForeign }) });
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
    if (found && !this.kept.mayRun(found.text)) {
      const words = `The set-up needs "${found.name}", which came from elsewhere and was not allowed to run: read it under Strategy, and allow it there`;
      return { ok: false, findings: [error('strategy.code', code, words)] };
    }
    return planStrategy(choice, this.kept.definitions);
  }
}

export type { OwnKit };

export const ownKit = new OwnKit();
serveOwnCode(ownHost);
