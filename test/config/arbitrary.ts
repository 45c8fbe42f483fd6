import fc from 'fast-check';
import type { Config } from '../../src/config/schema.ts';

const name = fc
  .oneof(fc.string({ minLength: 1, maxLength: 12 }), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }))
  .filter((text) => !/[\p{Cc}\p{Surrogate}]/u.test(text) && !text.startsWith('sha256:'));
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const names = (minLength: number) => fc.uniqueArray(name, { minLength, maxLength: 20 });
const whole = (min: number, max: number) => fc.integer({ min, max });
const intervals = fc.uniqueArray(fc.constantFrom('30s', '1m', '5m', '15m', '1h', '1d'));
const flag = fc.boolean();
const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const time = fc
  .tuple(whole(0, 23), whole(0, 59))
  .map((parts) => parts.map((part) => `${part}`.padStart(2, '0')).join(':'));

/** A value or nothing, as in a configuration written by hand. */
type Written = { readonly [G in keyof Config]?: Config[G] extends object ? Partial<Config[G]> : Config[G] };

/** Any part of a configuration that is right and served. */
export const written: fc.Arbitrary<Written> = fc.record(
  {
    version: fc.constant(1 as const),
    data: fc.record(
      {
        dataset: orNull(name),
        symbols: orNull(names(1)),
        from: orNull(day.filter((date) => date.getUTCFullYear() < 2040).map((date) => date.toISOString().slice(0, 10))),
        to: orNull(day.filter((date) => date.getUTCFullYear() >= 2040).map((date) => date.toISOString().slice(0, 10))),
        interval: fc.constant(null),
        fillFrom: names(0),
      },
      { requiredKeys: [] },
    ),
    session: fc.record(
      {
        calendar: fc.constantFrom('XNYS', 'XTKS', '24/7'),
        start: orNull(time.filter((text) => text < '12:00')),
        end: orNull(time.filter((text) => text >= '12:00')),
        autoRoll: flag,
        timeoutSeconds: whole(0, 86_400),
        rollDelayMinutes: whole(0, 1_440),
      },
      { requiredKeys: [] },
    ),
    upkeep: fc.record(
      { enabled: flag, checkIntervalSeconds: whole(1, 86_400), maxRetries: whole(0, 100), derivedIntervals: intervals },
      { requiredKeys: [] },
    ),
    history: fc.record({ enabled: flag, trailingDays: whole(0, 1_000), intervals }, { requiredKeys: [] }),
    prefetch: fc.record({ windowMinutes: whole(0, 1_440), autoActivate: flag }, { requiredKeys: [] }),
    replay: fc.record({
      speed: fc.oneof(fc.constant('max' as const), fc.double({ min: 0, max: 1e6, minExcluded: true, noNaN: true })),
    }),
    feed: fc.record(
      {
        seed: whole(0, 4_294_967_295),
        dropRate: fc.double({ min: 0, max: 1, noNaN: true }),
        delayMinutes: whole(0, 1_440),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
