import { describe, expect, it } from 'vitest';
import { Word } from '../../src/memory/layout.ts';
import { HookWatch } from '../../src/own/hook-watch.ts';
import { Runaway } from '../../src/own/runaway.ts';

describe('the watch over hooks', () => {
  it('stops a hook that does not come back, also when that is caught, and calls no other', () => {
    let now = 0;
    const watch = new HookWatch(() => now);
    watch.enter();
    watch.check(3);
    now = 700;
    expect(watch.check(3)).toBe(0);
    watch.leave();
    watch.enter();
    now = 1_400;
    expect(watch.check(4)).toBe(0);
    now = 2_300;
    expect(() => watch.check(5)).toThrow(Runaway);
    expect(() => watch.check(5)).toThrow('line 5, column 1: the strategy did not come back');
    expect(() => watch.enter()).toThrow(Runaway);
  });

  it('shows to others whether a hook is at work and where, in a loop without calls too', () => {
    const words = new Int32Array(Word.hookLine + 1);
    const told: number[] = [];
    const watch = new HookWatch(
      () => 0,
      words,
      (line) => void told.push(line),
    );
    watch.enter();
    expect(words[Word.hookCalls]! % 2).toBe(1);
    watch.at(4);
    expect(words[Word.hookLine]).toBe(4);
    watch.check(7);
    expect(words[Word.hookLine]).toBe(7);
    watch.leave();
    expect(words[Word.hookCalls]! % 2).toBe(0);
    expect(told).toEqual([4, 7]);
  });
});
