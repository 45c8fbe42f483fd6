import { encodeLink } from '../../config/link.ts';
import { headOf, linesOf, summaryOf } from '../../sweep/lines.ts';
import type { SweepRow } from '../../sweep/row.ts';
import { cellCount, configOf, type Sweep } from '../../sweep/sweep.ts';
import { saveJson, saveText } from '../download.ts';

/** Saves the table as the terminal writes it, with what it comes to if all cells are done. */
export async function saveTable(sweep: Sweep, rows: readonly SweepRow[]): Promise<void> {
  const linked = [];
  for (const row of rows) linked.push({ ...row, link: await encodeLink(configOf(sweep, row)) });
  const end = rows.length === cellCount(sweep) ? [summaryOf(rows)] : [];
  saveText(`sweep-${sweep.id}.jsonl`, linesOf([headOf(sweep, null), ...linked, ...end]), 'application/x-ndjson');
}

/** Saves what is tried as the terminal reads it. */
export function saveSpec(input: object): void {
  saveJson('sweep.json', JSON.stringify(input, null, 2));
}
