/** What the sample gives, its gaps filled from its backup, with all other settings at their defaults: everywhere the same. */
export const sampleFingerprint = 'sha256:9e2b37d6e1de975f03abf9be8ceb2e219a5bf76cc2659c255745c8535dbfd0e6';
