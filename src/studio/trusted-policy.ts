type Make = (text: string) => string;

/**
 * A policy of Trusted Types of that name by these rules; undefined where the browser does not know them. What it makes of a text, which
 * browsers insist on, stands where the types of the DOM say string.
 */
export function trustedPolicy<Kind extends 'createHTML' | 'createScriptURL'>(
  name: string,
  rules: Readonly<Record<Kind, Make>>,
): Readonly<Record<Kind, Make>> | undefined {
  const { trustedTypes } = globalThis as {
    trustedTypes?: { createPolicy(name: string, given: typeof rules): typeof rules };
  };
  return trustedTypes?.createPolicy(name, rules);
}
