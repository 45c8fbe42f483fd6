import { Tooltip } from 'bits-ui';

/** What the tooltip of a control says. */
export interface Tip {
  readonly name: string;
  /** The keys that do the same. */
  readonly keys?: string | undefined;
  /** Why the control does nothing now; empty where it does something. */
  readonly none?: string | undefined;
}

/** Joins the controls to the one tooltip of the page, which is loaded after the first paint. */
export const tips = Tooltip.createTether<Tip>();
