import { expect, test } from 'vitest';
import { createBlock, type Block } from '../../src/memory/block.ts';
import { beginDrawing, Courtesy, endDrawing } from '../../src/memory/drawing.ts';
import { Word } from '../../src/memory/layout.ts';

// Some time in 2026; what a word holds of it has come around often.
const now = 1_795_000_000_000.25;

function shared(): Block {
  return createBlock({ symbols: 1, intervals: [{ slots: 1, history: 0 }], sessions: 1, quotes: 0, ticks: 0 }, true);
}

/** How long it would sleep at most, each time that it does; `meanwhile` is what the page does while it sleeps. */
function rests(courtesy: Courtesy, block: Block, meanwhile: () => void = () => undefined): number[] {
  const { header } = block;
  const { wait } = header;
  const most: number[] = [];
  header.wait = (place, value, timeoutMs) => {
    expect([place, value]).toEqual([Word.drawing, header.load(place)]);
    most.push(timeoutMs);
    meanwhile();
  };
  courtesy.rest();
  header.wait = wait;
  return most;
}

test('a loop rests once for each frame that is drawn, and for none that is not', () => {
  const block = shared();
  const courtesy = new Courtesy(block, () => now);
  expect(rests(courtesy, block)).toEqual([]);
  beginDrawing(block);
  expect(rests(courtesy, block)).toEqual([50]);
  expect(rests(courtesy, block)).toEqual([]);
  endDrawing(block, now + 1);
  expect(rests(courtesy, block)).toEqual([]);
  beginDrawing(block);
  expect(rests(courtesy, block)).toEqual([50]);
  // The end of one frame may come after the beginning of the next, or of one that began in another block.
  beginDrawing(block);
  expect(rests(courtesy, block)).toEqual([50]);
  endDrawing(block, now + 1);
  endDrawing(block, now + 1);
  expect(rests(courtesy, block)).toEqual([]);
});

test('it rests from when a frame is due until that is drawn', () => {
  const block = shared();
  let at = now;
  const courtesy = new Courtesy(block, () => at);
  beginDrawing(block);
  endDrawing(block, now + 10);
  at = now + 9.9;
  expect(rests(courtesy, block)).toEqual([]);
  at = now + 10;
  // The frame begins meanwhile.
  expect(rests(courtesy, block, () => beginDrawing(block))).toEqual([6, 50]);
});

test('a frame that is due is waited for once, and drawn in time it is not waited for again', () => {
  const block = shared();
  const courtesy = new Courtesy(block, () => now);
  beginDrawing(block);
  endDrawing(block, now);
  expect(rests(courtesy, block)).toEqual([6]);
  expect(rests(courtesy, block)).toEqual([]);
  beginDrawing(block);
  endDrawing(block, now);
  const draw = (): void => {
    beginDrawing(block);
    endDrawing(block, now + 10);
  };
  expect(rests(courtesy, block, draw)).toEqual([6]);
});

test('a page that draws no more is not waited for', () => {
  const block = shared();
  let at = now;
  const courtesy = new Courtesy(block, () => at);
  beginDrawing(block);
  endDrawing(block, now);
  at = now + 6.5;
  expect(rests(courtesy, block)).toEqual([]);
  at = now + 24 * 3_600_000;
  expect(rests(courtesy, block)).toEqual([]);
});

test('one that rests goes on by itself when the frame takes too long', () => {
  const block = shared();
  beginDrawing(block);
  new Courtesy(block, () => now).rest();
  expect(block.header.load(Word.drawing)).toBe(1);
});
