/** Something that is wrong in the text of a strategy. Line and column are counted from 1. */
export interface CodeFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The words of a fault; `faultIn` finds it in them again. */
export function faultWords({ line, column, message }: CodeFault): string {
  return `line ${line}, column ${column}: ${message}`;
}

/** The fault that a message of a run tells of; undefined where it tells of none. */
export function faultIn(words: string): CodeFault | undefined {
  const found = /line (\d+), column (\d+): (.*)/s.exec(words);
  return found ? { line: Number(found[1]), column: Number(found[2]), message: found[3]! } : undefined;
}
