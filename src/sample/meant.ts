import type { Config } from '../config/schema.ts';
import { sampleNames, sampleSha256, type SampleName } from './identity.ts';

/** What is known of a dataset that is here. */
interface Here {
  readonly name: string;
  readonly sha256: string;
}

/**
 * The datasets of the sample that a configuration means and that are not here as it says. By its hash each means itself. Its name
 * means `sample` unless other bars here have that name, and `backup` likewise, but only beside the sample: somebody who names a
 * backup of bars of their own means no made-up ones.
 */
export function sampleMeant({ dataset, fillFrom, streams }: Config['data'], here: readonly Here[]): SampleName[] {
  const played = streams ? streams.map((stream) => stream.dataset) : dataset === null ? [] : [dataset];
  const isHere = (text: string): boolean => here.some(({ name, sha256 }) => text === name || text === sha256);
  const means = (text: string, name: SampleName): boolean => {
    const holder = here.find((each) => each.name === name);
    return text === sampleSha256[name] || (text === name && (!holder || holder.sha256 === sampleSha256[name]));
  };
  const besideSample = played.some((text) => means(text, 'sample'));
  return sampleNames.filter((name) =>
    [...played, ...fillFrom].some((text) => means(text, name) && !isHere(text) && (text !== 'backup' || besideSample)),
  );
}

/** The datasets that are here, and of those that were made or renamed the ones that a configuration means, as it names them. */
export function withSample<D extends Here>(data: Config['data'], here: readonly D[], made: readonly D[] = []): D[] {
  const meant = sampleMeant(data, here).flatMap((name) => {
    const dataset = [...here, ...made].find(({ sha256 }) => sha256 === sampleSha256[name]);
    return dataset ? [{ ...dataset, name }] : [];
  });
  return [...here, ...meant];
}
