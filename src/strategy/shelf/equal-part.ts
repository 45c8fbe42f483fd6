import type { Size } from '../broker/size.ts';

/** What one of so many symbols may take of the account: of one all of the free margin, of several an equal part of its worth. */
export function equalPart(symbols: number): { readonly size?: Size } {
  return symbols === 1 ? {} : { size: { equity: 1 / symbols } };
}
