import type { FilePreview } from '../intake/preview.ts';

/** Files of one layout of which the same was understood, but for their symbols. */
export interface PreviewGroup {
  readonly first: FilePreview;
  readonly others: readonly FilePreview[];
}

/** The previews by what was understood, in the order of their first files. */
export function previewGroups(previews: readonly FilePreview[]): PreviewGroup[] {
  const groups = new Map<string, [FilePreview, ...FilePreview[]]>();
  for (const preview of previews) {
    const { signature, headers, columns, decisions } = preview;
    const understood = decisions
      .filter(({ name }) => name !== 'symbol')
      .map(({ name, value, guess }) => [name, value, guess]);
    const key = JSON.stringify([signature, headers, columns, understood]);
    const group = groups.get(key);
    if (group) group.push(preview);
    else groups.set(key, [preview]);
  }
  return [...groups.values()].map(([first, ...others]) => ({ first, others }));
}
