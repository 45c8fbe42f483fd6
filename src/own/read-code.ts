import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { OwnDefinition } from '../strategy/definition.ts';
import type { CodeFault } from './code-fault.ts';
import { readDeclared } from './declared.ts';
import { guard } from './guards.ts';
import { mostCharacters } from './most-characters.ts';
import { refusals } from './refusals.ts';
import { scriptOf } from './script.ts';
import { parseCode } from './syntax.ts';

export type ReadCode =
  | { readonly ok: true; readonly definition: OwnDefinition }
  | { readonly ok: false; readonly faults: readonly CodeFault[] };

/** The hash by which a configuration names a text: `sha256:` and 64 hex digits. */
export function codeHash(text: string): string {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(text)))}`;
}

/** Reads the text of a strategy, without running any of it: what it declares, and the script that it becomes. */
export function readCode(name: string, text: string): ReadCode {
  if (text.length > mostCharacters)
    return {
      ok: false,
      faults: [
        { line: 1, column: 1, message: `the text has ${text.length} characters; it may have ${mostCharacters}` },
      ],
    };
  const parsed = parseCode(text);
  if (!parsed.ok) return { ok: false, faults: [parsed.fault] };
  const { syntax } = parsed;
  const faults = refusals(syntax);
  const declared = readDeclared(syntax, firstComment(text), (fault) => faults.push(fault));
  if (faults.length > 0) return { ok: false, faults };
  const guarded = guard(syntax, declared.paramsAt);
  const hash = codeHash(text);
  return {
    ok: true,
    definition: {
      name,
      title: name,
      paragraph: declared.paragraph,
      source: `your own code, ${hash.slice(0, 15)}…`,
      params: declared.params,
      warmUpBars: declared.warmUpBars,
      own: {
        sha256: hash,
        script: scriptOf(guarded, declared.hooks),
        lines: text.split('\n').length,
        inserted: guarded.inserted,
      },
    },
  };
}

/** The words of the comment that a text begins with. */
function firstComment(text: string): string {
  const found = /^\s*(?:\/\*([^]*?)\*\/|((?:\s*\/\/.*\n?)+))/.exec(text);
  const words = found?.[1] ?? found?.[2] ?? '';
  return words
    .split('\n')
    .map((line) => line.replace(/^\s*(\/\/|\*)?\s?/, '').trim())
    .join(' ')
    .trim();
}
