/** Characters up to which every browser takes a file as a `data:` address; Chromium's limit is 2 MB. */
const longestAddress = 1_000_000;

/**
 * Saves a text as a JSON file. As a `data:` address where it fits one: driven over WebDriver BiDi, Firefox does not tell of
 * downloads of `blob:` addresses, so nobody could test them.
 */
export function saveJson(name: string, text: string): void {
  saveText(name, text, 'application/json');
}

/** Saves a text as a file of that type, in the same way. */
export function saveText(name: string, text: string, type: string): void {
  const address = text.length < longestAddress && `data:${type};charset=utf-8,${encodeURIComponent(text)}`;
  if (address && address.length <= longestAddress) saveFrom(name, address);
  else saveBlob(name, new Blob([text], { type }));
}

/** Saves a canvas as a PNG, in the same way. Rejects where the browser cannot make one of its size. */
export async function savePng(name: string, canvas: HTMLCanvasElement): Promise<void> {
  const address = canvas.toDataURL('image/png');
  if (address.length <= longestAddress && address.startsWith('data:image/png')) return saveFrom(name, address);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error(`The browser makes no picture of ${canvas.width} × ${canvas.height} pixels`);
  saveBlob(name, blob);
}

/** Saves a file, in the same way. */
export async function saveFile(name: string, file: Blob): Promise<void> {
  // Three bytes are four characters.
  if (file.size > (longestAddress / 4) * 3 - 100) return saveBlob(name, file);
  const reader = new FileReader();
  const address = await new Promise<string>((resolve, reject) => {
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('the file could not be read'));
    reader.readAsDataURL(file);
  });
  saveFrom(name, address);
}

/** Without the type of what it is: nothing that could be shown as a page has an address (public/roads.js). */
function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(new Blob([blob], { type: 'application/octet-stream' }));
  saveFrom(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function saveFrom(name: string, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
