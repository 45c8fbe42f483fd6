/** What intake uses of the platform; pages, workers and Node all have it. */
interface Inflater {
  readonly writable: {
    getWriter(): {
      write(bytes: Uint8Array): Promise<void>;
      close(): Promise<void>;
      abort(reason?: unknown): Promise<void>;
    };
  };
  readonly readable: {
    getReader(): {
      read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>;
      cancel(reason?: unknown): Promise<void>;
    };
  };
}

const platform = globalThis as unknown as {
  readonly DecompressionStream: new (format: 'gzip') => Inflater;
  readonly TextDecoder: new (label: 'utf-8') => { decode(bytes: Uint8Array): string };
};

export function gzipInflater(): Inflater {
  return new platform.DecompressionStream('gzip');
}

/** The text of bytes in UTF-8; what is not UTF-8 becomes U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  return new platform.TextDecoder('utf-8').decode(bytes);
}
