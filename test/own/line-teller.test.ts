import { describe, expect, it } from 'vitest';
import { lineTeller } from '../../workers/line-teller.ts';

function teller() {
  const clock = { now: 0 };
  const told: number[] = [];
  const at = lineTeller(
    (line) => void told.push(line),
    () => clock.now,
  );
  return { clock, told, at };
}

describe('the teller of lines', () => {
  it('tells a line when it is another one, and again while it stays the same, so that who hears it knows of life', () => {
    const { clock, told, at } = teller();
    for (const line of [3, 3, 4, 4, 3]) at(line);
    expect(told).toEqual([3, 4, 3]);
    clock.now = 99;
    at(3);
    expect(told).toHaveLength(3);
    clock.now = 100;
    at(3);
    expect(told).toEqual([3, 4, 3, 3]);
  });

  it('leaves lines out that change too fast, and never that code is not at work, nor the line after that', () => {
    const { told, at } = teller();
    for (let i = 0; i < 1_000; i++) at(1 + (i % 2));
    expect(told).toHaveLength(100);
    at(0);
    at(0);
    at(7);
    at(8);
    expect(told.slice(100)).toEqual([0, 7]);
  });
});
