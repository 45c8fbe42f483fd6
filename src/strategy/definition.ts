import type { Setting } from '../config/schema.ts';
import type { OwnScript } from './own-script.ts';
import type { Strategy } from './strategy.ts';

/** A parameter: its check, its default and a sentence, as settings have them. */
export type Param<T> = Setting<T>;

/** Values of the parameters, complete and checked. */
export type Params = Readonly<Record<string, unknown>>;

/** What is told of a strategy, and what can be set. */
export interface Described<P extends Params = Params> {
  /** What configurations call it. */
  readonly name: string;
  readonly title: string;
  /** What it does, in a paragraph. */
  readonly paragraph: string;
  /** Where it comes from. */
  readonly source: string;
  readonly params: { readonly [K in keyof P]: Param<P[K]> };
  /** Errors of parameters that are each right by themselves: the parameter and what it must be. */
  together?(params: P): { readonly param: keyof P & string; readonly must: string } | undefined;
}

/** Sizes that only honest fills know: in every run, or where several symbols share the account. */
export type HonestSizes = 'always' | 'of several symbols';

/** A strategy on the shelf. One file each; the list is shelf.ts. */
export interface Definition<P extends Params = Params> extends Described<P> {
  /** When the sizes of its orders are ones that the parity mode refuses; left out: never. */
  readonly honestSizes?: HonestSizes;
  /** A fresh one for a run of so many symbols. */
  make(params: P, symbols: number): Strategy;
}

/** A strategy of one's own: what its text declares without being run, and the script that it becomes (src/own). */
export interface OwnDefinition extends Described {
  readonly own: OwnScript;
  /** Bars of a symbol before it may order. */
  warmUpBars(params: Params): number;
}
