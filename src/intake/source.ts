/** A file, wherever it is. The page wraps `File.stream()`, the terminal a stream of Node. */
export interface ByteSource {
  /** The file's name without its folders. */
  readonly name: string;
  /** Bytes on disk, before decompression. */
  readonly size: number;
  /** Reads the file from its beginning; may be called again. Leaving the loop early closes it. */
  open(): AsyncIterable<Uint8Array>;
}
