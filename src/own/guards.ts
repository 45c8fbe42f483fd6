import type { AnyNode } from 'acorn';
import type { Inserted } from './columns.ts';
import { isFunction, walk, type Syntax } from './syntax.ts';

export interface Guarded {
  /** As many lines as the text has. */
  readonly text: string;
  /** In the order of the text. */
  readonly inserted: readonly Inserted[];
}

/**
 * Puts guards into a text: each turn of a loop and each call of a function counts one, and every `$$m` of them the clock is looked at
 * (`$$t`, which throws when a hook has been at work for too long); each call with an argument notes its line (`$$a`), for what
 * takes long within the engine. `params` becomes what the set-up has of them. Nothing else is changed, and no line is added.
 */
export function guard(syntax: Syntax, paramsAt: number): Guarded {
  const pieces: { readonly at: number; readonly piece: string; readonly order: number }[] = [];
  const put = (position: number, piece: string): void => {
    pieces.push({ at: syntax.at(position), piece, order: pieces.length });
  };
  if (paramsAt >= 0) pieces.push({ at: paramsAt, piece: '$$p||', order: 0 });
  walk(syntax.body, (node) => {
    const count = `++$$n>$$m&&($$n=$$t(${node.loc!.start.line - 1}))`;
    if (isFunction(node)) {
      if (node.body.type === 'BlockStatement') put(node.body.start + 1, `${count};`);
      else {
        put(node.body.start, `(${count},`);
        put(node.body.end, ')');
      }
    }
    const body = loopBody(node);
    if (body?.type === 'BlockStatement') put(body.start + 1, `${count};`);
    else if (body) {
      put(body.start, `{${count};`);
      put(body.end, '}');
    }
    if ((node.type === 'CallExpression' || node.type === 'NewExpression') && node.arguments.length > 0) {
      const last = node.arguments.at(-1)!;
      const argument = last.type === 'SpreadElement' ? last.argument : last;
      put(argument.start, `($$a(${last.loc!.start.line - 1}),`);
      put(argument.end, ')');
    }
  });
  return merged(syntax.text, inOrder(pieces));
}

/**
 * Where two pieces stand at one place, those of what lies outside come first at a beginning, and last at an end. The tree is walked from
 * the outside in, so beginnings are in order as they were found, and ends in the opposite one.
 */
function inOrder<P extends { readonly at: number; readonly piece: string; readonly order: number }>(pieces: P[]): P[] {
  const isEnd = ({ piece }: P): boolean => piece === ')' || piece === '}';
  return pieces.sort((a, b) => {
    if (a.at !== b.at) return a.at - b.at;
    if (isEnd(a) !== isEnd(b)) return isEnd(a) ? -1 : 1;
    return isEnd(a) ? b.order - a.order : a.order - b.order;
  });
}

function merged(text: string, pieces: readonly { readonly at: number; readonly piece: string }[]): Guarded {
  const inserted: Inserted[] = [];
  let guarded = '';
  let from = 0;
  let line = 1;
  let column = 1;
  for (const { at, piece } of pieces) {
    for (let i = from; i < at; i++) {
      column++;
      if (text[i] !== '\n') continue;
      line++;
      column = 1;
    }
    inserted.push([line, column, piece.length]);
    guarded += text.slice(from, at) + piece;
    column += piece.length;
    from = at;
  }
  return { text: guarded + text.slice(from), inserted };
}

function loopBody(node: AnyNode): AnyNode | undefined {
  switch (node.type) {
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return node.body;
    default:
      return undefined;
  }
}
