import type { Kind } from '../../config/kinds.ts';
import { settings as rows, type SettingRow } from '../../config/schema.ts';
import { misspelt, outOfRange } from '../examples.ts';
import type { Chapter, Entry, Section } from '../text.ts';

/** What a setting is, all of it from the table of settings. */
function entryOf({ name, kind, unit, help, default: initial }: SettingRow): Entry {
  return {
    id: name,
    term: name,
    text: help,
    facts: [
      ['type', typeWords(kind)],
      ['values', kind.must],
      ...(unit === undefined ? [] : ([['unit', unit]] as const)),
      ['default', `\`${JSON.stringify(initial)}\``],
    ],
  };
}

function typeWords({ name, entry, nullable }: Kind<unknown>): string {
  const words = entry ? `${name} of ${entry.name}` : name;
  return nullable ? `${words}, or null` : words;
}

const groups = [...new Set(rows.map(({ group }) => group))];

/** A place of its own for each group; settings that stand by themselves come first. */
const sections = groups.map((group): Section => ({
  id: group ?? 'settings-alone',
  title: group ?? 'By themselves',
  blocks: [{ entries: rows.filter((row) => row.group === group).map(entryOf) }],
}));

export const settings: Chapter = {
  id: 'settings',
  title: 'Settings',
  sections: [
    {
      id: 'configuration',
      title: 'The configuration',
      blocks: [
        'A configuration is one JSON object, in groups. Every key may be left out and then has its default; a key that there is not is an error, as is a value out of its range. Settings are also checked against each other and against the data, and what is wrong stands beside the field, with the value that would be right where there is one.',
        { example: misspelt },
        { example: outOfRange },
      ],
    },
    ...sections,
  ],
};
