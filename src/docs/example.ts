interface Shown {
  readonly title: string;
  /** As its reader writes it. */
  readonly text: string;
}

/** A file, and what the terminal says of it; times without a zone are on the clock of New York. */
export interface FileExample extends Shown {
  readonly kind: 'file';
  readonly file: string;
  readonly gives: {
    readonly format: string;
    readonly bars: number;
    readonly interval: string;
    /** The start of the first bar. */
    readonly from: string;
    readonly duplicates: number;
    readonly rejected: number;
  };
}

/** What a run comes to. */
export interface Played {
  readonly sessions: number;
  readonly filled: number;
  readonly missing: number;
  readonly trades: number;
  readonly fingerprint: string;
}

/** A configuration, or a link that is one, over the sample. */
export interface RunExample extends Shown {
  readonly kind: 'configuration' | 'link';
  readonly gives: Played;
}

/** A configuration that is refused. */
export interface RefusedExample extends Shown {
  readonly kind: 'refused';
  readonly gives: { readonly message: string };
}

/** A strategy of one's own, with the configuration that plays it. */
export interface StrategyExample extends Shown {
  readonly kind: 'strategy';
  readonly config: string;
  readonly gives: Played;
}

/** A command line, and what it prints. */
export interface CommandExample extends Shown {
  readonly kind: 'command';
  readonly gives: { readonly prints: string };
}

/** Something to try, with what comes of it. The page tells it, and test/docs tries it. */
export type Example = FileExample | RunExample | RefusedExample | StrategyExample | CommandExample;

/** What comes of an example, in words. */
export function outcomeWords(example: Example): string {
  switch (example.kind) {
    case 'file': {
      const { format, bars, interval, from, duplicates, rejected } = example.gives;
      return `Saved as ${example.file}, it is read as ${format}: ${bars} bars of ${interval} from ${from}, ${duplicates} equal duplicates, ${rejected} rejected.`;
    }
    case 'refused':
      return `It is refused: ${example.gives.message}`;
    case 'command':
      return 'It prints:';
    case 'configuration':
    case 'link':
    case 'strategy': {
      const { sessions, filled, missing, trades, fingerprint } = example.gives;
      return `It plays ${sessions} sessions: ${filled} bars filled, ${missing} missing at the end, ${trades} trades closed; fingerprint ${fingerprint}.`;
    }
  }
}
