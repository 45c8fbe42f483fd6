import type { Example } from './example.ts';

/** What is told of one thing, such as a setting; its id is a place that links may lead to. */
export interface Entry {
  readonly id: string;
  readonly term: string;
  readonly text: string;
  /** Names and values, such as the default; each is a place too, whose id is `entryId` of the entry's and the name. */
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/** A paragraph, or what stands between paragraphs. Texts have `code`, **what the page calls it** and [words](#id) that lead to a place. */
export type Block =
  | string
  | { readonly list: readonly string[] }
  | { readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] } }
  | { readonly entries: readonly Entry[] }
  | { readonly example: Example };

/** The id of an entry of a list: `format` and `Yahoo Finance` are `format-yahoo-finance`. */
export function entryId(list: string, name: string): string {
  return `${list}-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly sections: readonly Section[];
}

/** A piece of a text, as it is shown. */
export interface Span {
  readonly kind: 'plain' | 'code' | 'strong' | 'link';
  readonly text: string;
  /** Of a link: the id of the place it leads to. */
  readonly to?: string;
}

/** A text, taken apart. */
export function spansOf(text: string): readonly Span[] {
  const pieces = text.split(/(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\(#[^)]+\))/);
  return pieces.filter((piece) => piece !== '').map(spanOf);
}

function spanOf(piece: string): Span {
  const link = /^\[([^\]]+)\]\(#([^)]+)\)$/.exec(piece);
  if (link) return { kind: 'link', text: link[1]!, to: link[2]! };
  if (piece.startsWith('**')) return { kind: 'strong', text: piece.slice(2, -2) };
  if (piece.startsWith('`')) return { kind: 'code', text: piece.slice(1, -1) };
  return { kind: 'plain', text: piece };
}
