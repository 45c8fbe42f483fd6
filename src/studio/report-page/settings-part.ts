import { defaultConfig, settings, valueOf } from '../../config/schema.ts';
import type { RunReport } from '../../session/report.ts';
import type { Described } from '../../strategy/definition.ts';
import { countLabel } from '../labels.ts';
import { settingLabel } from '../setting-words.ts';
import { paragraph, table } from './html.ts';

/** A value with what it counts. */
function valueWords(value: unknown, unit: string | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return unit === undefined ? String(value) : `${value} ${unit}`;
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value.join(', ') || 'none';
  return value === null || value === undefined ? 'none' : JSON.stringify(value);
}

/** All settings that differ from their defaults, but the strategy. */
export function settingsPart({ config }: RunReport): string {
  const initial = defaultConfig();
  const rows = settings
    .filter(({ name }) => name !== 'strategy')
    .map((row) => [row.name, valueWords(valueOf(config, row), row.unit), valueWords(valueOf(initial, row), row.unit)])
    .filter(([, value, plain]) => value !== plain);
  return rows.length === 0
    ? paragraph('All settings are at their defaults.')
    : table(['Setting', 'Value', 'Default'], rows);
}

/** What traded, with each of its parameters. `definition` says what they are; undefined where it is not known any more. */
export function strategyPart({ config: { strategy } }: RunReport, definition: Described | undefined): string {
  if (!strategy) return paragraph('None: the tape played without orders.');
  const name = definition?.title ?? strategy.name;
  const about = [
    paragraph(name === strategy.name ? name : `${name} (${strategy.name})`, 'name'),
    definition ? paragraph(definition.paragraph) : '',
    strategy.code === undefined ? '' : paragraph(`One’s own, ${strategy.code}.`),
  ];
  const known = Object.entries(definition?.params ?? {}).map(([key, { unit, default: initial, help }]) => {
    const value = Object.hasOwn(strategy.params, key) ? strategy.params[key] : initial;
    const label = settingLabel({ group: null, key, ...(unit !== undefined && { unit }) });
    return [label, paramWords(value, unit), paramWords(initial, unit), help];
  });
  const unknown = Object.entries(strategy.params)
    .filter(([key]) => !definition || !Object.hasOwn(definition.params, key))
    .map(([key, value]) => [key, paramWords(value, undefined), '', '']);
  const rows = [...known, ...unknown];
  if (rows.length === 0) return [...about, paragraph('It has no parameters.')].join('\n');
  return [...about, table(['Parameter', 'Value', 'Default', 'What it is'], rows)].join('\n');
}

/** Lists, such as orders, are as long as a run: what is in them is in the report as JSON. */
function paramWords(value: unknown, unit: string | undefined): string {
  return Array.isArray(value)
    ? `a list of ${countLabel(value.length)}, which the report as JSON has`
    : valueWords(value, unit);
}
