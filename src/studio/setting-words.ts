import type { Kind } from '../config/kinds.ts';
import type { SettingRow } from '../config/schema.ts';
import { isoText, type Instant } from '../time/instant.ts';
import { zone } from '../time/zone.ts';

/** Settings that are set elsewhere on the page. */
const elsewhere = new Set(['version', 'data.dataset', 'replay.speed']);

/** Groups of the form, in order, with their titles. */
export const groupTitles: Readonly<Record<string, string>> = {
  data: 'Data',
  session: 'Session',
  upkeep: 'Upkeep',
  history: 'History',
  prefetch: 'Prefetch',
  feed: 'Feed faults',
  broker: 'Broker',
};

/** What a group is for, where its title does not say it. */
export const groupHelp: Readonly<Record<string, string>> = {
  feed: 'Breaks the feed on purpose, the same way each time for the same seed. Watch upkeep mend it under Gaps and Quality.',
};

/** The form shows the setting: it is not set elsewhere. */
export function isShown({ name, group }: SettingRow): boolean {
  return group !== null && !elsewhere.has(name);
}

/** `timeoutSeconds` counted in seconds is `Timeout`, `trailingDays` is `Trailing days`, `upkeep.enabled` is `Upkeep enabled`. */
export function settingLabel({ group, key, unit }: Pick<SettingRow, 'group' | 'key' | 'unit'>): string {
  if (key === 'enabled' && group !== null) return `${groupTitles[group]} enabled`;
  const words = key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(' ');
  if (words.length > 1 && words.at(-1) === unit) words.pop();
  const text = words.join(' ');
  return text[0]!.toUpperCase() + text.slice(1);
}

/** A key of the entries of a list, as the title of its column: `sessions` is `Sessions`. */
export function columnLabel(key: string): string {
  return key[0]!.toUpperCase() + key.slice(1);
}

/** A value as a field of a form holds it. */
export function fieldText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(fieldText).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The numbers that a field takes: `0 to 1`, `2 or more`, or `above 0, at most 1` where 0 itself is refused; empty where it has no bounds. */
export function rangeText({ name, min, max, isAbove }: Kind<unknown>): string {
  if (name === 'choice' || (min === undefined && max === undefined)) return '';
  if (min === undefined) return `at most ${max}`;
  if (max === undefined) return `${min} or more`;
  return isAbove ? `above ${min}, at most ${max}` : `${min} to ${max}`;
}

/** What a field of a form means for the setting; text that is not a value is passed on, so that the check names it. */
export function fieldValue({ kind }: { readonly kind: Kind<unknown> }, text: string): unknown {
  const trimmed = text.trim();
  if (kind.name === 'list') {
    const entries = trimmed.split(/[\s,]+/).filter((entry) => entry !== '');
    return entries.length === 0 && kind.nullable ? null : entries;
  }
  if (trimmed === '' && kind.nullable) return null;
  const isNumber = kind.name === 'whole' || kind.name === 'number';
  return isNumber && trimmed !== '' && !Number.isNaN(Number(trimmed)) ? Number(trimmed) : trimmed;
}

/** What stands in a field is no value of the field's type, which browsers do not let be read. */
export function unreadWords(name: string, { must }: Kind<unknown>): string {
  return `What is written for ${name} cannot be read; it must be ${must}.`;
}

/** A moment in UTC as a field of the wall time of a zone holds it: `2013-10-07T09:30:00`. */
export function momentField(moment: unknown, zoneName: string): string {
  const at = typeof moment === 'string' ? Date.parse(moment) : NaN;
  if (Number.isNaN(at)) return '';
  return zone(zoneName)
    .wallText(at as Instant)
    .slice(0, 19)
    .replace(' ', 'T');
}

/** The moment in UTC of a wall time of a zone; text that is none is passed on, so that the check names it. */
export function momentValue(text: string, zoneName: string): string {
  const wallMs = Date.parse(`${text}${text.length === 16 ? ':00' : ''}Z`);
  return Number.isNaN(wallMs) ? text : isoText(zone(zoneName).fromWall(wallMs));
}
