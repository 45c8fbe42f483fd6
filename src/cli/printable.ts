/** A text in which control characters, which a terminal would obey, are written as escapes: what a link or a file names may have some. */
export function printable(text: string): string {
  return text.replace(/(?![\t\n])\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
