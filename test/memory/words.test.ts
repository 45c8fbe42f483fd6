import { expect, test } from 'vitest';
import { OwnWords, SharedWords, openWords, type Words } from '../../src/memory/words.ts';
import { seeded } from '../support/synthetic.ts';

test('a buffer that is shared has atomic words, one of a thread’s own has plain ones', () => {
  expect(openWords(new Int32Array(new SharedArrayBuffer(16)))).toBeInstanceOf(SharedWords);
  expect(openWords(new Int32Array(4))).toBeInstanceOf(OwnWords);
});

test('both come to the same, overflow included', () => {
  const random = seeded(5);
  const both: readonly Words[] = [openWords(new Int32Array(new SharedArrayBuffer(16))), openWords(new Int32Array(4))];
  for (let n = 0; n < 2_000; n++) {
    const place = Math.floor(random() * 4);
    const value = Math.floor((random() - 0.5) * 4_294_967_296);
    const isAdd = random() < 0.5;
    const [one, other] = both.map((words) => {
      const before = isAdd ? words.add(place, value) : words.store(place, value);
      return [before, words.load(place)];
    });
    expect(other).toEqual(one);
  }
});

test('a thread that has the memory to itself does not sleep on it', () => {
  expect(() => new OwnWords(new Int32Array(1)).wait()).toThrow('nobody would end the sleep');
});
