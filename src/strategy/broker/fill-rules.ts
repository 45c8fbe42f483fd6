/** How orders are filled on the bars of an instant. */
export interface FillRules {
  /** Fills what can be filled on the bars that ended. */
  fill(): void;
  /** The account is worth nothing. */
  ruin(): void;
  /** The run is over: open trades are closed, where the broker is told to. */
  finish(): void;
}
