import { expect, test } from 'vitest';
import { number, positive, whole } from '../../../src/config/kinds.ts';
import { shelf } from '../../../src/strategy/shelf.ts';
import { slidersOf, sliderWords } from '../../../src/studio/what-if/sliders.ts';
import { planStrategy } from '../../../src/strategy/plan-strategy.ts';

const sliderOf = (kind: ReturnType<typeof whole>, initial: number, value: number) =>
  slidersOf({ params: { x: { kind, default: initial, help: '' } } }, { x: value })[0]!;

test('a slider reaches from the least value to three times that of the run, within what the parameter takes', () => {
  expect(sliderOf(whole(1, 1_000), 10, 10)).toMatchObject({ min: 1, max: 30, step: 1 });
  expect(sliderOf(whole(1, 1_000), 10, 100)).toMatchObject({ min: 1, max: 300, step: 1 });
  expect(sliderOf(whole(0, 5), 1, 1)).toMatchObject({ min: 0, max: 5, step: 1 });
  expect(sliderOf(number(1, 99), 60, 60)).toMatchObject({ min: 1, max: 99, step: 0.1 });
  expect(sliderOf(number(-10, 10), 1, -2)).toMatchObject({ min: -6, max: 6, step: 0.1 });
});

test('what must be above 0 begins a step above it', () => {
  expect(sliderOf(positive(100), 2, 2)).toMatchObject({ min: 0.01, max: 6, step: 0.01 });
});

test('the value of the run is one that the slider can have, unless it has too many digits', () => {
  for (const value of [0.0125, 1.337, 2.5, 7]) {
    const { min, max, step } = sliderOf(number(0, 10), 1, value);
    const steps = (value - min) / step;
    expect(Math.abs(steps - Math.round(steps)), String(value)).toBeLessThan(1e-6);
    expect(value).toBeLessThanOrEqual(max);
  }
  expect(sliderOf(number(0, 10), 1, 1 / 3).step).toBe(0.01);
});

test('the ends of every slider of the shelf are values that its parameter takes', () => {
  let count = 0;
  for (const definition of shelf) {
    const planned = planStrategy({ name: definition.name, params: {} });
    if (!planned.ok) throw new Error(definition.name);
    for (const { param, min, max } of slidersOf(definition, planned.strategy.params)) {
      count++;
      for (const end of [min, max]) {
        const tried = planStrategy({ name: definition.name, params: { [param]: end } });
        const findings = tried.ok ? [] : tried.findings.map(({ message }) => message);
        // What two parameters must be together is told when they are tried.
        expect(findings.filter((message) => /must be a (whole )?number/.test(message))).toEqual([]);
      }
    }
  }
  expect(count).toBeGreaterThan(15);
});

test('a value is said with its unit', () => {
  expect(sliderWords({ unit: 'bars' }, 12)).toBe('12 bars');
  expect(sliderWords({ unit: undefined }, 0.5)).toBe('0.5');
});
