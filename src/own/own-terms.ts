import type { OrderTerms } from '../strategy/broker/order.ts';
import type { Size } from '../strategy/broker/size.ts';

const prices = ['limit', 'stop', 'sl', 'tp', 'oneOf'] as const;
const known = ['size', ...prices, 'good', 'at'];
const sizes = ['units', 'cash', 'equity', 'risk', 'lot'];

/** The terms of an order, checked and copied: what own code gives may change afterwards, and may be anything. Throws a RangeError. */
export function orderTerms(given: OrderTerms): OrderTerms {
  if (typeof given !== 'object' || given === null)
    throw new RangeError(`The terms of an order were ${String(given)}; they must be an object such as { size: 1 }`);
  const terms: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given) as [string, unknown][]) {
    if (!known.includes(key)) throw new RangeError(`${key} is no term of an order; there are ${known.join(', ')}`);
    if (value === undefined) continue;
    if (key === 'size') terms[key] = sizeOf(value);
    else if (key === 'good' || key === 'at') terms[key] = oneOf(key, value);
    else if (typeof value === 'number') terms[key] = value;
    else throw new RangeError(`${key} of an order was ${String(value)}; it must be a number`);
  }
  return terms;
}

function oneOf(key: 'good' | 'at', value: unknown): string {
  const choices = key === 'good' ? ['session', 'cancelled'] : ['open', 'close'];
  if (typeof value === 'string' && choices.includes(value)) return value;
  throw new RangeError(`${key} of an order was ${String(value)}; it must be ${choices.join(' or ')}`);
}

function sizeOf(value: unknown): Size {
  if (typeof value === 'number') return value;
  const wrong = (): never => {
    throw new RangeError(
      `The size of an order was ${String(value)}; it must be a number, or { units }, { cash }, { equity } or { risk }`,
    );
  };
  if (typeof value !== 'object' || value === null) return wrong();
  const entries = Object.entries(value) as [string, unknown][];
  const amounts = entries.filter(([key]) => key !== 'lot');
  if (amounts.length !== 1 || !entries.every(([key, each]) => sizes.includes(key) && typeof each === 'number'))
    return wrong();
  return Object.fromEntries(entries) as unknown as Size;
}
