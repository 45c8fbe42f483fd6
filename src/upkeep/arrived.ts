import { fateOffset, type Block } from '../memory/block.ts';
import { arrivalWords } from '../memory/layout.ts';

/**
 * Which late bars of a session have arrived by a tick, from the list that the library leaves: upkeep is ahead of the clock and
 * cannot see it from the states.
 */
export class Arrived {
  private readonly block: Block;
  private readonly cells: Uint8Array;
  private at = 0;
  private end = 0;

  constructor(block: Block) {
    this.block = block;
    this.cells = new Uint8Array(block.symbols * block.slabs[0]!.slots);
  }

  /** Moves on to a session that is staged. */
  begin(session: number): void {
    const { arrivalCount, layout } = this.block;
    this.cells.fill(0);
    this.at = fateOffset(this.block, session) * arrivalWords;
    this.end = this.at + arrivalCount[session % (1 + layout.ahead)]! * arrivalWords;
  }

  /** Takes in what arrives up to and with the end of a base slot. */
  upTo(slot: number): void {
    const { arrivals } = this.block;
    for (; this.at < this.end && arrivals[this.at]! <= slot; this.at += arrivalWords)
      this.cells[arrivals[this.at + 1]!] = 1;
  }

  /** Whether the bar at `slot * symbols + symbol` was late and is there. */
  has(cell: number): boolean {
    return this.cells[cell] === 1;
  }
}
