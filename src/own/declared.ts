import type { AnyNode, Expression } from 'acorn';
import { choice, flag, number, text as textKind, whole } from '../config/kinds.ts';
import type { Json } from '../config/kinds.ts';
import type { Param, Params } from '../strategy/definition.ts';
import type { CodeFault } from './code-fault.ts';
import { hookNames, type HookName } from './hooks.ts';
import type { Syntax } from './syntax.ts';

/** What a text declares of itself, known without running it. */
export interface Declared {
  /** The first comment, or nothing. */
  readonly paragraph: string;
  readonly params: Readonly<Record<string, Param<unknown>>>;
  /** Where the value of `params` begins; -1 where the text has none. */
  readonly paramsAt: number;
  readonly hooks: readonly HookName[];
  /** Bars of a symbol before it may order. */
  warmUpBars(params: Params): number;
}

const mostWarmUpBars = 100_000;

/** Reads what a text declares at its top. Faults go to `tell`. */
export function readDeclared(syntax: Syntax, comment: string, tell: (fault: CodeFault) => void): Declared {
  const hooks: HookName[] = [];
  let params: Record<string, Param<unknown>> = {};
  let paramsAt = -1;
  let warmUp: Expression | undefined;
  const name = (id: string): void => {
    const hook = hookNames.find((each) => each === id);
    if (hook) hooks.push(hook);
  };
  for (const node of syntax.body.body) {
    if (node.type === 'FunctionDeclaration') name(node.id.name);
    if (node.type !== 'VariableDeclaration') continue;
    for (const { id, init } of node.declarations) {
      if (id.type !== 'Identifier') continue;
      name(id.name);
      if (id.name === 'params') {
        if (node.kind !== 'const' || init?.type !== 'ObjectExpression')
          tell(syntax.fault(id, 'params must be declared as const params = { … }, for the set-up to show them'));
        else {
          params = readParams(syntax, init, tell);
          paramsAt = syntax.at(init.start);
        }
      }
      if (id.name === 'warmUpBars' && init) warmUp = init;
    }
  }
  if (hooks.length === 0)
    tell({
      line: 1,
      column: 1,
      message: `there is no hook; a strategy has at least one of the functions ${hookNames.join(', ')}`,
    });
  const defaults = Object.fromEntries(Object.entries(params).map(([key, param]) => [key, param.default]));
  if (warmUp && !isCount(numberOf(warmUp, defaults)))
    tell(
      syntax.fault(
        warmUp,
        `warmUpBars must be a whole number from 0 to ${mostWarmUpBars}: a number, params.name, or + - * Math.max Math.min of them`,
      ),
    );
  return {
    paragraph: comment,
    params,
    paramsAt,
    hooks,
    warmUpBars: (given) => {
      const bars = warmUp ? numberOf(warmUp, given) : 0;
      return isCount(bars) ? bars : 0;
    },
  };
}

function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= mostWarmUpBars;
}

/** `{ fast: 10, slow: { default: 30, min: 2, max: 500, whole: true, help: '…' }, side: { default: 'both', choices: ['both', 'long'] } }` */
function readParams(
  syntax: Syntax,
  node: Expression,
  tell: (fault: CodeFault) => void,
): Record<string, Param<unknown>> {
  const params: Record<string, Param<unknown>> = {};
  if (node.type !== 'ObjectExpression') return params;
  for (const each of node.properties) {
    const key = each.type === 'Property' ? keyOf(each.key, each.computed) : undefined;
    const value = each.type === 'Property' ? literal(each.value) : undefined;
    const param = value === undefined ? undefined : paramOf(value);
    if (key === undefined || param === undefined)
      tell(
        syntax.fault(
          each,
          'a parameter must be a number, true, false, a text, or { default, min, max, whole, choices, help, unit } written out',
        ),
      );
    else if (key === '__proto__' || Object.hasOwn(params, key))
      tell(syntax.fault(each, `the parameter ${key} cannot be named so, or is there twice`));
    else params[key] = param;
  }
  return params;
}

function paramOf(value: Json): Param<unknown> | undefined {
  const full = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { default: value };
  const { default: initial, min, max, choices, help, unit } = full as { readonly [key: string]: Json };
  const words = { help: typeof help === 'string' ? help : '', ...(typeof unit === 'string' && { unit }) };
  if (typeof initial === 'boolean') return { kind: flag, default: initial, ...words };
  if (typeof initial === 'string') {
    if (!Array.isArray(choices)) return { kind: textKind, default: initial, ...words };
    const texts = choices.filter((each) => typeof each === 'string');
    return texts.includes(initial) ? { kind: choice(...texts), default: initial, ...words } : undefined;
  }
  if (typeof initial !== 'number') return undefined;
  const [low, high] = [min, max].map((each) => (typeof each === 'number' ? each : undefined));
  if ((low !== undefined && initial < low) || (high !== undefined && initial > high)) return undefined;
  const isWhole = (full as { readonly [key: string]: Json })['whole'] === true;
  if (isWhole && !Number.isInteger(initial)) return undefined;
  return { kind: isWhole ? whole(low, high) : number(low, high), default: initial, ...words };
}

function keyOf(key: AnyNode, computed: boolean): string | undefined {
  if (computed) return undefined;
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined;
}

/** The value of an expression that is written out; undefined of any other. */
function literal(node: AnyNode): Json | undefined {
  if (node.type === 'UnaryExpression' && node.operator === '-' && node.argument.type === 'Literal') {
    const { value } = node.argument;
    return typeof value === 'number' ? -value : undefined;
  }
  if (node.type === 'Literal') {
    const { value } = node;
    return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string' ? value : undefined;
  }
  if (node.type === 'ArrayExpression') {
    const values = node.elements.map((each) => (each ? literal(each) : undefined));
    return values.every((each) => each !== undefined) ? values : undefined;
  }
  if (node.type !== 'ObjectExpression') return undefined;
  const record: Record<string, Json> = {};
  for (const each of node.properties) {
    const key = each.type === 'Property' ? keyOf(each.key, each.computed) : undefined;
    const value = each.type === 'Property' ? literal(each.value) : undefined;
    if (key === undefined || key === '__proto__' || value === undefined) return undefined;
    record[key] = value;
  }
  return record;
}

/** What a plain sum of numbers and parameters comes to; undefined of anything else. */
function numberOf(node: AnyNode, params: Params): number | undefined {
  if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : undefined;
  if (node.type === 'ParenthesizedExpression') return numberOf(node.expression, params);
  if (node.type === 'MemberExpression') {
    const key = keyOf(node.property, node.computed);
    if (node.object.type !== 'Identifier' || node.object.name !== 'params' || key === undefined) return undefined;
    const value = Object.hasOwn(params, key) ? params[key] : undefined;
    return typeof value === 'number' ? value : undefined;
  }
  if (node.type === 'BinaryExpression') {
    const [left, right] = [numberOf(node.left, params), numberOf(node.right, params)];
    if (left === undefined || right === undefined) return undefined;
    if (node.operator === '+') return left + right;
    if (node.operator === '-') return left - right;
    return node.operator === '*' ? left * right : undefined;
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object, property, computed } = node.callee;
  const method = object.type === 'Identifier' && object.name === 'Math' ? keyOf(property, computed) : undefined;
  const values = node.arguments.map((each) => numberOf(each, params));
  if (!values.every((each) => each !== undefined)) return undefined;
  if (method === 'max') return Math.max(...values);
  return method === 'min' ? Math.min(...values) : undefined;
}
