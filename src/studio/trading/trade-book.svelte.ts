import { untrack } from 'svelte';
import type { OpenTradeTold, OrderTold, RefusedTold } from '../../strategy/book-piece.ts';
import type { Trade } from '../../strategy/trade.ts';
import type { Deck } from '../deck.svelte.ts';
import { TradeIndex } from './trade-index.ts';
import { closedRow, openRow, type TradeRow } from './trade-rows.ts';

/**
 * Orders and trades of the run on the deck, as far as they were told: asked for when a look says that they changed, a piece at a time.
 * Whoever shows them calls `follow` with each look.
 */
export class TradeBook {
  readonly #deck: Deck;
  #closed = $state.raw<readonly TradeRow[]>([]);
  #index = new TradeIndex();
  #open = $state.raw<readonly OpenTradeTold[]>([]);
  #orders = $state.raw<readonly OrderTold[]>([]);
  #refused = $state.raw<readonly RefusedTold[]>([]);
  #chosen = $state.raw<string>();
  #lap = -1;
  #changes = 0;
  #total = 0;
  #isAsking = false;

  constructor(deck: Deck) {
    this.#deck = deck;
  }

  /** In the order in which they closed. */
  get closed(): readonly TradeRow[] {
    return this.#closed;
  }

  /** At the latest prices. Made anew whenever it is read: what is derived would die with the panel that read it first. */
  get openRows(): readonly TradeRow[] {
    const { board } = this.#deck;
    return this.#open.map((trade, i) => openRow(trade, this.#closed.length + i + 1, board?.last[trade.symbol] ?? NaN));
  }

  /** The trades of a symbol that were open at some time between two, epoch milliseconds; those that are open now last. */
  within(symbol: number, from: number, to: number): TradeRow[] {
    // What was told since is seen by the reader of this.
    void this.#closed;
    const open = this.openRows.filter((row) => row.symbol === symbol && row.entryTime <= to);
    return [...this.#index.within(symbol, from, to), ...open];
  }

  get open(): readonly OpenTradeTold[] {
    return this.#open;
  }

  get orders(): readonly OrderTold[] {
    return this.#orders;
  }

  /** The last orders that the broker refused, oldest first. */
  get refused(): readonly RefusedTold[] {
    return this.#refused;
  }

  /** The key of the trade (`TradeRow`) that was chosen last. */
  get chosen(): string | undefined {
    return this.#chosen;
  }

  choose(key: string): void {
    this.#chosen = key;
  }

  /** Asks for what has changed, if anything did; for an effect, that depends on the look alone. */
  follow(): void {
    const { lap, board } = this.#deck;
    const changes = board?.account?.changes;
    untrack(() => this.#followTo(lap, changes));
  }

  #followTo(lap: number, changes: number | undefined): void {
    if (lap !== this.#lap) this.#forget(lap);
    if (changes === undefined || this.#isAsking) return;
    if (changes !== this.#changes || this.#closed.length < this.#total) void this.#ask(lap);
  }

  #forget(lap: number): void {
    this.#lap = lap;
    this.#closed = [];
    this.#index = new TradeIndex();
    this.#open = [];
    this.#orders = [];
    this.#refused = [];
    this.#changes = this.#total = 0;
    this.#isAsking = false;
  }

  async #ask(lap: number): Promise<void> {
    this.#isAsking = true;
    do {
      const piece = await this.#deck.book(this.#closed.length);
      if (lap !== this.#lap) return;
      if (!piece) break;
      this.#take(piece.closed);
      this.#open = piece.open;
      this.#orders = piece.orders;
      this.#refused = piece.refused;
      this.#changes = piece.changes;
      this.#total = piece.closedTrades;
      // While the run plays, the next look asks on.
    } while (this.#closed.length < this.#total && this.#deck.phase !== 'playing');
    this.#isAsking = false;
  }

  #take(closed: readonly Trade[]): void {
    if (closed.length === 0) return;
    const places = new Map(this.#deck.plan?.symbols.map(({ name }, place) => [name, place]));
    const known = this.#closed.length;
    const rows = closed.map((trade, i) => closedRow(trade, known + i, places.get(trade.symbol) ?? 0));
    for (const row of rows) this.#index.add(row);
    this.#closed = [...this.#closed, ...rows];
  }
}

const books = new WeakMap<Deck, TradeBook>();

/** The one book of a deck. */
export function tradeBookOf(deck: Deck): TradeBook {
  const book = books.get(deck) ?? new TradeBook(deck);
  books.set(deck, book);
  return book;
}
