import type { IntakeChoices } from './choices.ts';
import { decided, intervalDecision } from './decisions.ts';
import { fileHead } from './file-head.ts';
import { inFile } from './file-fault.ts';
import type { FilePreview } from './preview.ts';
import { clearIntervals, intervalOfFirst } from './first-steps.ts';
import { ignoredColumns, sniff } from './sniff.ts';
import { tableSniffed } from './table-sniffed.ts';
import type { ByteSource } from './source.ts';
import { sure } from './told.ts';
import type { Verdicts } from './verdict.ts';
import { noVerdicts } from './verdict.ts';

const previewRows = 8;

/**
 * Reads the beginning of a file, and says what would be made of it with the verdicts on files of its layout.
 * Throws an error that names the file, and what would be right, when it is no CSV of bars.
 */
export async function previewFile(
  source: ByteSource,
  choices: IntakeChoices,
  verdicts: Verdicts = noVerdicts,
): Promise<FilePreview> {
  return inFile(source.name, async () => {
    const { stream, head, whole, close } = await fileHead(source, undefined);
    try {
      const text = sniff(source.name, head, whole, choices, verdicts);
      const sniffed = stream.isTable ? tableSniffed(text, head) : text;
      const { layout, rows, names, signature } = sniffed;
      const decisions = [
        ...stream.decisions.map((each) => decided(each.name, each.value, sure(null, each.reason))),
        ...sniffed.decisions,
      ];
      if (layout.kind === 'bars') {
        const { told, closest } = intervalOfFirst(sniffed.instants, sniffed.toldInterval, sniffed.areDays);
        decisions.push(intervalDecision(told, closest, layout.ofInterval?.othersMs ?? []));
      }
      return {
        file: source.name,
        size: source.size,
        headers: names,
        columns: layout.roles,
        rows: rows.slice(0, previewRows),
        decisions,
        signature,
        ignoredColumns: ignoredColumns(sniffed),
        symbol: layout.symbol,
        intervals: clearIntervals(sniffed, source.name),
        needsZone: layout.time.kind === 'wall' || layout.time.kind === 'midnight',
      };
    } finally {
      await close();
    }
  });
}
