import { parse, type AnyNode, type BlockStatement } from 'acorn';
import type { CodeFault } from './code-fault.ts';

/** What stands ahead of the text where it is parsed: as where it runs, it is the inside of a strict function and begins on a line of its own. */
const head = '(function(){"use strict";\n';
const tail = '\n})';

/** A text as it is parsed. */
export interface Syntax {
  readonly text: string;
  /** The text as the body of a function. */
  readonly body: BlockStatement;
  /** Place in the text of a place in the tree. */
  at(position: number): number;
  /** A fault at a node. */
  fault(node: AnyNode, message: string): CodeFault;
}

/** Parses a text as JavaScript of 2024. */
export function parseCode(
  text: string,
): { readonly ok: true; readonly syntax: Syntax } | { readonly ok: false; readonly fault: CodeFault } {
  try {
    const program = parse(head + text + tail, { ecmaVersion: 2024, sourceType: 'script', locations: true });
    const [first, second] = program.body;
    const whole = first?.type === 'ExpressionStatement' ? first.expression : undefined;
    // A text that closes the function is no inside of it.
    if (second || whole?.type !== 'FunctionExpression' || whole.end !== head.length + text.length + tail.length - 1)
      return { ok: false, fault: { line: 1, column: 1, message: 'there is a } or ) too many' } };
    const fault = (node: AnyNode, message: string): CodeFault => ({
      line: node.loc!.start.line - 1,
      column: node.loc!.start.column + 1,
      message,
    });
    return { ok: true, syntax: { text, body: whole.body, at: (position) => position - head.length, fault } };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError) || !('loc' in thrown)) throw thrown;
    const { line, column } = thrown.loc as { readonly line: number; readonly column: number };
    const lines = text.split('\n');
    // What is missing is noticed at the end, in a line of the wrapping.
    const within = Math.min(line - 1, lines.length);
    return {
      ok: false,
      fault: {
        line: Math.max(1, within),
        column: within < line - 1 ? lines.at(-1)!.length + 1 : column + 1,
        message: thrown.message.replace(/ \(\d+:\d+\)$/, ''),
      },
    };
  }
}

/** Calls back for each node below a node, with the one above it, from the outside in. */
export function walk(node: AnyNode, visit: (node: AnyNode, parent: AnyNode) => void): void {
  for (const child of childrenOf(node)) {
    visit(child, node);
    walk(child, visit);
  }
}

/** A function of any kind; methods have one as their value. */
export type FunctionNode = Extract<
  AnyNode,
  { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }
>;

export function isFunction(node: AnyNode): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  );
}

function childrenOf(node: AnyNode): readonly AnyNode[] {
  return Object.values(node).flatMap((value: unknown) => (Array.isArray(value) ? value : [value]).filter(isNode));
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
