import type { BrokerSettings } from './settings.ts';

/**
 * What a broker asks for a fill: an amount, a share of the value and an amount a unit, together at least the minimum. Assumes that
 * each fill is charged by itself, those of an order that is filled in parts too.
 */
export class Commission {
  private readonly fixed: number;
  private readonly rate: number;
  private readonly perShare: number;
  private readonly minimum: number;

  constructor(setting: BrokerSettings['commission']) {
    const tariff = typeof setting === 'number' ? { fixed: 0, rate: setting, perShare: 0, minimum: 0 } : setting;
    this.fixed = tariff.fixed;
    this.rate = tariff.rate;
    this.perShare = tariff.perShare;
    this.minimum = tariff.minimum;
  }

  /** Money for so many units at a price; the sign of `units` does not count. */
  of(units: number, price: number): number {
    const size = Math.abs(units);
    const asked = this.fixed + size * price * this.rate + this.perShare * size;
    return this.minimum > 0 && asked < this.minimum ? this.minimum : asked;
  }
}
