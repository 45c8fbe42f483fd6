import { Deviation } from './deviation.ts';

/**
 * The z-score: how many standard deviations of the last `length` values the latest one lies from their mean. 0 where they are all
 * equal, NaN before there are as many. Population or sample deviation as in `Deviation`.
 */
export class StandardScore {
  value = NaN;
  private readonly deviation: Deviation;

  constructor(length: number, of: 'population' | 'sample' = 'population') {
    this.deviation = new Deviation(length, of);
  }

  push(value: number): number {
    const deviation = this.deviation.push(value);
    this.value = deviation === 0 ? 0 : (value - this.deviation.mean) / deviation;
    return this.value;
  }
}
