import type { Finding } from './finding.ts';
import { error, excerpt, wrong } from './finding.ts';
import type { Json } from './kinds.ts';
import { textLimit } from './kinds.ts';

/** Levels of lists and objects inside one setting; with the group and the configuration itself that makes 8. */
const depthLimit = 6;
/** Values inside one setting, counted over all its levels. */
const sizeLimit = 100_000;

/** Keys that reach the prototype of a careless reader. */
const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

type Copy = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly finding: Finding };

interface Open {
  readonly from: object;
  readonly to: Record<string, unknown> | unknown[];
  readonly path: string;
  readonly depth: number;
}

/**
 * A fresh copy of a value that is plain JSON within limits: depth, size, length of texts, finite numbers. Without
 * recursion, so that no nesting exhausts the stack; a cycle ends at the limit of depth. The finding is the first one.
 */
export function plainCopy(input: unknown, setting: string): Copy {
  const holder: unknown[] = [];
  const open: Open[] = [];
  let size = 0;

  const take = (
    value: unknown,
    path: string,
    depth: number,
    into: Open['to'],
    key: string | number,
  ): Finding | null => {
    if (++size > sizeLimit)
      return error(setting, input, `${setting} holds more than ${sizeLimit} values; it must hold fewer`);
    const put = (copy: unknown) => void ((into as Record<string | number, unknown>)[key] = copy);
    switch (typeof value) {
      case 'boolean':
        put(value);
        return null;
      case 'number':
        put(value === 0 ? 0 : value);
        return Number.isFinite(value) ? null : wrong(path, value, 'a finite number');
      case 'string':
        put(value);
        if (value.length <= textLimit) return null;
        return error(path, value, `${path} is ${value.length} characters long; at most ${textLimit} are allowed`);
      case 'object': {
        if (value === null) {
          put(null);
          return null;
        }
        if (depth >= depthLimit) {
          return error(path, value, `${path} is nested too deep; ${setting} may have at most ${depthLimit} levels`);
        }
        const to = Array.isArray(value) ? [] : {};
        put(to);
        open.push({ from: value, to, path, depth: depth + 1 });
        return null;
      }
      default:
        return wrong(path, value, 'a text, a number, true, false, null, a list or an object');
    }
  };

  let finding = take(input, setting, 0, holder, 0);
  for (let next = open.pop(); next && !finding; next = open.pop()) {
    const { from, to, path, depth } = next;
    if (Array.isArray(from)) {
      for (let index = 0; index < from.length && !finding; index++) {
        finding = take(from[index], `${path}[${index}]`, depth, to, index);
      }
      continue;
    }
    for (const [key, value] of Object.entries(from)) {
      const name = `${path}.${excerpt(key)}`;
      if (forbiddenKeys.has(key)) finding = error(name, value, `${name} is not a setting; this name is never allowed`);
      else if (key.length > textLimit)
        finding = error(name, value, `${name} has a name longer than ${textLimit} characters`);
      else finding = take(value, name, depth, to, key);
      if (finding) break;
    }
  }
  return finding ? { ok: false, finding } : { ok: true, value: holder[0] as Json };
}
