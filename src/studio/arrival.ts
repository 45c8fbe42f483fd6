/** What one can wait for of a run that goes somewhere: that it stands, and that its first bar is there. */
export class Arrival {
  #stood: (() => void)[] = [];
  #moved: (() => void)[] = [];

  /** Resolves when the run stands or was given up. */
  standstill(): Promise<void> {
    return new Promise((resolve) => this.#stood.push(resolve));
  }

  /** Resolves when the first bar is there. */
  firstBar(): Promise<void> {
    return new Promise((resolve) => this.#moved.push(resolve));
  }

  stands(): void {
    for (const resolve of this.#stood.splice(0)) resolve();
  }

  hasBars(): void {
    for (const resolve of this.#moved.splice(0)) resolve();
  }
}
