import { expectAnswer, median } from '../measure.ts';

const symbols = 100;
const slots = 390;
const calls = 200_000;
const rounds = 41;

/** What a bare loop takes here, and what it took on the machine on which the limits were set; nanoseconds. */
export interface Calibration {
  readonly loop: string;
  readonly hereNs: number;
  readonly thereNs: number;
}

/**
 * Bare loops over typed arrays alone, as the machine ran them on which the absolute limits of time were set: Chromium too, a day of
 * one-minute bars of a hundred symbols. None of the studio's code is in them, so they tell how the machines differ. Prices repeat
 * themselves here, which spares wrong guesses at branches: the factor is rather too small than too large.
 */
export function calibrate(): Calibration[] {
  const random = Array.from({ length: symbols * slots }, (_, i) => ((i * 7_919) % 9_973) / 100 + 100);
  const column = (by: number): Float64Array => Float64Array.from(random, (value) => value + by);
  const [open, high, low, close, volume] = [column(0), column(1), column(-1), column(0.5), column(1_000)];
  const counts = new Int32Array(symbols).fill(slots);
  const last = new Int32Array(symbols).fill(slots - 1);
  const states = new Uint8Array(symbols * slots).fill(1);
  for (let i = 50; i < states.length; i += 100) states[i] = 0;
  const words = new Int32Array(states.buffer);
  const copied = new Float64Array(20);

  const count = (n: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += counts[(i * 37) % symbols]!;
    return sum;
  };
  const latest = (n: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const s = (i * 37) % symbols;
      const at = s * slots + last[s]!;
      sum += open[at]! + high[at]! + low[at]! + close[at]! + volume[at]!;
    }
    return sum;
  };
  const lastTwenty = (n: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const s = (i * 37) % symbols;
      const from = s * slots + last[s]! - 19;
      for (let k = 0; k < 20; k++) copied[k] = close[from + k]!;
      sum += copied[i % 20]!;
    }
    return sum;
  };
  const latestOfThree = (n: number): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const [a, b, c] = [i % symbols, (i + 41) % symbols, (i + 77) % symbols];
      sum += close[a * slots + last[a]!]! + close[b * slots + last[b]!]! + close[c * slots + last[c]!]!;
    }
    return sum;
  };
  const gaps = (n: number): number => {
    let found = 0;
    for (let i = 0; i < n; i++)
      for (let w = 0; w < words.length; w++)
        if (words[w] !== 0x01010101) for (let k = w * 4; k < w * 4 + 4; k++) if (states[k] === 0) found++;
    return found;
  };
  const derived = [5, 15].map((length) => ({ length, out: new Float64Array((5 * symbols * slots) / length) }));
  const derive = (n: number): number => {
    for (let i = 0; i < n; i++)
      for (const { length, out } of derived)
        for (let from = 0, to = 0; from < symbols * slots; from += length) {
          let [top, bottom, sum] = [high[from]!, low[from]!, 0];
          for (let k = from; k < from + length; k++) {
            if (high[k]! > top) top = high[k]!;
            if (low[k]! < bottom) bottom = low[k]!;
            sum += volume[k]!;
          }
          out[to++] = open[from]!;
          out[to++] = top;
          out[to++] = bottom;
          out[to++] = close[from + length - 1]!;
          out[to++] = sum;
        }
    return derived.reduce((sum, { out }) => sum + out.length, 0);
  };
  expectAnswer('gaps of the calibration', gaps(1), symbols * slots * 0.01);
  expectAnswer('counts of the calibration', count(calls), calls * slots);
  return [
    { loop: 'count', hereNs: nanoseconds(count, calls), thereNs: 0.7 },
    { loop: 'latest bar', hereNs: nanoseconds(latest, calls), thereNs: 1.4 },
    { loop: 'last 20 closes copied', hereNs: nanoseconds(lastTwenty, calls), thereNs: 11 },
    { loop: 'latest of 3', hereNs: nanoseconds(latestOfThree, calls), thereNs: 4.5 },
    { loop: 'gaps of a session', hereNs: nanoseconds(gaps, 10), thereNs: 10_000 },
    { loop: 'derived 5m and 15m of a session', hereNs: nanoseconds(derive, 10), thereNs: 90_000 },
  ];
}

function nanoseconds(loop: (n: number) => number, n: number): number {
  const times = Array.from({ length: rounds }, () => {
    const from = performance.now();
    const answer = loop(n);
    const to = performance.now();
    if (Number.isNaN(answer)) throw new Error('a loop of the calibration gave no number');
    return ((to - from) * 1e6) / n;
  });
  return median(times);
}
