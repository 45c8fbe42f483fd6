/**
 * What the user may choose about the files of a layout, as texts. What is left out is left to intake; what does not fit a file
 * is an error that names it.
 */
export interface LayoutChoices {
  /** The name of a format, such as `NinjaTrader` or `plain CSV`. */
  readonly format?: string | undefined;
  /** `,` `;` `|` or a tab. */
  readonly delimiter?: string | undefined;
  /** The role of every column, with commas between them and nothing for what is left out: `time,open,high,low,close,,volume`. */
  readonly columns?: string | undefined;
  /** The order in which dates are written: `ymd`, `dmy` or `mdy`. */
  readonly dateOrder?: string | undefined;
  /** Of Unix times: `s`, `ms`, `µs` or `ns`. */
  readonly timeUnit?: string | undefined;
  /** IANA name of the zone of times that are written without one. */
  readonly zone?: string | undefined;
  /** Whether the time of a bar is its `start` or its `end`. */
  readonly stamp?: string | undefined;
  /** The interval of the bars, such as `5m`. */
  readonly interval?: string | undefined;
  /** Prices are divided by ten to this power, 0 to 18. */
  readonly priceScale?: string | undefined;
  /** `.` or `,`. */
  readonly decimalPoint?: string | undefined;
  /** The symbol of files without a column for it. */
  readonly symbol?: string | undefined;
}

export type ChoiceName = keyof LayoutChoices;

/** Which bar is taken of several of one symbol and time with different values; `reject` takes none of them. */
export type ConflictRule = 'last' | 'first' | 'reject';

/** What the user decided about an import. */
export interface IntakeChoices {
  /** IANA name of the market's zone. */
  readonly marketZone: string;
  readonly conflicts: ConflictRule;
  /** For files of any layout. */
  readonly all: LayoutChoices;
  /** By layout, as `FilePreview.signature` names it; they come before those for all. */
  readonly byLayout: Readonly<Record<string, LayoutChoices>>;
}

export const defaultChoices: IntakeChoices = {
  marketZone: 'America/New_York',
  conflicts: 'last',
  all: {},
  byLayout: {},
};
