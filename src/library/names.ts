import { textOrder } from '../bars/text-order.ts';
import { withoutExtensions } from '../intake/file-name.ts';
import type { Manifest } from './manifest.ts';

const maxNameLength = 100;

/** What a set-up takes for the hash of bars, so that no name may begin with it; in any case, so that nobody does either. */
const hashMark = /^sha256:/i;

/** Half of a character pair, or a character that nobody sees: no set-up takes a name with one. */
const unprintable = /[\p{Surrogate}\p{Cc}]/gu;

/**
 * The name of a dataset after its first file: `SPY.csv.gz` is `SPY`. What a set-up could not name is replaced:
 * `sha256:SPY.csv` is `sha256-SPY`.
 */
export function datasetName(file: string): string {
  const name = withoutExtensions(file).replace(unprintable, ' ').trim().replace(hashMark, 'sha256-');
  return cut(name, maxNameLength) || 'dataset';
}

/** The beginning of a name, at most that long and without half of a character pair at its end. */
function cut(name: string, length: number): string {
  return name
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trim();
}

/**
 * What becomes of a dataset that wants a name: the first free one of `SPY`, `SPY 2`, `SPY 3`, …, or, when the same bars
 * are met on the way, the dataset that has them.
 */
export function settleName(
  wanted: string,
  sha256: string,
  others: Iterable<Manifest>,
): { readonly name: string } | { readonly existing: Manifest } {
  const byName = new Map<string, Manifest>();
  for (const other of others) byName.set(other.name, other);
  for (let n = 1; ; n++) {
    const ending = n === 1 ? '' : ` ${n}`;
    const name = cut(wanted, maxNameLength - ending.length) + ending;
    const other = byName.get(name);
    if (!other) return { name };
    if (other.sha256 === sha256) return { existing: other };
  }
}

/**
 * The manifest as it is stored: under a name that is free, or under that of the dataset whose place it takes; or the dataset that has
 * its bars there already. One that takes the place of another with the same bars is stored where bars that came to them contradict
 * those, for its list says which.
 */
export function placeOf(
  manifest: Manifest,
  listed: readonly Manifest[],
  replaced: Manifest | undefined,
): { readonly placed: Manifest } | { readonly existing: Manifest } {
  if (!replaced) {
    const settled = settleName(manifest.name, manifest.sha256, listed);
    return 'existing' in settled ? settled : { placed: { ...manifest, name: settled.name } };
  }
  if (replaced.sha256 === manifest.sha256 && !manifest.making?.conflicts) return { existing: replaced };
  return { placed: { ...manifest, name: replaced.name, replaces: replaced.id } };
}

/** The name that a dataset may be given, trimmed; throws when it may not. */
export function checkedName(dataset: string, name: string, others: Iterable<Manifest>): string {
  const trimmed = name.trim();
  if (trimmed === '') throw new Error('the name of a dataset was empty; it must have 1 to 100 characters');
  if (trimmed.length > maxNameLength)
    throw new Error(`the name of a dataset had ${trimmed.length} characters; it must have 1 to ${maxNameLength}`);
  if (hashMark.test(trimmed))
    throw new Error(`the name "${trimmed}" looks like the hash of bars; choose one that does not begin with sha256:`);
  if (trimmed.search(unprintable) >= 0)
    throw new Error('the name has a character that cannot be printed; write it with letters, digits and signs');
  for (const other of others)
    if (other.name === trimmed && other.id !== dataset)
      throw new Error(`the name "${trimmed}" is taken by another dataset; choose another one`);
  return trimmed;
}

/** What an export is called: the dataset's name, without what no disk takes. */
export function exportName({ name }: Pick<Manifest, 'name'>, format: string): string {
  return `${name.replace(/[\\/:*?"<>|]/g, '-')}.${format}`;
}

export function byName(a: Manifest, b: Manifest): number {
  return textOrder(a.name, b.name);
}
