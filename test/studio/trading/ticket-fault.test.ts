import { expect, test } from 'vitest';
import { ticketFault, type Written } from '../../../src/studio/trading/ticket-fault.ts';

const blank: Written = { type: 'market', size: null, price: undefined, sl: null, tp: null, unread: new Set() };
const limit = { type: 'limit', price: 100 } as const;

test.each<[Partial<Written>, string]>([
  [{ size: -5 }, 'Order size was −5; it must be above 0'],
  [{ size: 0 }, 'Order size was 0; it must be above 0'],
  [{ size: 1.5 }, 'Order size was 1.5; it must be a share below 1, or whole units from 1 on'],
  [{ size: 2e12 }, 'Order size was 2,000,000,000,000; it must be at most 1,000,000,000,000'],
  [{ type: 'limit' }, 'Order price is empty; a limit order needs one'],
  [{ ...limit, price: 0 }, 'Order price was 0; it must be above 0'],
  [{ sl: -1.25 }, 'Stop-loss price was −1.25; it must be above 0'],
  [{ ...limit, tp: 0 }, 'Take-profit price was 0; it must be above 0'],
  // A browser gives "1e" as nothing, which would be all of the margin.
  [{ unread: new Set(['size']) }, 'What is written as Order size is no number; it must be a number above 0'],
  [
    { ...limit, unread: new Set(['price']) },
    'What is written as Order price is no number; it must be a number above 0',
  ],
])('%j is refused in the words of the page', (written, fault) => {
  expect(ticketFault({ ...blank, ...written })).toBe(fault);
});

test.each<Partial<Written>>([
  {},
  { size: 0.5 },
  { size: 10, sl: 90.5, tp: 110 },
  limit,
  // The price of a market order is not read.
  { price: 0 },
  { unread: new Set(['price']) },
])('%j makes an order', (written) => {
  expect(ticketFault({ ...blank, ...written })).toBeUndefined();
});
