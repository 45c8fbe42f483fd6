import type { Block } from './block.ts';
import { Word } from './layout.ts';

/** The longest that a worker rests while the page draws one frame, in milliseconds: a page that is stuck must not hold up the run. */
const mostMs = 50;

/** The longest that it waits for a frame that is due, in milliseconds: the page may draw no more. */
const mostDueMs = 6;

/** Hundredths of a millisecond in a word of 32 bits. They come around after twelve hours; what is compared lies within one frame. */
const hundredths = (epochMs: number): number => (epochMs * 100) | 0;

/** The page begins to draw a frame. It alone calls this and `endDrawing`. */
export function beginDrawing({ header }: Block): void {
  const frame = header.load(Word.drawing);
  header.store(Word.drawing, frame + (frame & 1 ? 2 : 1));
}

/** What was begun is drawn; the next frame is due at `nextMs`, in epoch milliseconds. */
export function endDrawing({ header }: Block, nextMs: number): void {
  const frame = header.load(Word.drawing);
  if ((frame & 1) === 0) return;
  header.store(Word.nextFrame, hundredths(nextMs));
  header.store(Word.drawing, frame + 1);
  header.notify(Word.drawing);
}

/**
 * Lets the page draw, in a worker: sleeps while a frame is drawn, once a frame, and from when it is due. Until a browser draws, half a
 * dozen of its threads wake one another; each would wait for a processor that the run has.
 */
export class Courtesy {
  private readonly block: Block;
  private readonly nowMs: () => number;
  private last = 0;

  /** `nowMs` gives epoch milliseconds. */
  constructor(block: Block, nowMs: () => number) {
    this.block = block;
    this.nowMs = nowMs;
  }

  rest(): void {
    const { header } = this.block;
    const frame = header.load(Word.drawing);
    if (frame === this.last) return;
    if (frame & 1) this.sleep(frame, mostMs);
    else if (this.isDue()) {
      this.sleep(frame, mostDueMs);
      // Nobody wakes it when the frame begins, but when it is drawn.
      const begun = header.load(Word.drawing);
      if (begun & 1) this.sleep(begun, mostMs);
    }
  }

  private isDue(): boolean {
    const late = (hundredths(this.nowMs()) - this.block.header.load(Word.nextFrame)) | 0;
    return late >= 0 && late < mostDueMs * 100;
  }

  private sleep(frame: number, ms: number): void {
    this.last = frame;
    this.block.header.wait(Word.drawing, frame, ms);
  }
}
