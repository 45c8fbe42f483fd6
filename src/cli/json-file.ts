import { textFile } from './text-file.ts';
import { WrongArguments } from './wrong-arguments.ts';

/** What a JSON file holds; `must` says what the argument must be. Throws WrongArguments. */
export function jsonFile(path: string, must: string): unknown {
  const text = textFile(path, must);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WrongArguments(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
