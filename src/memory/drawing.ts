import type { Block } from './block.ts';
import { Word } from './layout.ts';

/** The longest that a worker rests while the page draws one frame, in milliseconds: a page that is stuck must not hold up the run. */
const mostMs = 30;

/** The page begins to draw a frame. It alone calls this and `endDrawing`. */
export function beginDrawing({ header }: Block): void {
  const frame = header.load(Word.drawing);
  header.store(Word.drawing, frame + (frame & 1 ? 2 : 1));
}

/** What was begun is drawn. */
export function endDrawing({ header }: Block): void {
  const frame = header.load(Word.drawing);
  if ((frame & 1) === 0) return;
  header.store(Word.drawing, frame + 1);
  header.notify(Word.drawing);
}

/** Lets the page draw, in a worker: sleeps while a frame is drawn, once a frame. */
export class Courtesy {
  private readonly block: Block;
  private last = 0;

  constructor(block: Block) {
    this.block = block;
  }

  rest(): void {
    const { header } = this.block;
    const frame = header.load(Word.drawing);
    if ((frame & 1) === 0 || frame === this.last) return;
    this.last = frame;
    header.wait(Word.drawing, frame, mostMs);
  }
}
