import { readFileSync } from 'node:fs';
import { WrongArguments } from './wrong-arguments.ts';

/** What a file holds; `must` says what the argument must be. Throws WrongArguments where there is no such file. */
export function textFile(path: string, must: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new WrongArguments(`There is no file "${path}"; ${must}`);
  }
}
