import * as v from 'valibot';
import { sha256Text } from '../bars/sha256-text.ts';
import { fromBase64url, strangerAt, toBase64url } from './base64url.ts';

/** Bars that a run used: those that it played, or those that gaps were filled from. */
export interface ProvenData {
  readonly dataset: string;
  readonly sha256: string;
  readonly interval: string;
  readonly use: 'played' | 'filled from';
  /** The hash of the splits and dividends that were applied; absent where none were. */
  readonly adjustments?: string | undefined;
  /** Of those that were played. */
  readonly symbols: readonly string[];
}

/** What a link says of the result of its set-up, so that whoever plays it sees whether it comes out the same. */
export interface Proof {
  /** Version of the app that made the result. */
  readonly engine: string;
  /** `sha256:` and 64 hex digits. */
  readonly fingerprint: string;
  readonly data: readonly ProvenData[];
  /** The played sessions: the first and the last date, and how many there are. */
  readonly first: string;
  readonly last: string;
  readonly sessions: number;
  /** Every so many sessions have marks. */
  readonly sessionStride: number;
  /** Base slots from mark to mark within such a session; 0: it has a mark at its end alone. */
  readonly slotStride: number;
  /** 16 bits each of the chain, in time order: where they part from another run's, the runs part. */
  readonly marks: Uint16Array;
}

const hash = v.pipe(v.string(), v.regex(sha256Text, 'must be a hash as sha256: and 64 hex digits'));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const date = v.pipe(v.string(), v.isoDate());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(100_000));

/** Marks of one proof at most: with two bytes each a link of some 4,000 characters. */
export const mostMarks = 1_500;

const marks = v.pipe(
  v.string(),
  v.maxLength(4 * mostMarks),
  v.check((text) => strangerAt(text) < 0, 'must be base64url'),
  v.transform(fromBase64url),
  v.check((bytes) => bytes !== undefined && bytes.length % 2 === 0, 'must be whole 16-bit words'),
  v.transform((bytes) => wordsOf(bytes!)),
);

const schema = v.strictObject({
  engine: v.pipe(v.string(), v.maxLength(40)),
  fingerprint: hash,
  data: v.pipe(
    v.array(
      v.strictObject({
        dataset: name,
        sha256: hash,
        interval: name,
        use: v.picklist(['played', 'filled from']),
        adjustments: v.optional(hash),
        symbols: v.pipe(v.array(name), v.maxLength(10_000)),
      }),
    ),
    v.maxLength(400),
  ),
  first: date,
  last: date,
  sessions: count,
  sessionStride: v.pipe(count, v.minValue(1)),
  slotStride: count,
  marks,
});

/** A proof as JSON. */
export function proofText(proof: Proof): string {
  const bytes = new Uint8Array(2 * proof.marks.length);
  proof.marks.forEach((mark, i) => bytes.set([mark & 255, mark >> 8], 2 * i));
  return JSON.stringify({ ...proof, marks: toBase64url(bytes) });
}

/** The proof in a JSON text that came from anywhere, copied into fresh objects; a message where it is none. Never throws. */
export function readProof(
  text: string,
): { readonly ok: true; readonly proof: Proof } | { readonly ok: false; readonly message: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, message: 'it is not JSON' };
  }
  const read = v.safeParse(schema, json, { abortEarly: true });
  if (read.success) return { ok: true, proof: read.output };
  const [issue] = read.issues;
  return { ok: false, message: `${v.getDotPath(issue) ?? 'the proof'}: ${issue.message.slice(0, 200)}` };
}

function wordsOf(bytes: Uint8Array): Uint16Array {
  return Uint16Array.from({ length: bytes.length / 2 }, (_, i) => bytes[2 * i]! | (bytes[2 * i + 1]! << 8));
}
