/** Something about a setting or a link that is wrong (error) or dubious (warning). */
export interface Finding {
  /** `group.key`, with the place inside a list or object after it: `feed.outages[0].from`. `link` for a link itself. */
  readonly setting: string;
  /** What was found there; of a list, an object or a long text a few words, so that a finding is small and travels. */
  readonly value: unknown;
  /** A whole sentence: the thing, its value and what would be right. */
  readonly message: string;
  readonly severity: 'error' | 'warning';
  /** The value of the whole setting with which this would not be found; absent where there is none, or more than one. */
  readonly right?: unknown;
}

export function error(setting: string, value: unknown, message: string): Finding {
  const scalar = value === null || ['boolean', 'number', 'undefined'].includes(typeof value);
  const brief = scalar ? value : typeof value === 'string' ? excerpt(value, 200) : shown(value);
  return { setting, value: brief, message, severity: 'error' };
}

/** A value that is not what its setting must be. */
export function wrong(setting: string, value: unknown, must: string): Finding {
  return error(setting, value, `${setting} was ${shown(value)}; it must be ${must}`);
}

/** A value as a sentence shows it: short, however large or deep the value is. */
export function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return JSON.stringify(excerpt(value));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** The beginning of a text, with an ellipsis where it is cut. */
export function excerpt(text: string, length = 40): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
