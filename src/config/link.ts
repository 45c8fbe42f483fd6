import { fromBase64url, strangerAt, toBase64url } from './base64url.ts';
import { deflate, inflate } from './deflate.ts';
import { error, excerpt } from './finding.ts';
import { nonDefault } from './format.ts';
import type { ReadResult } from './read.ts';
import { readConfig } from './read.ts';
import type { Config } from './schema.ts';

const compactPrefix = 'c=';
const plainPrefix = 'config=';

/** Characters after `#c=`. */
export const compactLimit = 8 * 1_024;
/** Characters after `#config=`. */
export const plainLimit = 64 * 1_024;
/** Bytes that a compact link may grow to. */
export const inflatedLimit = 256 * 1_024;

/** What a link held: a configuration, nothing at all, or what is wrong with it. */
export type LinkResult = ReadResult | { readonly ok: true; readonly empty: true };

const platform = globalThis as unknown as {
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
  readonly TextDecoder: new (label: 'utf-8', options: { fatal: true }) => { decode(bytes: Uint8Array): string };
};

/**
 * The compact link of a configuration: `#c=` and what differs from the defaults, as JSON, deflated, in base64url.
 * Rejects with a RangeError when it would be longer than a page reads.
 */
export async function encodeLink(config: Config): Promise<string> {
  const json = new platform.TextEncoder().encode(JSON.stringify(nonDefault(config)));
  const compact = toBase64url(await deflate(json));
  if (json.length <= inflatedLimit && compact.length <= compactLimit) return `#${compactPrefix}${compact}`;
  throw new RangeError(
    `The link would be ${compact.length} characters long; at most ${compactLimit} are read. Name fewer symbols or send the configuration as a file.`,
  );
}

/** The link that people can read and write: `#config=` and what differs from the defaults, as URL-encoded JSON. */
export function encodePlainLink(config: Config): string {
  return `#${plainPrefix}${encodeURIComponent(JSON.stringify(nonDefault(config)))}`;
}

/**
 * Reads a link: the hash of an address, or an address with its hash. Links come from strangers, so each step is bounded
 * before it is taken: length, alphabet, growth, depth, known keys. Never throws; an empty hash is `empty`.
 */
export async function decodeLink(link: string): Promise<LinkResult> {
  const start = link.indexOf('#');
  if (start < 0 && link !== '') return refuse(excerpt(link), `The link ${quote(link)} has no #; it must have ${forms}`);
  const hash = start < 0 ? '' : link.slice(start + 1);
  if (hash === '') return { ok: true, empty: true };
  if (hash.startsWith(compactPrefix)) return fromCompact(hash.slice(compactPrefix.length));
  if (hash.startsWith(plainPrefix)) return fromPlain(hash.slice(plainPrefix.length));
  return refuse(excerpt(hash), `The link begins with #${quote(hash)}; it must have ${forms}`);
}

const forms = '#config= and a configuration, or #c= and the text that Share makes.';

async function fromCompact(text: string): Promise<ReadResult> {
  if (text.length > compactLimit) return tooLong(text, compactLimit);
  const stranger = strangerAt(text);
  if (stranger >= 0) return badCharacter(text, stranger, 'letters, digits, - and _');
  const bytes = fromBase64url(text);
  if (!bytes || bytes.length === 0) {
    return refuse(text.length, `The link ends too early, after ${text.length} characters; copy all of it.`);
  }
  const inflated = await inflate(bytes, inflatedLimit);
  if (!inflated.ok) {
    return inflated.reason === 'too long'
      ? refuse(text.length, `The link unpacks to more than ${inflatedLimit} bytes; no configuration is that large.`)
      : refuse(text.length, 'The link cannot be unpacked: a part of it is missing or changed; copy all of it.');
  }
  let json: string;
  try {
    json = new platform.TextDecoder('utf-8', { fatal: true }).decode(inflated.bytes);
  } catch {
    return refuse(text.length, 'The link does not hold text in UTF-8; it was not made by Share.');
  }
  return fromJson(json);
}

function fromPlain(text: string): ReadResult {
  if (text.length > plainLimit) return tooLong(text, plainLimit);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code === 0x7f) return badCharacter(text, at, 'printable characters');
  }
  let json: string;
  try {
    json = decodeURIComponent(text);
  } catch {
    return refuse(excerpt(text), 'The link has a % that begins no character; write a % itself as %25.');
  }
  return fromJson(json);
}

function fromJson(json: string): ReadResult {
  let input: unknown;
  try {
    input = JSON.parse(json);
  } catch (cause) {
    const reason = excerpt(cause instanceof Error ? cause.message : String(cause), 100);
    return refuse(excerpt(json), `The link does not hold JSON: ${quote(json)} (${reason}).`);
  }
  return readConfig(input);
}

function quote(text: string): string {
  return JSON.stringify(excerpt(text));
}

function tooLong(text: string, limit: number): ReadResult {
  return refuse(text.length, `The link is ${text.length} characters long; at most ${limit} are read.`);
}

function badCharacter(text: string, at: number, right: string): ReadResult {
  const code = text.codePointAt(at)!;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return refuse(name, `The link has the character ${name} at place ${at + 1}; it may have ${right} only.`);
}

function refuse(value: unknown, message: string): ReadResult {
  return { ok: false, findings: [error('link', value, message)] };
}
