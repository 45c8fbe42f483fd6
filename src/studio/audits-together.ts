import type { Audit } from '../intake/audit.ts';
import { several } from './labels.ts';

/** Files that a summary tells of one by one; of more it tells together. */
const mostFiles = 5;
/** Rejections that are told of all; the audit of the dataset lists every one. */
const mostRejections = 50;

/** The audits of an import, or one of all where there are many. In that, a rejection's reason names its file. */
export function auditsToShow(audits: readonly Audit[]): readonly Audit[] {
  if (audits.length <= mostFiles) return audits;
  const sum = (count: (audit: Audit) => number): number => audits.reduce((all, audit) => all + count(audit), 0);
  const reasons: Record<string, number> = {};
  for (const audit of audits)
    for (const [reason, count] of Object.entries(audit.reasons)) reasons[reason] = (reasons[reason] ?? 0) + count;
  return [
    {
      file: several(audits.length, 'file'),
      bytes: sum(({ bytes }) => bytes),
      records: sum(({ records }) => records),
      accepted: sum(({ accepted }) => accepted),
      duplicates: sum(({ duplicates }) => duplicates),
      conflicts: sum(({ conflicts }) => conflicts),
      rejected: sum(({ rejected }) => rejected),
      headers: sum(({ headers }) => headers),
      blanks: sum(({ blanks }) => blanks),
      outOfOrder: sum(({ outOfOrder }) => outOfOrder),
      rejections: audits
        .flatMap(({ file, rejections }) => rejections.map((each) => ({ ...each, reason: `${each.reason} (${file})` })))
        .slice(0, mostRejections),
      reasons,
      ignoredColumns: [...new Set(audits.flatMap(({ ignoredColumns }) => ignoredColumns))],
      decisions: audits[0]!.decisions,
    },
  ];
}
