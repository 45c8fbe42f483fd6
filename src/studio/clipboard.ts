/** Puts a text on the clipboard; false where the browser has none for this page, or refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The link within a text that was pasted while no field had the focus, from its # on; undefined where there is none. */
export function pastedLink({ target, clipboardData }: ClipboardEvent): string | undefined {
  if (target instanceof Element && target.closest('input, textarea, [contenteditable]')) return undefined;
  return /#(?:c|config)=\S+/.exec(clipboardData?.getData('text/plain') ?? '')?.[0];
}
