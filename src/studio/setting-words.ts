import type { SettingRow } from '../config/schema.ts';

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
  strategy: 'Strategy',
  broker: 'Broker',
};

/** The form shows the setting: it is served, leaves a choice, and is not set elsewhere. */
export function isShown({ name, group, served }: SettingRow): boolean {
  return group !== null && !elsewhere.has(name) && (served === undefined || (served.choices?.length ?? 0) > 1);
}

/** `timeoutSeconds` counted in seconds is `Timeout`, `trailingDays` is `Trailing days`. */
export function settingLabel({ key, unit }: SettingRow): string {
  const words = key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(' ');
  if (words.length > 1 && words.at(-1) === unit) words.pop();
  const text = words.join(' ');
  return text[0]!.toUpperCase() + text.slice(1);
}

/** A value as a field of a form holds it. */
export function fieldText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'object' && !Array.isArray(value)) return JSON.stringify(value, null, 2);
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** What a field of a form means for the setting; text that is not a value is passed on, so that the check names it. */
export function fieldValue({ kind }: SettingRow, text: string): unknown {
  const trimmed = text.trim();
  if (kind.name === 'list') {
    const entries = trimmed.split(/[\s,]+/).filter((entry) => entry !== '');
    return entries.length === 0 && kind.nullable ? null : entries;
  }
  if (trimmed === '' && kind.nullable) return null;
  if (kind.name === 'object') return parsed(trimmed);
  if (kind.name === 'whole' || kind.name === 'number') return trimmed === '' ? NaN : Number(trimmed);
  return trimmed;
}

/** The JSON of a text; a text that is none stays one, short enough for a message. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, 100);
  }
}
