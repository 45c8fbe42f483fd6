/** The code of a strategy of one's own, made ready to run: plain data. It is no part of a configuration, which has its hash alone. */
export interface OwnScript {
  /** `sha256:` and 64 hex digits, of the text in UTF-8. */
  readonly sha256: string;
  /** What runs: the text with guards in it, as an expression whose first line is not the text's. */
  readonly script: string;
  /** Lines of the text. */
  readonly lines: number;
  /** What was put into its lines, as line, column and length, from 1, in the order of the text. */
  readonly inserted: readonly (readonly [line: number, column: number, length: number])[];
  /** It came from elsewhere: the page runs it where nothing but copies of its bars is at hand. */
  readonly isForeign?: true;
}
