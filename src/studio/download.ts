/** Characters up to which every browser takes a file as a `data:` address; Chromium's limit is 2 MB. */
const longestAddress = 1_000_000;

/**
 * Saves a text as a JSON file. As a `data:` address where it fits one: driven over WebDriver BiDi, Firefox does not tell of
 * downloads of `blob:` addresses, so nobody could test them.
 */
export function saveJson(name: string, text: string): void {
  const address = `data:application/json;charset=utf-8,${encodeURIComponent(text)}`;
  const fits = address.length <= longestAddress;
  const link = document.createElement('a');
  link.href = fits ? address : URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  if (!fits) setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
