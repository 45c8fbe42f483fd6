import { SvelteSet } from 'svelte/reactivity';
import type { RefusedTold } from '../../strategy/book-piece.ts';
import type { HandOrder } from '../../strategy/hand-order.ts';
import type { Deck } from '../deck.svelte.ts';
import type { SetUp } from '../set-up.svelte.ts';
import type { Studio } from '../studio.svelte.ts';
import { orderWords, refusedWords } from './order-words.ts';
import { ticketFault, type TicketField } from './ticket-fault.ts';

/** What a market order, a limit order and a stop order wait for. */
export type OrderType = 'market' | 'limit' | 'stop';

type Op = HandOrder['op'];
interface Side {
  readonly deck: Deck;
  readonly setUp: SetUp;
}

/** The ticket on which orders by hand are written, and what became of the last of them. */
export class Ticket {
  readonly #deck: Deck;
  readonly #setUp: SetUp;
  #symbol = $state<number>();
  type = $state<OrderType>('market');
  /** As they are written; null or undefined where nothing is. */
  price = $state<number | null>();
  size = $state<number | null>();
  sl = $state<number | null>();
  tp = $state<number | null>();
  /** Fields in which something stands that is no number. */
  readonly unread = new SvelteSet<TicketField>();
  /** What was asked last, in words, and what the script was then: it is answered when that is another one. */
  #asked = $state.raw<{ readonly words: string; readonly before: object | undefined }>();
  #wrong = $state<string>();
  /** What it tells of the last order is on the screen. */
  isSeen = $state(false);

  constructor({ deck, setUp }: Side) {
    this.#deck = deck;
    this.#setUp = setUp;
  }

  /** Place in the run of the symbol that is traded: the charted one until another is chosen. */
  get symbol(): number {
    const { plan, symbol } = this.#deck;
    return this.#symbol !== undefined && plan?.symbols[this.#symbol] ? this.#symbol : symbol;
  }

  set symbol(place: number) {
    this.#symbol = place;
  }

  /** The run, or the one that Play would start, is traded by hand. */
  get isByHand(): boolean {
    const { strategy } = this.#deck.plan ?? {};
    return strategy?.name === 'scripted' && !strategy.own;
  }

  get canGive(): boolean {
    const { isLive, goingBack } = this.#deck;
    return this.isByHand && isLive && !goingBack;
  }

  /** Orders of the set-up's list, which Play gives again. */
  get listed(): number {
    const orders = this.#setUp.config.strategy?.params['orders'];
    return Array.isArray(orders) ? orders.length : 0;
  }

  /** That the last order was refused, and why, in sentences. */
  get refusal(): string | undefined {
    const { refusal = null, turnedDown = [] } = (this.#isAnswered && this.#deck.script) || {};
    const wrong = this.#wrong ?? refusal;
    if (wrong !== null) return `Refused: ${wrong}.`;
    if (turnedDown.length === 0) return undefined;
    return turnedDown.map((told) => this.#refusedWords(told)).join(' ');
  }

  /** What the broker refused of what was given before the last order, or came due by itself, in sentences. */
  othersRefused(refused: readonly RefusedTold[]): string[] {
    const told = (this.#isAnswered && this.#deck.script?.turnedDown) || [];
    return refused
      .filter(({ order }) => told.every((each) => each.order !== order))
      .map((other) => this.#refusedWords(other));
  }

  /** What was given last. */
  get given(): string | undefined {
    return this.#isAnswered && this.refusal === undefined ? this.#asked?.words : undefined;
  }

  /** What became of the last order, in sentences; empty while it is not answered. */
  get outcome(): string {
    return this.refusal ?? this.given ?? '';
  }

  get #isAnswered(): boolean {
    return this.#asked !== undefined && this.#deck.script !== undefined && this.#deck.script !== this.#asked.before;
  }

  #refusedWords(told: RefusedTold): string {
    return refusedWords(told, this.#deck.plan?.symbols[told.symbol]?.name ?? '');
  }

  /** Makes trading by hand the strategy of the set-up, without orders: the next run has it. */
  chooseByHand(): void {
    this.#setUp.chooseStrategy({ name: 'scripted', params: {} });
  }

  noteUnread(field: TicketField, isUnread: boolean): void {
    if (isUnread) this.unread.add(field);
    else this.unread.delete(field);
  }

  /** Gives what is written as an order, or closes, cancels, flattens. */
  give(op: Op, order: number | null = null): void {
    if (!this.isByHand) return;
    const opens = op === 'buy' || op === 'sell';
    this.#wrong = undefined;
    this.#asked = undefined;
    if (!this.canGive) {
      this.#wrong = 'Orders are given while the tape plays or is paused';
      return;
    }
    if (opens) {
      this.#wrong = ticketFault(this);
      if (this.#wrong !== undefined) return;
    }
    const asked: HandOrder = {
      op,
      symbol: this.symbol,
      size: opens ? (this.size ?? null) : null,
      limit: opens && this.type === 'limit' ? (this.price ?? null) : null,
      stop: opens && this.type === 'stop' ? (this.price ?? null) : null,
      sl: opens ? (this.sl ?? null) : null,
      tp: opens ? (this.tp ?? null) : null,
      order,
    };
    const name = this.#deck.plan?.symbols[this.symbol]?.name ?? '';
    this.#asked = { words: orderWords(asked, name), before: this.#deck.script };
    this.#deck.order(asked);
  }
}

const tickets = new WeakMap<Deck, Ticket>();

/** The one ticket of a deck. */
export function ticketOf(side: Side): Ticket {
  const ticket = tickets.get(side.deck) ?? new Ticket(side);
  tickets.set(side.deck, ticket);
  return ticket;
}

/** Gives an order as the ticket says, by key or button, and tells what became of it where the ticket is out of sight. */
export function giveAndTell(studio: Pick<Studio, 'deck' | 'setUp' | 'notices' | 'show' | 'showDock'>, op: Op): void {
  const ticket = ticketOf(studio);
  ticket.give(op);
  if (!ticket.isByHand || ticket.isSeen) return;
  studio.notices.tell({
    topic: 'ticket',
    text: () => ticket.outcome,
    action: {
      name: 'Show the ticket',
      act: () => {
        studio.notices.dismissNote('ticket');
        studio.show('chart');
        studio.showDock('trading');
      },
    },
  });
}
