import type { ImportSummary } from '../library/import.ts';
import { datasetsOf } from '../session/datasets-of.ts';
import type { RunPlan } from '../session/plan.ts';

/** A FILE of the command line and what it was imported as. */
export interface LoadedFile {
  readonly path: string;
  readonly summary: ImportSummary;
}

/** Warnings of what was given and is no part of the run, each with its FILE and why: somebody who names a file means it. */
export function unreadLines(files: readonly LoadedFile[], plan: RunPlan): string[] {
  const read = datasetsOf(plan);
  return files.flatMap(({ path, summary }) => {
    const stored = [summary, ...(summary.others ?? [])].filter(({ audits }) => audits.length > 0);
    const unread = stored.filter(({ manifest }) => !read.has(manifest.id));
    return [
      ...unread.map(({ manifest: { name, sha256 } }) => {
        const isSource = plan.config.data.fillFrom.some((source) => source === name || source === sha256);
        const why = isSource
          ? `data.fillFrom names it, and it has none of the symbols that are played`
          : `the run ${readWords(plan)}; name it in data.dataset, data.fillFrom or data.streams, or leave the file out`;
        return `warning: ${path}: the run does not read "${name}": ${why}`;
      }),
      ...unappliedLines(path, summary, plan),
    ];
  });
}

function readWords({ data, config }: RunPlan): string {
  const played = [...new Set(data.map(({ dataset }) => `"${dataset}"`))].join(', ');
  const { fillFrom } = config.data;
  return `plays ${played}${fillFrom.length === 0 ? '' : ` and fills gaps from "${fillFrom.join('", "')}"`}`;
}

function unappliedLines(path: string, { adjusted }: ImportSummary, { config, data }: RunPlan): string[] {
  if (!adjusted) return [];
  const { datasets } = adjusted;
  if (data.some(({ dataset, adjustments }) => adjustments !== undefined && datasets.includes(dataset))) return [];
  const { adjust } = config.data;
  const why =
    adjust === null
      ? 'data.adjust is null; it may be "splits" or "splits and dividends"'
      : `they are of "${datasets.join('", "')}", which the run does not play`;
  return [`warning: ${path}: its splits and dividends are not applied: ${why}`];
}
