export type Theme = 'system' | 'dark' | 'light';

/** Also read by `public/theme.js`, before there is anything to see. */
const key = 'tapedeck.theme';
export const allThemes: readonly Theme[] = ['system', 'dark', 'light'];
/** Colours of the browser's own bars beside the page: those of its header. */
const barColours = { dark: '#151a20', light: '#ffffff' } as const;

/** The colours of the page: what the user chose, else what the system prefers. The choice is kept on this machine. */
class Themes {
  #chosen = $state.raw<Theme>(remembered());
  #light = matchMedia('(prefers-color-scheme: light)');
  #shown = $state.raw<'dark' | 'light'>('dark');

  constructor() {
    this.#light.addEventListener('change', () => this.#apply());
    this.#apply();
  }

  get chosen(): Theme {
    return this.#chosen;
  }

  /** The colours in use; the document has them when this changes. */
  get shown(): 'dark' | 'light' {
    return this.#shown;
  }

  choose(theme: Theme): void {
    this.#chosen = theme;
    try {
      localStorage.setItem(key, this.#chosen);
    } catch {
      // Storage may be refused; the choice then lasts as long as the page.
    }
    this.#apply();
  }

  #apply(): void {
    const shown = this.#chosen === 'system' ? (this.#light.matches ? 'light' : 'dark') : this.#chosen;
    document.documentElement.dataset['theme'] = shown;
    document.querySelector<HTMLMetaElement>('meta[name="theme-color"]')?.setAttribute('content', barColours[shown]);
    this.#shown = shown;
  }
}

function remembered(): Theme {
  try {
    const kept = localStorage.getItem(key);
    return allThemes.find((theme) => theme === kept) ?? 'system';
  } catch {
    return 'system';
  }
}

export const themes = new Themes();
