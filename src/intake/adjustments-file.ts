import { adjustmentFault, type Adjustment } from '../bars/adjustment.ts';
import { whole } from './byte-slices.ts';
import { numberOf } from './cell.ts';
import { FileFault, inFile } from './file-fault.ts';
import { textOf } from './platform.ts';
import type { ByteSource } from './source.ts';

/** The splits and dividends that a file tells, by symbol. */
export type ToldAdjustments = ReadonlyMap<string, readonly Adjustment[]>;

/** Bytes of a file that are looked at to know it: a header of four words, in quotes at most. */
export const adjustmentsHeadBytes = 96;

const columns = ['symbol', 'date', 'kind', 'value'] as const;
const mostBytes = 4_194_304;

/** Whether a file begins with the header of one of adjustments: `symbol,date,kind,value`, in any order, also with `;` or tabs. */
export function isAdjustments(head: Uint8Array): boolean {
  const [line, ...rest] = textOf(head).split(/\r?\n/);
  return rest.length > 0 && placesIn(line!) !== null;
}

/**
 * Reads a file of adjustments. Throws an error that names the file, the line, its value and what would be right when a record is none,
 * or says again what another one does.
 */
export async function readAdjustments(source: ByteSource): Promise<ToldAdjustments> {
  return inFile(source.name, async () => {
    if (source.size > mostBytes)
      throw new FileFault(`is ${source.size} bytes of splits and dividends; at most ${mostBytes} are read`);
    const [header, ...lines] = textOf(await whole(source.open())).split(/\r?\n/);
    const delimiter = delimiterOf(header!);
    const places = placesIn(header!)!;
    const told = new Map<string, Adjustment[]>();
    const seen = new Map<string, number>();
    for (const [i, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const fields = fieldsOf(line, delimiter);
      const [symbol, date, kind, value] = places.map((place) => fields[place] ?? '');
      const adjustment = { date: date!, kind: kind!.toLowerCase() as Adjustment['kind'], value: numberOf(value!) };
      const at = `has in line ${i + 2} "${line.slice(0, 120)}": `;
      if (fields.length !== columns.length || symbol === '')
        throw new FileFault(`${at}it must have a symbol, a date, a kind and a value`);
      const fault = adjustmentFault(adjustment);
      if (fault !== '') throw new FileFault(at + fault);
      // Of a date there may be two dividends, a regular and a special one, but one split.
      const key = [symbol, date, adjustment.kind, adjustment.kind === 'split' ? '' : adjustment.value].join('\n');
      const before = seen.get(key);
      if (before !== undefined) throw new FileFault(`${at}line ${before} tells a ${adjustment.kind} of that date too`);
      seen.set(key, i + 2);
      const own = told.get(symbol!) ?? [];
      told.set(symbol!, own);
      own.push(adjustment);
    }
    if (told.size === 0) throw new FileFault('has a header and no split or dividend under it');
    return told;
  });
}

function delimiterOf(header: string): string {
  return [';', '\t'].find((each) => header.includes(each)) ?? ',';
}

/** By column of ours its place in the file's; null where the header has others. */
function placesIn(header: string): number[] | null {
  const names = fieldsOf(header, delimiterOf(header)).map((name) => name.toLowerCase());
  const places = columns.map((column) => names.indexOf(column));
  return names.length === columns.length && !places.includes(-1) ? places : null;
}

function fieldsOf(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
}
