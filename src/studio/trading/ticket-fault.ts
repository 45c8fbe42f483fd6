import { mostAmount } from '../../strategy/script.ts';

export type TicketField = 'size' | 'price' | 'sl' | 'tp';

const fieldNames: Readonly<Record<TicketField, string>> = {
  size: 'Order size',
  price: 'Order price',
  sl: 'Stop-loss price',
  tp: 'Take-profit price',
};

/** What is written on the ticket for an order that opens; null or undefined where nothing is. */
export interface Written {
  readonly type: 'market' | 'limit' | 'stop';
  readonly size: number | null | undefined;
  readonly price: number | null | undefined;
  readonly sl: number | null | undefined;
  readonly tp: number | null | undefined;
  /** Fields in which something stands that is no number. */
  readonly unread: ReadonlySet<TicketField>;
}

/** Why no order can be made of it, without the full stop, the field named as on the page; undefined where one can. */
export function ticketFault({ type, size, price, sl, tp, unread }: Written): string | undefined {
  const isRead = (field: TicketField): boolean => field !== 'price' || type !== 'market';
  const broken = [...unread].find(isRead);
  if (broken !== undefined) return `What is written as ${fieldNames[broken]} is no number; it must be a number above 0`;
  if (type !== 'market' && typeof price !== 'number') return `${fieldNames.price} is empty; a ${type} order needs one`;
  if (typeof size === 'number' && size > 1 && !Number.isInteger(size))
    return wrong('size', size, 'a share below 1, or whole units from 1 on');
  const fields = [
    ['size', size],
    ['price', isRead('price') ? price : null],
    ['sl', sl],
    ['tp', tp],
  ] as const;
  for (const [field, value] of fields) {
    if (typeof value !== 'number') continue;
    if (!(value > 0)) return wrong(field, value, 'above 0');
    if (value > mostAmount) return wrong(field, value, `at most ${mostAmount.toLocaleString('en-US')}`);
  }
  return undefined;
}

function wrong(field: TicketField, value: number, must: string): string {
  const shown = value.toLocaleString('en-US', { maximumSignificantDigits: 15 }).replace('-', '−');
  return `${fieldNames[field]} was ${shown}; it must be ${must}`;
}
