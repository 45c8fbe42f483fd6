import { expect, test } from 'vitest';
import type { Script } from '../../../src/coordinator/by-hand.ts';
import type { HandOrder } from '../../../src/strategy/hand-order.ts';
import { Notices } from '../../../src/studio/notices.svelte.ts';
import { giveAndTell, ticketOf } from '../../../src/studio/trading/ticket.svelte.ts';

type Side = Parameters<typeof giveAndTell>[0];

/** A page whose run is traded by hand; `answer` is what becomes of the orders. */
function pageOf(isLive = true) {
  const asked: HandOrder[] = [];
  const deck = {
    plan: { strategy: { name: 'scripted' }, symbols: [{ name: 'SPY' }] },
    symbol: 0,
    isLive,
    goingBack: false,
    script: undefined as Script | undefined,
    order: (order: HandOrder) => asked.push(order),
  };
  const notices = new Notices();
  const studio = { deck, setUp: {}, notices, show: () => {}, showDock: () => {} } as unknown as Side;
  const answer = (script: Partial<Script> = {}): void => {
    deck.script = { orders: [], refusal: null, turnedDown: [], ...script };
  };
  return { studio, deck, notices, asked, answer, ticket: ticketOf(studio) };
}

test('an order by key is noted in the words of the ticket while that is out of sight, whether it is given or refused', () => {
  const { studio, notices, answer, ticket } = pageOf();
  ticket.size = 10;
  giveAndTell(studio, 'buy');
  expect(notices.note?.text()).toBe('');
  answer();
  expect(notices.note?.text()).toBe('Buy 10 SPY at the market: given, and counts from the next bar on.');
  giveAndTell(studio, 'close');
  answer({ refusal: 'Nothing is held of the symbol' });
  expect(notices.note?.text()).toBe('Refused: Nothing is held of the symbol.');
  notices.dismissNote('ticket');
  ticket.isSeen = true;
  giveAndTell(studio, 'buy');
  expect(notices.note).toBeUndefined();
});

test('an order by key is refused aloud before the run, and without a word where none is traded by hand', () => {
  const before = pageOf(false);
  giveAndTell(before.studio, 'buy');
  expect(before.notices.note?.text()).toBe('Refused: Orders are given while the tape plays or is paused.');
  expect(before.asked).toEqual([]);
  const other = pageOf();
  other.deck.plan.strategy.name = 'sma-cross';
  giveAndTell(other.studio, 'buy');
  expect(other.notices.note).toBeUndefined();
});

test('what the broker refuses at once is not said to be given, and each refusal is told once', () => {
  const { answer, ticket } = pageOf();
  const reason = 'stop-loss, price and take-profit are not in this order';
  const [third, fourth] = [3, 4].map((order) => ({ order, symbol: 0, reason }) as const);
  ticket.give('buy');
  answer({ turnedDown: [fourth!] });
  expect(ticket.given).toBeUndefined();
  expect(ticket.refusal).toBe(`The broker refused order 4, SPY: ${reason}.`);
  expect(ticket.othersRefused([third!, fourth!])).toEqual([`The broker refused order 3, SPY: ${reason}.`]);
});
