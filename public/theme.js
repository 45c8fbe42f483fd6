// The colours of the page before anything of it is painted: what was chosen, else what the system prefers.
// The page's scripts go on from there (src/studio/theme.svelte.ts), by the same key.
{
  let chosen = null;
  try {
    chosen = localStorage.getItem('tapedeck.theme');
  } catch {
    // Storage may be refused.
  }
  const preferred = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  document.documentElement.dataset.theme = chosen === 'dark' || chosen === 'light' ? chosen : preferred;
}
