import {
  snippetCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { deskEntries, hookEntries, indicatorEntries, type ApiEntry } from '../../own/api.ts';
import { exactMath } from '../../own/globals.ts';

const option = ({ name, type, help }: ApiEntry, kind: string): Completion => ({
  label: name,
  type: kind,
  detail: type,
  info: help,
});

const ofDesk = deskEntries.map((entry) => option(entry, entry.type.includes('=>') ? 'method' : 'property'));
const ofMath = exactMath.map((name): Completion => ({ label: name, type: 'function' }));
const atTop = [
  ...hookEntries.map((entry) =>
    snippetCompletion(
      `function ${entry.name}${entry.type.replace(' => void', '').replace(/: number/g, '')} {\n  \${}\n}`,
      {
        ...option(entry, 'function'),
      },
    ),
  ),
  ...indicatorEntries.map((entry) => option(entry, 'class')),
  { label: 'desk', type: 'variable', info: 'What a hook sees and does; it is given to each.' },
  { label: 'params', type: 'variable', info: 'What the set-up has of const params = { … }.' },
  { label: 'warmUpBars', type: 'variable', info: 'Bars of a symbol before it may order: const warmUpBars = …' },
];

/** What may stand at a place: members behind `desk.` and `Math.`, parameters behind `params.`, else hooks and indicators. */
export function completions(context: CompletionContext): CompletionResult | null {
  const member = context.matchBefore(/\b(desk|Math|params)\.\w*/);
  if (member) {
    const dot = member.text.indexOf('.');
    const owner = member.text.slice(0, dot);
    const options = owner === 'desk' ? ofDesk : owner === 'Math' ? ofMath : paramsIn(context.state.doc.toString());
    return { from: member.from + dot + 1, options, validFor: /^\w*$/ };
  }
  const word = context.matchBefore(/(?<![.\w])\w+/);
  return word ? { from: word.from, options: atTop, validFor: /^\w*$/ } : null;
}

function paramsIn(text: string): readonly Completion[] {
  const body = /const params\s*=\s*\{([^]*?)\n?\};?\s*$/m.exec(text)?.[1] ?? '';
  return [...body.matchAll(/(?:^|[{,]|\n)\s*(\w+)\s*:\s*(?=[\d\-'"{tf])/g)].map(([, name]) => ({
    label: name!,
    type: 'property',
  }));
}

/** What is told of the word at a place, and where the word is. */
export function apiAt(
  text: string,
  position: number,
): (ApiEntry & { readonly from: number; readonly to: number }) | null {
  const from = position - /\w*$/.exec(text.slice(0, position))![0].length;
  const to = position + /^\w*/.exec(text.slice(position))![0].length;
  const word = text.slice(from, to);
  const isMember = text[from - 1] === '.';
  const entries = isMember
    ? /\bdesk\.$/.test(text.slice(0, from))
      ? deskEntries
      : []
    : [...hookEntries, ...indicatorEntries];
  const found = entries.find(({ name }) => name === word);
  return found ? { ...found, from, to } : null;
}
