/** A file, wherever it is: chosen in the page, on a disk, or in an archive. */
export interface ByteSource {
  /** The file's name; in a folder or an archive the path from there on, which that begins: `lean/spy.zip/spy.csv`. */
  readonly name: string;
  /** Bytes that `open` gives: of a gzip file those on disk, of a file in an archive the unpacked ones. */
  readonly size: number;
  /** To read from the middle costs as much as to read up to there. */
  readonly isPacked?: boolean;
  /**
   * Reads from byte `from` (0) to before `to` (the end); may be called again. A slice is good until the next is asked for: its memory may
   * be read into again. Leaving the loop early closes it.
   */
  open(from?: number, to?: number): AsyncIterable<Uint8Array>;
}
