import { withoutExtensions } from '../intake/file-name.ts';
import type { Manifest } from './manifest.ts';

export const maxNameLength = 100;

/** The name of a dataset after its first file: `SPY.csv.gz` is `SPY`. */
export function datasetName(file: string): string {
  return withoutExtensions(file).trim().slice(0, maxNameLength).trim() || 'dataset';
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
    const name = wanted.slice(0, maxNameLength - ending.length) + ending;
    const other = byName.get(name);
    if (!other) return { name };
    if (other.sha256 === sha256) return { existing: other };
  }
}

/** The name that a dataset may be given, trimmed; throws when it may not. */
export function checkedName(dataset: string, name: string, others: Iterable<Manifest>): string {
  const trimmed = name.trim();
  if (trimmed === '') throw new Error('the name of a dataset was empty; it must have 1 to 100 characters');
  if (trimmed.length > maxNameLength)
    throw new Error(`the name of a dataset had ${trimmed.length} characters; it must have 1 to ${maxNameLength}`);
  for (const other of others)
    if (other.name === trimmed && other.id !== dataset)
      throw new Error(`the name "${trimmed}" is taken by another dataset; choose another one`);
  return trimmed;
}

export function byName(a: Manifest, b: Manifest): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
