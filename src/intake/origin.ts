/** More lines than files have. */
const mostLines = 4_294_967_296;

/** Where a record came from, as one number: the number of its file, and its line. */
export function originOf(file: number, line: number): number {
  return file * mostLines + line;
}

export function fileOf(origin: number): number {
  return Math.floor(origin / mostLines);
}

export function lineOf(origin: number): number {
  return origin % mostLines;
}
