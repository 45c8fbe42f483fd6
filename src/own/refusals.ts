import type { AnyNode, Identifier } from 'acorn';
import type { CodeFault } from './code-fault.ts';
import { exactMath, languageNames, localeMethods, whyNot } from './globals.ts';
import { indicatorNames } from './indicators.ts';
import { isFunction, walk, type Syntax } from './syntax.ts';

const later = 'a hook is called and comes back; there is nothing to wait for';

/**
 * What own code may not have. Nothing here keeps it away from the network or from what is ahead: that is the work of the scope that it
 * runs in (close-scope.ts). But the tree is complete, because no code is made from text, and so it can refuse what is syntax, and
 * tell at its line what would otherwise fail when it is reached.
 */
export function refusals(syntax: Syntax): CodeFault[] {
  const faults: CodeFault[] = [];
  const refuse = (node: AnyNode, message: string): void => {
    faults.push(syntax.fault(node, message));
  };
  const declared = new Set<string>();
  const named: Identifier[] = [];
  walk(syntax.body, (node, parent) => {
    if (node.type === 'ImportExpression') refuse(node, 'import is not there: a strategy is one text');
    if (isFunction(node) && node.async) refuse(node, `async is not there: ${later}`);
    if (node.type === 'AwaitExpression') refuse(node, `await is not there: ${later}`);
    if ((node.type === 'BinaryExpression' || node.type === 'AssignmentExpression') && node.operator.startsWith('**'))
      refuse(node, '** differs in its last bits by engine; multiply instead');
    if (node.type === 'MemberExpression') refuseMember(node, refuse);
    if (node.type === 'Identifier' && isName(node, parent)) named.push(node);
    for (const pattern of patternsOf(node)) addNames(pattern, declared);
  });
  for (const node of topReturns(syntax.body)) refuse(node, 'return stands outside of a function');
  for (const node of named) {
    const { name } = node;
    if (name.startsWith('$$')) refuse(node, `${name} begins with $$, which the guards of the loops use`);
    else if (
      !declared.has(name) &&
      !languageNames.includes(name) &&
      !indicatorNames.includes(name) &&
      name !== 'arguments'
    )
      refuse(node, whyNot(name));
  }
  const html = /<!--|^[ \t]*-->/m.exec(syntax.text);
  if (html)
    faults.push({ ...lineOf(syntax.text, html.index), message: 'comments of HTML are read differently by engines' });
  return faults.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** `Math.log` and others whose last bits differ by engine, and methods that ask for the user's language. */
function refuseMember(
  node: AnyNode & { type: 'MemberExpression' },
  refuse: (node: AnyNode, message: string) => void,
): void {
  const { object, property, computed } = node;
  if (computed || property.type !== 'Identifier') return;
  if (localeMethods.includes(property.name))
    return refuse(
      node,
      `${property.name} is not there: it depends on the user's language, and so would the result; compare with < and >, and write numbers with String or toFixed`,
    );
  if (object.type !== 'Identifier' || object.name !== 'Math' || exactMath.includes(property.name)) return;
  refuse(
    node,
    property.name === 'random'
      ? 'Math.random is not there: a run could not be repeated'
      : `Math.${property.name} is not there: its last bits differ by engine, and so would the result; there are ${exactMath.join(', ')}`,
  );
}

/** Whether an identifier is a variable, and not the name of a property or a label. */
function isName(node: Identifier, parent: AnyNode): boolean {
  switch (parent.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'Property':
      return parent.value === node || parent.computed;
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.value === node || parent.computed;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return false;
    default:
      return true;
  }
}

/** The patterns in which a node declares names. */
function patternsOf(node: AnyNode): readonly AnyNode[] {
  if (node.type === 'VariableDeclarator') return [node.id];
  if (node.type === 'CatchClause') return node.param ? [node.param] : [];
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return node.id ? [node.id] : [];
  if (!isFunction(node)) return [];
  return node.id ? [node.id, ...node.params] : node.params;
}

function addNames(pattern: AnyNode | null, names: Set<string>): void {
  switch (pattern?.type) {
    case 'Identifier':
      names.add(pattern.name);
      return;
    case 'AssignmentPattern':
      return addNames(pattern.left, names);
    case 'RestElement':
      return addNames(pattern.argument, names);
    case 'ArrayPattern':
      return pattern.elements.forEach((each) => addNames(each, names));
    case 'ObjectPattern':
      return pattern.properties.forEach((each) => addNames(each.type === 'Property' ? each.value : each, names));
  }
}

function topReturns(node: AnyNode): AnyNode[] {
  const found: AnyNode[] = [];
  const inside: AnyNode[] = [];
  walk(node, (child) => {
    if (isFunction(child)) inside.push(child);
    if (child.type === 'ReturnStatement' && !inside.some(({ start, end }) => start <= child.start && child.end <= end))
      found.push(child);
  });
  return found;
}

function lineOf(text: string, index: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, index).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
