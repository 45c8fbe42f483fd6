/** The datasets of the sample: the feed that is played, and another record of the same market that fills its gaps. */
export const sampleNames = ['sample', 'backup'] as const;

export type SampleName = (typeof sampleNames)[number];

/** The hashes that their bars have, in every engine. */
export const sampleSha256: Readonly<Record<SampleName, string>> = {
  sample: 'sha256:94ce15980ead71d11f6a77d4a20b7bfd4075311fd509cc010a15fcb00c6f6538',
  backup: 'sha256:8ac73c585983b1f816167dd98b9225fd5c65b0b341156a35670ed909d766252c',
};

/** Whether a dataset is of the sample, or was made of it, if only in part. */
export function isMadeUp(dataset: {
  readonly sha256: string;
  readonly making?: { readonly sources: readonly { readonly sha256: string }[] };
}): boolean {
  return isSynthetic(dataset.sha256) || (dataset.making?.sources ?? []).some(({ sha256 }) => isSynthetic(sha256));
}

/** Whether bars of that hash are the sample's, however they came here: nobody ever traded them. */
function isSynthetic(sha256: string): boolean {
  return sampleNames.some((name) => sampleSha256[name] === sha256);
}
