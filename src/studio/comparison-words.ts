import type { Comparison, Difference, Parting, SessionVerdict } from '../session/compare.ts';
import { isoText } from '../time/instant.ts';
import { dayLabel, several, timeLabel, zoneLabel } from './labels.ts';

/** What the comparison comes to, in a sentence. */
export function verdictWords({ same, parting, sessions }: Comparison): string {
  if (same) return `The runs are the same: one fingerprint, ${several(sessions.length, 'session')}, every step alike.`;
  if (!parting) return 'No session of either run has ended; there is nothing to compare.';
  const alike = sessions.filter(({ verdict }) => verdict === 'same').length;
  const before = alike === 0 ? '' : `, after ${several(alike, 'session')} that ${alike === 1 ? 'is' : 'are'} the same`;
  return `The runs differ${before}.`;
}

/** Where two runs part, in a sentence. */
export function partingWords(parting: Parting): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(parting.date) ? dayLabel(parting.date) : parting.date;
  switch (parting.kind) {
    case 'start':
      return 'They part before the first bar: their symbols or intervals are not the same.';
    case 'session':
      return `They part with the session of ${day}: only one of the runs has it.`;
    case 'close':
      return `They part on ${day}, after the last slot: in what came after the close.`;
    case 'step':
      return `They part on ${day}, in slot ${parting.slot! + 1}${clockWords(parting)}.`;
  }
}

function clockWords({ at, zone }: Parting): string {
  if (at === null) return '';
  return `, which ends at ${timeLabel(at, zone)} ${zoneLabel(at, zone)} (${isoText(at)})`;
}

export const verdictLabels: Readonly<Record<SessionVerdict, string>> = {
  same: 'same',
  'differs first': 'differs first here',
  after: 'after the difference',
  'only in one': 'only in the first run',
  'only in the other': 'only in the second run',
};

/** A sign for each verdict, told apart without its colour. */
export const verdictSigns: Readonly<Record<SessionVerdict, string>> = {
  same: '=',
  'differs first': '≠',
  after: '…',
  'only in one': '1',
  'only in the other': '2',
};

/** A value of a setting or a figure as it is shown; `what` is the difference's name. Qualities are percents, as exact as they differ. */
export function valueWords(value: unknown, what = ''): string {
  if (typeof value === 'number' && /\bquality$/.test(what)) return `${+value.toFixed(4)} %`;
  if (value === undefined) return 'none';
  if (value === null) return 'null';
  if (typeof value === 'string') return value.startsWith('sha256:') ? `${value.slice(0, 19)}…` : value;
  return JSON.stringify(value);
}

/** What of app, data and settings is the same and what is not, in one line each. */
export function circumstances({ app, data, settings }: Comparison): readonly string[] {
  const that = settings.filter(({ matters }) => matters).length;
  const list = (some: readonly Difference[]): string =>
    `${some
      .slice(0, 5)
      .map(({ what }) => what)
      .join(', ')}${some.length > 5 ? ` and ${some.length - 5} more` : ''}`;
  return [
    data.length === 0 ? 'The same bars.' : `Other bars: ${list(data)}.`,
    settingWords(that, settings.length - that),
    app === null ? 'The same version of the app.' : `Versions ${String(app.one)} and ${String(app.other)} of the app.`,
  ];
}

function settingWords(that: number, rest: number): string {
  if (that + rest === 0) return 'The same settings.';
  if (that === 0)
    return `No setting that can change results differs; ${several(rest, 'other')} ${rest === 1 ? 'does' : 'do'}.`;
  const differ = `${several(that, 'setting')} that can change results ${that === 1 ? 'differs' : 'differ'}`;
  return rest === 0 ? `${differ}.` : `${differ}, and ${rest} that cannot.`;
}
