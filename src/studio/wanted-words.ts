import { usedData } from '../session/proof.ts';
import { unmetData, wantedData, type Lack, type Unmet, type WantedData } from '../session/wanted-data.ts';
import type { Calendar } from '../time/market-calendar.ts';
import { marketOf } from '../time/session-calendar.ts';
import { valueWords } from './comparison-words.ts';
import { dateLabel, dayLabel, several } from './labels.ts';
import type { Linked, SetUp } from './set-up.svelte.ts';

/** What a configuration, or the proof beside it, means and the set-up does not read, as far as it is told, in words. */
export function unmetNow(
  { config, plan, datasets }: Pick<SetUp, 'config' | 'plan' | 'datasets'>,
  meant: Linked,
  isTold: (unmet: Unmet) => boolean = () => true,
): string[] {
  const market = marketOf(meant.config.session);
  const used = usedData({ config, data: plan?.data ?? [] }, datasets);
  const unmet = unmetData(wantedData(meant.config, meant.proof), used, datasets, market);
  return unmetWords(unmet.filter(isTold), market);
}

/** The data that are wanted and not read, a sentence for each: what they are, and what is here of them. */
export function unmetWords(unmet: readonly Unmet[], market: Calendar): string[] {
  return unmet.map((each) => `Wanted: ${wantedWords(each.wanted, market)}; ${foundWords(each, market)}.`);
}

function wantedWords(
  { use, kind, dataset, sha256, interval, symbols, ...dates }: WantedData,
  market: Calendar,
): string {
  const what = interval === null ? kind : `${interval} ${kind}`;
  const of = symbols === null ? '' : ` of ${symbolWords(symbols)}`;
  return [
    use === 'played' ? `${what}${of}` : `${what} to fill gaps from`,
    ...(use === 'played' ? sessionWords(dates, market) : []),
    ...(dataset === null ? [] : [`called “${dataset}”`]),
    ...(sha256 === null ? [] : [valueWords(sha256)]),
  ].join(', ');
}

function symbolWords(symbols: readonly string[]): string {
  return symbols.length > 5 ? several(symbols.length, 'symbol') : symbols.join(', ');
}

type Dates = Pick<WantedData, 'first' | 'last' | 'sessions'>;

function sessionWords({ first, last, sessions }: Dates, market: Calendar): string[] {
  const of = market.name === 'custom' ? 'a calendar of one’s own' : market.name;
  if (first === null) return [last === null ? `by the sessions of ${of}` : `up to ${dayLabel(last)} by ${of}`];
  if (last === null) return [`from ${dayLabel(first)} on by ${of}`];
  const count = sessions ?? market.sessions(first, last).length;
  return [`${dayLabel(first)} to ${dayLabel(last)} (${several(count, 'session')} of ${of})`];
}

function foundWords({ wanted: { use }, isHere, instead }: Unmet, market: Calendar): string {
  if (instead === null) {
    if (!isHere) return 'they are not here: drop their file on the page';
    return use === 'played' ? 'they are here, and are not played' : 'they are here, and gaps are not filled from them';
  }
  const { name, kind = 'bars', interval, symbols, sha256 } = instead.dataset;
  const [from, to] = symbols.reduce(
    ([first, last], each) => [Math.min(first, each.from), Math.max(last, each.to)] as const,
    [Infinity, -Infinity] as const,
  );
  const what = kind === 'bars' ? `${interval} bars` : kind;
  const lacks = instead.lacks.filter(({ of }) => of !== 'bars').map(lackWords);
  return [
    `here are others, called “${name}”: ${what}, ${dateLabel(from, market.zone)} to ${dateLabel(to, market.zone)}, ${valueWords(sha256)}`,
    ...(lacks.length === 0 ? [] : [`they ${lacks.join(', ')}`]),
  ].join('; ');
}

function lackWords({ of, wanted }: Lack): string {
  switch (of) {
    case 'bars':
      return 'are other bars';
    case 'kind':
      return `are no ${wanted}`;
    case 'interval':
      return `do not make up bars of ${wanted}`;
    case 'symbols':
      return `have no ${wanted}`;
    case 'first':
      return `begin after ${dayLabel(wanted)}`;
    case 'last':
      return `end before ${dayLabel(wanted)}`;
  }
}
