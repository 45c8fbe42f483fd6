import { describe, expect, it } from 'vitest';
import { Presence, PresenceBuilder } from '../../src/quality/presence.ts';
import { minute, second } from '../../src/time/instant.ts';
import { seeded } from '../support/synthetic.ts';
import { presenceOf, startsIn } from './bars.ts';

const begin = Date.UTC(2024, 10, 29, 14, 30);

describe('the record of what is present', () => {
  it('gives back every start, and takes four bytes for a session without a gap', () => {
    const starts = Array.from({ length: 390 }, (_, i) => begin + i * minute);
    const days = Array.from({ length: 250 }, (_, d) => starts.map((start) => start + d * 86_400_000)).flat();
    const builder = new PresenceBuilder(minute);
    for (const start of days) builder.add(start, 1);
    const bytes = builder.finish();
    expect(startsIn(new Presence(bytes))).toEqual(days);
    expect(bytes.byteLength).toBeLessThan(40 + 250 * 4 + 1);
  });

  it('takes runs as it takes bars', () => {
    const builder = new PresenceBuilder(minute);
    builder.add(begin, 3);
    builder.add(begin + 3 * minute, 2);
    builder.add(begin + 9 * minute, 1);
    const bars = presenceOf(
      [0, 1, 2, 3, 4, 9].map((i) => begin + i * minute),
      minute,
    );
    expect(startsIn(new Presence(builder.finish()))).toEqual(startsIn(bars));
    expect([bars.first, bars.last]).toEqual([begin, begin + 9 * minute]);
  });

  it('gives back bars beside the grid, before 1970 too, and hands out any stretch of time', () => {
    const seed = Date.now() % 1_000_000;
    const random = seeded(seed);
    for (let round = 0; round < 6; round++) {
      const starts: number[] = [];
      let at = round % 2 === 0 ? begin : -begin;
      while (starts.length < 2_000) {
        const dice = random();
        if (dice < 0.1) at += Math.floor(random() * 3 * minute);
        else if (dice < 0.3) at += Math.floor(random() * 5_000) * minute;
        else if (dice < 0.32) at += 1;
        else at += minute;
        if (at > (starts.at(-1) ?? -Infinity)) starts.push(at);
      }
      const presence = presenceOf(starts, minute);
      expect(startsIn(presence), `seed ${seed}`).toEqual(starts);
      for (let n = 0; n < 20; n++) {
        const [from, to] = [random(), random()]
          .map((share) => starts[Math.floor(share * 2_000)]! + n - 10)
          .sort((a, b) => a - b);
        const right = starts.filter((start) => start >= from! && start < to!);
        expect(startsIn(presence, from, to), `seed ${seed}`).toEqual(right);
      }
    }
  });

  it('has of records the minutes in which there are any', () => {
    const builder = new PresenceBuilder(minute);
    for (const seconds of [0, 1, 1, 59, 60, 200, 201]) builder.addMinuteOf(begin + seconds * second + 0.25);
    expect(startsIn(new Presence(builder.finish()))).toEqual([0, 1, 3].map((i) => begin + i * minute));
  });

  it('refuses bars that go back, and bytes of another version', () => {
    const builder = new PresenceBuilder(minute);
    builder.add(begin, 5);
    expect(() => builder.add(begin + 4 * minute, 1)).toThrow(/came after one at/);
    const bytes = builder.finish();
    bytes[4] = 9;
    expect(() => new Presence(bytes)).toThrow('not one of this version');
    expect(() => new Presence(new Uint8Array(3))).toThrow('not one of this version');
  });
});
