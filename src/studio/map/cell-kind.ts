/** What a cell of the map shows; told apart by colour and by pattern. */
export type CellKind = 'shut' | 'present' | 'mostly' | 'partly' | 'missing' | 'outside';

/** The part of its slots that a cell has from which on it is "mostly" there. */
const most = 0.9;

/** A cell in which bars are expected shows whether they are there, also where others lie outside of the session. */
export function cellKind(expected: number, present: number, outside: number): CellKind {
  if (expected === 0) return outside > 0 ? 'outside' : 'shut';
  if (present >= expected) return 'present';
  if (present === 0) return 'missing';
  return present >= most * expected ? 'mostly' : 'partly';
}

/** The kinds of cells that a legend explains, in its order. */
export const toldKinds = [
  { kind: 'present', words: 'present' },
  { kind: 'mostly', words: 'from 90 %' },
  { kind: 'partly', words: 'less' },
  { kind: 'missing', words: 'missing' },
  { kind: 'outside', words: 'outside' },
] as const satisfies readonly { readonly kind: CellKind; readonly words: string }[];
