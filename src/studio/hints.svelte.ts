const key = 'tapedeck.hints';

/** What is said once to somebody who is new, beside what it explains. */
export const hints = {
  play: 'Bars arrive as they did then. Change the speed at any time; pause to step a bar ( . ) or a session ( Shift + . ).',
  gap: 'Bars are missing. Upkeep looks them up in the datasets that fill gaps (Set-up); the tab Gaps tells the story of each.',
  back: 'Go back by a bar ( , ) or a session ( Shift + , ), or choose a place on the tape: the run is played again up to there.',
  share: 'Share makes a link to this set-up. Whoever plays the same bars with it gets the same fingerprint.',
} as const satisfies Record<string, string>;

export type Hint = keyof typeof hints;

/** The hints that are still to be given. One that was dismissed, or whose advice was taken, is gone for good on this machine. */
export class Hints {
  #gone = $state.raw<ReadonlySet<string>>(kept());

  isOpen(hint: Hint): boolean {
    return !this.#gone.has(hint);
  }

  end(hint: Hint): void {
    if (this.#gone.has(hint)) return;
    this.#gone = new Set([...kept(), ...this.#gone, hint]);
    try {
      localStorage.setItem(key, [...this.#gone].join(' '));
    } catch {
      // Storage may be refused; the hint is then gone as long as the page lasts.
    }
  }
}

function kept(): ReadonlySet<string> {
  try {
    return new Set((localStorage.getItem(key) ?? '').split(' '));
  } catch {
    return new Set();
  }
}
