import type { Derived } from '../library/derive-dataset.ts';
import type { Making } from '../library/manifest.ts';
import { countLabel, several } from './labels.ts';

/** What a dataset was made by, as the beginning of a sentence. */
export const madeWords: Record<Making['how'], string> = {
  append: 'Added to',
  union: 'United',
  cut: 'Cut',
  repair: 'Repaired',
};

/** What came of making a dataset, in sentences. */
export function derivedSentences({ manifest, existing, how, given, repair }: Derived, one: string): string[] {
  const sentences: string[] = [];
  if (existing && how === 'append')
    sentences.push(`“${manifest.name}” has all of these ${one}s already; nothing was changed.`);
  else if (existing) sentences.push(`These ${one}s are here already, as “${manifest.name}”; nothing was stored twice.`);
  else sentences.push(`“${manifest.name}” has ${several(manifest.bars, one)}.`);
  if (repair) {
    const { calendar, expected, missing } = repair;
    const filled = given.slice(1).reduce((sum, { taken }) => sum + taken, 0);
    sentences.push(
      missing === 0
        ? `By the calendar ${calendar} none of its ${countLabel(expected)} slots missed a bar.`
        : `By the calendar ${calendar} ${countLabel(missing)} of its ${countLabel(expected)} slots missed a bar; ${countLabel(filled)} of them ${filled === 1 ? 'is' : 'are'} filled, ${countLabel(missing - filled)} still ${missing - filled === 1 ? 'misses' : 'miss'} one.`,
    );
  }
  return sentences;
}

/** What became of the bars of each dataset that was used. */
export function givenWords({ taken, duplicates, conflicts }: Derived['given'][number], one: string): string {
  const parts = [`${several(taken, one)} taken`];
  if (duplicates > 0) parts.push(`${countLabel(duplicates)} the same in another`);
  if (conflicts > 0) parts.push(`${countLabel(conflicts)} given up for another’s`);
  return parts.join(', ');
}
