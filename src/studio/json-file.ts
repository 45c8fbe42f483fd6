import { blobOf } from '../library/blob-of.ts';
import { breathe } from '../library/breathe.ts';

/** Characters that are put into the file at a time. */
const partLength = 65_536;
/** So deep are values cut into pieces: a report has its trades three levels down. */
const mostLevels = 3;

/** A file with the text of `JSON.stringify(value, null, 2)` of plain data, made in turns: that of a long run's report would stop the page for seconds. */
export function jsonFile(value: object): Promise<Blob> {
  return blobOf(partsOf(value), 'application/json', { now: () => performance.now(), breathe });
}

async function* partsOf(value: object): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const encoder = new TextEncoder();
  let part = '';
  for (const piece of piecesOf(value, '', mostLevels)) {
    part += piece;
    if (part.length < partLength) continue;
    yield encoder.encode(part);
    part = '';
  }
  yield encoder.encode(part);
}

function* piecesOf(value: unknown, indent: string, levels: number): Generator<string, void, undefined> {
  if (levels === 0 || typeof value !== 'object' || value === null)
    return yield (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${indent}`);
  const isList = Array.isArray(value);
  const within = `${indent}  `;
  let isFirst = true;
  for (const [key, entry] of Object.entries(value)) {
    if (!isList && entry === undefined) continue;
    yield `${isFirst ? (isList ? '[' : '{') : ','}\n${within}${isList ? '' : `${JSON.stringify(key)}: `}`;
    yield* piecesOf(entry, within, levels - 1);
    isFirst = false;
  }
  if (isFirst) yield isList ? '[]' : '{}';
  else yield `\n${indent}${isList ? ']' : '}'}`;
}
