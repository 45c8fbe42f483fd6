import type { OpenTradeTold, OrderTold } from '../../strategy/book-piece.ts';
import type { Trade } from '../../strategy/trade.ts';
import type { Deck } from '../deck.svelte.ts';

/**
 * Orders and trades of the run on the deck, as far as they were told: asked for when a look says that they changed, a piece at a time.
 * Whoever shows them calls `follow` with each look.
 */
export class TradeBook {
  readonly #deck: Deck;
  #closed = $state.raw<readonly Trade[]>([]);
  #open = $state.raw<readonly OpenTradeTold[]>([]);
  #orders = $state.raw<readonly OrderTold[]>([]);
  #chosen = $state.raw<string>();
  #lap = -1;
  #changes = 0;
  #total = 0;
  #isAsking = false;

  constructor(deck: Deck) {
    this.#deck = deck;
  }

  /** In the order in which they closed. */
  get closed(): readonly Trade[] {
    return this.#closed;
  }

  get open(): readonly OpenTradeTold[] {
    return this.#open;
  }

  get orders(): readonly OrderTold[] {
    return this.#orders;
  }

  /** The key of the trade (`TradeRow`) that was chosen last. */
  get chosen(): string | undefined {
    return this.#chosen;
  }

  choose(key: string): void {
    this.#chosen = key;
  }

  /** Asks for what has changed, if anything did. */
  follow(): void {
    const { lap, board } = this.#deck;
    if (lap !== this.#lap) this.#forget(lap);
    const changes = board?.account?.changes;
    if (changes === undefined || this.#isAsking) return;
    if (changes !== this.#changes || this.#closed.length < this.#total) void this.#ask(lap);
  }

  #forget(lap: number): void {
    this.#lap = lap;
    this.#closed = [];
    this.#open = [];
    this.#orders = [];
    this.#changes = this.#total = 0;
    this.#isAsking = false;
  }

  async #ask(lap: number): Promise<void> {
    this.#isAsking = true;
    do {
      const piece = await this.#deck.book(this.#closed.length);
      if (lap !== this.#lap) return;
      if (!piece) break;
      if (piece.closed.length > 0) this.#closed = [...this.#closed, ...piece.closed];
      this.#open = piece.open;
      this.#orders = piece.orders;
      this.#changes = piece.changes;
      this.#total = piece.closedTrades;
      // While the run plays, the next look asks on.
    } while (this.#closed.length < this.#total && this.#deck.phase !== 'playing');
    this.#isAsking = false;
  }
}

const books = new WeakMap<Deck, TradeBook>();

/** The one book of a deck. */
export function tradeBookOf(deck: Deck): TradeBook {
  const book = books.get(deck) ?? new TradeBook(deck);
  books.set(deck, book);
  return book;
}
