import { mostAmount } from '../../strategy/script.ts';

/** What is written on the ticket for an order that opens; null or undefined where nothing is. */
export interface Written {
  readonly type: 'market' | 'limit' | 'stop';
  readonly size: number | null | undefined;
  readonly price: number | null | undefined;
  readonly sl: number | null | undefined;
  readonly tp: number | null | undefined;
}

/** Why no order can be made of it, without the full stop, the field named as on the page; undefined where one can. */
export function ticketFault({ type, size, price, sl, tp }: Written): string | undefined {
  if (type !== 'market' && typeof price !== 'number') return `Order price is empty; a ${type} order needs one`;
  if (typeof size === 'number' && size > 1 && !Number.isInteger(size))
    return wrong('Order size', size, 'a share below 1, or whole units from 1 on');
  const fields = [
    ['Order size', size],
    ['Order price', type === 'market' ? null : price],
    ['Stop-loss price', sl],
    ['Take-profit price', tp],
  ] as const;
  for (const [name, value] of fields) {
    if (typeof value !== 'number') continue;
    if (!(value > 0)) return wrong(name, value, 'above 0');
    if (value > mostAmount) return wrong(name, value, `at most ${mostAmount.toLocaleString('en-US')}`);
  }
  return undefined;
}

function wrong(name: string, value: number, must: string): string {
  const shown = value.toLocaleString('en-US', { maximumSignificantDigits: 15 }).replace('-', '−');
  return `${name} was ${shown}; it must be ${must}`;
}
