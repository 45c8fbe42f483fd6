import type { BrokerSettings } from './settings.ts';
import { fixedSlip } from './slippage-fixed.ts';
import { rangeSlip } from './slippage-range.ts';
import { rateSlip } from './slippage-rate.ts';
import { VolumeShare } from './slippage-volume.ts';

/** By how much a fill that takes what the market offers is worse than the price: market and stop orders; limits are never worse than said. */
export class Slippage {
  readonly volume: VolumeShare;
  private readonly fixed: number;
  private readonly rate: number;
  private readonly range: number;

  constructor(setting: BrokerSettings['slippage']) {
    const models =
      typeof setting === 'number' ? { fixed: 0, rate: setting, range: 0, volumeLimit: 0, volumeImpact: 0 } : setting;
    this.fixed = models.fixed;
    this.rate = models.rate;
    this.range = models.range;
    this.volume = new VolumeShare(models.volumeLimit, models.volumeImpact);
  }

  /** Money a unit, not negative: the models together. `units` of a bar of that volume are taken. */
  of(price: number, high: number, low: number, units: number, volume: number): number {
    return (
      fixedSlip(this.fixed) +
      rateSlip(this.rate, price) +
      rangeSlip(this.range, high, low) +
      this.volume.impact(price, units, volume)
    );
  }
}
