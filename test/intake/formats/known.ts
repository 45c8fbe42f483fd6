import { defaultChoices } from '../../../src/intake/choices.ts';
import { previewFile } from '../../../src/intake/preview-file.ts';
import { barsOf, decided, file, imported } from '../files.ts';

/** What a small file is taken for. */
export interface Known {
  readonly format: string | undefined;
  readonly symbol: string | undefined;
  /** `[start in ISO 8601, open, high, low, close, volume]` of the first symbol. */
  readonly bars: (string | number)[][];
  /** Names of the decisions that are guesses, but for the interval, which a few lines seldom tell. */
  readonly guesses: readonly string[];
}

/** Reads the lines of a file with the choices that nobody has touched. */
export async function known(name: string, ...lines: string[]): Promise<Known> {
  const text = `${lines.join('\r\n')}\r\n`;
  const preview = await previewFile(file(name, text), defaultChoices);
  const result = await imported([file(name, text)]);
  const audit = result.audits[0]!;
  if (audit.records !== lines.length) throw new Error(`${audit.records} records were counted of ${lines.length}`);
  return {
    format: decided(preview, 'format'),
    symbol: result.symbols[0]!.name,
    bars: barsOf(result),
    guesses: preview.decisions
      .filter(({ guess, name }) => guess && name !== 'interval')
      .map((decision) => decision.name),
  };
}
