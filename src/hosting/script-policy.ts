/** The policy by which the page names its scripts to the browser (src/studio/page-scripts.ts). */
export const scriptPolicy = 'tapedeck-scripts';

/** The policy by which the page makes the frame of foreign code, and that frame its worker (sandbox.ts). */
export const sandboxPolicy = 'tapedeck-sandbox';

/**
 * Text becomes HTML or the address of a script by these policies alone, and by no default one; the last is Svelte's, for its
 * templates. Browsers that do not know Trusted Types pass over both rules.
 */
export const trustedTypes = [
  "require-trusted-types-for 'script'",
  `trusted-types ${scriptPolicy} ${sandboxPolicy} svelte-trusted-html`,
] as const;
