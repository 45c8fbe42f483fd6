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

interface Decoder {
  /** With `stream` set, halves of characters at the end are kept for the next bytes; a mark at the beginning is dropped. */
  decode(bytes?: Uint8Array, options?: { readonly stream: boolean }): string;
}

interface NativeDigest {
  digest(algorithm: 'SHA-256', bytes: Uint8Array): Promise<ArrayBuffer>;
}

const platform = globalThis as unknown as {
  readonly DecompressionStream: new (format: 'gzip') => Inflater;
  /** `subtle` is missing where a page was not served securely. */
  readonly crypto?: { readonly subtle?: NativeDigest };
  readonly TextDecoder: new (label: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252') => Decoder;
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
};

export function gzipInflater(): Inflater {
  return new platform.DecompressionStream('gzip');
}

/** Gives memory back at once where the platform can; where not it is garbage, which sixty megabytes of may lie about for seconds. */
export function giveBack(buffer: ArrayBufferLike): void {
  (buffer as { transfer?(bytes: 0): unknown }).transfer?.(0);
}

const utf8 = new platform.TextDecoder('utf-8');

/** The text of bytes in UTF-8; what is not UTF-8 becomes U+FFFD. */
export function textOf(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}

/** Whether no part of a text was something else than UTF-8. */
export function isLegible(text: string): boolean {
  return !text.includes('\ufffd');
}

export function textDecoder(encoding: 'utf-16le' | 'utf-16be' | 'windows-1252'): Decoder {
  return new platform.TextDecoder(encoding);
}

export function utf8Of(text: string): Uint8Array {
  return new platform.TextEncoder().encode(text);
}

/** The platform's own SHA-256, some ten times as fast as one in JavaScript; undefined where there is none. */
export function nativeSha256(): ((bytes: Uint8Array) => Promise<Uint8Array>) | undefined {
  const subtle = platform.crypto?.subtle;
  return subtle && (async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes)));
}
