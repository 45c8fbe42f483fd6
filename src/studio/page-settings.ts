import type { PageSettings } from '../library/workspace.ts';
import type { Visit } from './visit.svelte.ts';

/** What the page keeps has such names; what it notes of reloads is of this browser alone. */
const isSetting = (name: string): boolean => /^tapedeck\.[a-z-]+$/.test(name);

/** All that the page keeps in this browser: set-up, view, colours, choices. */
export function pageSettings(storage: Storage): PageSettings {
  return Object.fromEntries(
    Object.keys(storage)
      .filter(isSetting)
      .sort()
      .map((name) => [name, storage.getItem(name)!]),
  );
}

/** Keeps settings in place of those that are there, and loads the page anew, which reads each as it reads its own. */
export function takeSettings(settings: PageSettings, visit: Visit): void {
  // What is on its way to be kept would come behind them.
  void visit.untouched(async () => {
    for (const [name, text] of Object.entries(settings)) {
      if (!isSetting(name)) continue;
      localStorage.setItem(name, text);
      sessionStorage.removeItem(name);
    }
    location.reload();
    await new Promise(() => undefined);
  });
}
