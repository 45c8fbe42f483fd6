const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Value of each character code; 255 for those outside the alphabet. */
const valueOfCode = new Uint8Array(128).fill(255);
for (let value = 0; value < alphabet.length; value++) valueOfCode[alphabet.charCodeAt(value)] = value;

/** Bytes as base64url without padding (RFC 4648, §5). */
export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const word = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += alphabet[word >> 18]! + alphabet[(word >> 12) & 63]!;
    if (left > 1) text += alphabet[(word >> 6) & 63]!;
    if (left > 2) text += alphabet[word & 63]!;
  }
  return text;
}

/** The place of the first character outside the alphabet; -1 when there is none. */
export function strangerAt(text: string): number {
  for (let at = 0; at < text.length; at++) if (!((valueOfCode[text.charCodeAt(at)] ?? 255) < 64)) return at;
  return -1;
}

/** The bytes of base64url; undefined when the text is cut off. Every character must be of the alphabet. */
export function fromBase64url(text: string): Uint8Array | undefined {
  const rest = text.length % 4;
  if (rest === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let word = 0;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    word = ((word << 6) | valueOfCode[text.charCodeAt(at)]!) & 0xff_ffff;
    if (at % 4 === 1) bytes[length++] = word >> 4;
    else if (at % 4 === 2) bytes[length++] = word >> 2;
    else if (at % 4 === 3) bytes[length++] = word;
  }
  // Bits that no byte takes are zero, unless something was cut off or changed.
  const spare = rest === 2 ? word & 15 : rest === 3 ? word & 3 : 0;
  return spare === 0 ? bytes : undefined;
}
