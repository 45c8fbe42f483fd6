/** The policy by which the page names its scripts to the browser (src/studio/page-scripts.ts). */
export const scriptPolicy = 'tapedeck-scripts';

/**
 * Text becomes HTML or the address of a script by these policies alone, and by no default one; the second is Svelte's, for its
 * templates. Browsers that do not know Trusted Types pass over both rules.
 */
export const trustedTypes = [
  "require-trusted-types-for 'script'",
  `trusted-types ${scriptPolicy} svelte-trusted-html`,
] as const;
