import { fromBase64url, strangerAt, toBase64url } from './base64url.ts';
import { deflate, inflate } from './deflate.ts';
import { error, excerpt } from './finding.ts';
import { nonDefault } from './format.ts';
import type { Proof } from './proof.ts';
import type { ReadResult } from './read.ts';
import { readConfig } from './read.ts';
import type { Config } from './schema.ts';

const compactPrefix = 'c=';
const plainPrefix = 'config=';

/** Characters after `#c=`. */
export const compactLimit = 8 * 1_024;
/** Characters after `#config=`. */
export const plainLimit = 64 * 1_024;
/** Characters of a proof. */
const proofLimit = 8 * 1_024;
/** Bytes that a compact link, or a proof, may grow to. */
export const inflatedLimit = 256 * 1_024;

/** What stands between a set-up and the proof of its result. */
const proofMark = '&proof=';

/** What a link held: a configuration, with a proof where it has one; nothing at all; or what is wrong with it. */
export type LinkResult =
  | (Extract<ReadResult, { readonly ok: true }> & { readonly proof?: Proof })
  | Extract<ReadResult, { readonly ok: false }>
  | { readonly ok: true; readonly empty: true };

const platform = globalThis as unknown as {
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
  readonly TextDecoder: new (label: 'utf-8', options: { fatal: true }) => { decode(bytes: Uint8Array): string };
};

/**
 * The compact link of a configuration: `#c=` and what differs from the defaults, as JSON, deflated, in base64url; behind it the
 * proof of a result in the same way. Rejects with a RangeError when it would be longer than a page reads.
 */
export async function encodeLink(config: Config, proof?: Proof): Promise<string> {
  if (proof) return (await encodeLink(config)) + (await encodeProof(proof));
  const json = new platform.TextEncoder().encode(JSON.stringify(nonDefault(config)));
  const compact = toBase64url(await deflate(json));
  if (json.length <= inflatedLimit && compact.length <= compactLimit) return `#${compactPrefix}${compact}`;
  throw new RangeError(
    `The link would be ${compact.length} characters long; at most ${compactLimit} are read. Name fewer symbols or send the configuration as a file.`,
  );
}

async function encodeProof(proof: Proof): Promise<string> {
  const { proofText } = await import('./proof.ts');
  const text = toBase64url(await deflate(new platform.TextEncoder().encode(proofText(proof))));
  if (text.length <= proofLimit) return `${proofMark}${text}`;
  throw new RangeError(
    `The proof would be ${text.length} characters long; at most ${proofLimit} are read. Play fewer datasets or symbols.`,
  );
}

/**
 * Reads a link: the hash of an address, or an address with its hash. Links come from strangers, so each step is bounded
 * before it is taken: length, alphabet, growth, depth, known keys. Never throws; an empty hash is `empty`.
 */
export async function decodeLink(link: string): Promise<LinkResult> {
  const start = link.indexOf('#');
  if (start < 0 && link !== '') return refuse(excerpt(link), `The link ${quote(link)} has no #; it must have ${forms}`);
  const [hash, proof] = partsOf(start < 0 ? '' : link.slice(start + 1));
  if (hash === '' && proof === null) return { ok: true, empty: true };
  const read = await fromHash(hash);
  return proof === null || !read.ok ? read : withProof(read, proof);
}

/** The set-up of a link and its proof, each as text; null where it has none. */
function partsOf(hash: string): readonly [string, string | null] {
  const at = hash.lastIndexOf(proofMark);
  return at < 0 ? [hash, null] : [hash.slice(0, at), hash.slice(at + proofMark.length)];
}

async function withProof(read: Extract<ReadResult, { readonly ok: true }>, text: string): Promise<LinkResult> {
  const unpacked = await unpack(text, proofLimit, 'proof');
  if (!unpacked.ok) return unpacked;
  const { readProof } = await import('./proof.ts');
  const found = readProof(unpacked.text);
  if (found.ok) return { ...read, proof: found.proof };
  return refuse(
    text.length,
    `The proof in the link is none that this page reads (${found.message}); ask for the link again.`,
  );
}

async function fromHash(hash: string): Promise<ReadResult> {
  if (hash.startsWith(compactPrefix)) return fromCompact(hash.slice(compactPrefix.length));
  if (hash.startsWith(plainPrefix)) return fromPlain(hash.slice(plainPrefix.length));
  return refuse(excerpt(hash), `The link begins with #${quote(hash)}; it must have ${forms}`);
}

const forms = '#config= and a configuration, or #c= and the text that Share makes.';

async function fromCompact(text: string): Promise<ReadResult> {
  const unpacked = await unpack(text, compactLimit, 'link');
  return unpacked.ok ? fromJson(unpacked.text) : unpacked;
}

type Refusal = Extract<ReadResult, { readonly ok: false }>;

/** The text in a part of a link, each step bounded before it is taken. */
async function unpack(
  text: string,
  limit: number,
  part: 'link' | 'proof',
): Promise<{ readonly ok: true; readonly text: string } | Refusal> {
  if (text.length > limit) return tooLong(text, limit, part);
  const stranger = strangerAt(text);
  if (stranger >= 0) return badCharacter(text, stranger, 'letters, digits, - and _', part);
  const bytes = fromBase64url(text);
  if (!bytes || bytes.length === 0) {
    return refuse(text.length, `The ${part} ends too early, after ${text.length} characters; copy all of it.`);
  }
  const inflated = await inflate(bytes, inflatedLimit);
  if (!inflated.ok) {
    return inflated.reason === 'too long'
      ? refuse(text.length, `The ${part} unpacks to more than ${inflatedLimit} bytes; no configuration is that large.`)
      : refuse(text.length, `The ${part} cannot be unpacked: a part of it is missing or changed; copy all of it.`);
  }
  try {
    return { ok: true, text: new platform.TextDecoder('utf-8', { fatal: true }).decode(inflated.bytes) };
  } catch {
    return refuse(text.length, `The ${part} does not hold text in UTF-8; it was not made by Share.`);
  }
}

function fromPlain(text: string): ReadResult {
  if (text.length > plainLimit) return tooLong(text, plainLimit, 'link');
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code === 0x7f) return badCharacter(text, at, 'printable characters', 'link');
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

function tooLong(text: string, limit: number, part: string): Refusal {
  return refuse(text.length, `The ${part} is ${text.length} characters long; at most ${limit} are read.`);
}

function badCharacter(text: string, at: number, right: string, part: string): Refusal {
  const code = text.codePointAt(at)!;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return refuse(name, `The ${part} has the character ${name} at place ${at + 1}; it may have ${right} only.`);
}

function refuse(value: unknown, message: string): Refusal {
  return { ok: false, findings: [error('link', value, message)] };
}
