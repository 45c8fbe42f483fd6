import { expect, test } from 'vitest';
import type { Block } from '../../src/memory/block.ts';
import { createBlock } from '../../src/memory/block.ts';
import { beginDrawing, Courtesy, endDrawing } from '../../src/memory/drawing.ts';
import { Word } from '../../src/memory/layout.ts';

function shared(): Block {
  return createBlock({ symbols: 1, intervals: [{ slots: 1, history: 0 }], sessions: 1, quotes: 0, ticks: 0 }, true);
}

/** Whether it slept. */
function rested(courtesy: Courtesy, block: Block): boolean {
  let slept = false;
  const { header } = block;
  const { wait } = header;
  header.wait = (place, value, timeoutMs) => {
    slept = true;
    expect([place, value, timeoutMs]).toEqual([Word.drawing, header.load(place), 30]);
    wait.call(header, place, value, 0);
  };
  courtesy.rest();
  header.wait = wait;
  return slept;
}

test('a loop rests once for each frame that is drawn, and for none that is not', () => {
  const block = shared();
  const courtesy = new Courtesy(block);
  const rests = (): boolean => rested(courtesy, block);
  expect(rests()).toBe(false);
  beginDrawing(block);
  expect([rests(), rests()]).toEqual([true, false]);
  endDrawing(block);
  expect(rests()).toBe(false);
  beginDrawing(block);
  expect(rests()).toBe(true);
  // The end of one frame may come after the beginning of the next, or of one that began in another block.
  beginDrawing(block);
  expect(rests()).toBe(true);
  endDrawing(block);
  endDrawing(block);
  expect(rests()).toBe(false);
});

test('one that rests goes on by itself when the frame takes too long', () => {
  const block = shared();
  beginDrawing(block);
  new Courtesy(block).rest();
  expect(block.header.load(Word.drawing)).toBe(1);
});
