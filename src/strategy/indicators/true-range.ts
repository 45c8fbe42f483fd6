/**
 * The true range of a bar: the largest of its range and the distances from the close before to its high and low; its range where it
 * is the first. Wilder, "New Concepts in Technical Trading Systems", 1978, p. 21.
 */
export class TrueRange {
  value = NaN;
  private lastClose = NaN;

  push(high: number, low: number, close: number): number {
    const { lastClose } = this;
    let range = high - low;
    // Comparisons with the NaN of the first bar are false.
    if (high - lastClose > range) range = high - lastClose;
    if (lastClose - low > range) range = lastClose - low;
    this.lastClose = close;
    this.value = range;
    return range;
  }
}
