/**
 * Assumes that an order gets at most a share of a bar's volume, and moves the price by the square of the share that it takes, as
 * zipline's volume share slippage does (`impact` is its price impact). What is left of the order waits for the next bar. Of a bar
 * without a volume it gets nothing; a symbol whose bars never have one is not limited.
 */
export class VolumeShare {
  private readonly limit: number;
  private readonly impactRate: number;

  constructor(limit: number, impactRate: number) {
    this.limit = limit;
    this.impactRate = impactRate;
  }

  get isLimited(): boolean {
    return this.limit > 0;
  }

  /** Units that may still be had of a bar's volume when so many were. */
  room(volume: number, taken: number): number {
    return Math.max(0, this.limit * volume - taken);
  }

  /** Money a unit. */
  impact(price: number, units: number, volume: number): number {
    if (this.impactRate === 0 || volume <= 0) return 0;
    const share = Math.abs(units) / volume;
    return this.impactRate * share * share * price;
  }
}
