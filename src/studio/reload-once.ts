/**
 * Whether the page may reload itself: once ever on this machine for each path. It is remembered before it is done, and where it cannot
 * be remembered it is not done, so no host and no browser can make the page reload again and again.
 */
export function claimReload(storage: () => Pick<Storage, 'getItem' | 'setItem'>, path: string): boolean {
  const key = `tapedeck.reloaded ${path}`;
  try {
    const kept = storage();
    if (kept.getItem(key) !== null) return false;
    kept.setItem(key, 'yes');
    return kept.getItem(key) !== null;
  } catch {
    return false;
  }
}

/** Returns a function that says whether the user did anything on the page since. */
export function watchUser(page: EventTarget): () => boolean {
  let acted = false;
  const act = (): void => {
    acted = true;
  };
  for (const type of ['pointerdown', 'click', 'keydown', 'input', 'change', 'drop', 'paste'])
    page.addEventListener(type, act, { capture: true, once: true });
  return () => acted;
}
