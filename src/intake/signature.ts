import { numberOf } from './cell.ts';
import type { Format } from './format.ts';
import type { Sample } from './sample.ts';

/**
 * Names a layout, the same for all files that are laid out alike: the format, the delimiter, and the names of the columns or, without
 * a header, what is in each: a number, a clock, a date or time, a text or nothing.
 */
export function signatureOf({ name }: Format, { delimiter, header, rows }: Sample): string {
  const columns = header ?? (rows[0] ?? []).map(kindOf);
  return [name, delimiter === '\t' ? 'tab' : delimiter, columns.join('|')].join(' ');
}

function kindOf(cell: string): string {
  if (cell === '') return 'nothing';
  if (!Number.isNaN(numberOf(cell, 0, cell.includes(',') ? ',' : '.'))) return 'number';
  if (/^\d{1,2}:\d\d/.test(cell)) return 'clock';
  return /^\d{1,4}[-/.]?\d{1,2}[-/.]?\d{1,4}/.test(cell) ? 'date' : 'text';
}
