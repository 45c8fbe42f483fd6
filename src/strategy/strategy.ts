import type { View } from '../memory/view.ts';

/** What runs on the tape. It is called once an instant, after everything that became visible at it, and may keep state. */
export interface Strategy {
  /** The view is valid during the call only; nothing past the clock can be reached through it. */
  onInstant(view: View): void;
}
