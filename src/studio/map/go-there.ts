import { tick } from 'svelte';
import type { Manifest } from '../../library/manifest.ts';
import type { Instant } from '../../time/instant.ts';
import type { SessionRules } from '../../time/session-calendar.ts';
import { dayLabel } from '../labels.ts';
import type { Studio } from '../studio.svelte.ts';

/** A place in a dataset: a time of a session, under a calendar; of one symbol, or of no particular one. */
export interface Place {
  readonly dataset: Manifest;
  readonly rules: SessionRules;
  readonly symbol: string | null;
  readonly date: string;
  readonly at: number;
}

/** Shows the place in the chart. A run of something else ends; the set-up changes as far as it must to have the place. */
export async function showInChart(studio: Studio, place: Place): Promise<void> {
  const changed = prepare(studio, place);
  const { data } = studio.setUp.config;
  if (data.from !== null && data.from > place.date) studio.setUp.reset('data', 'from');
  if (data.to !== null && data.to < place.date) studio.setUp.reset('data', 'to');
  await tick();
  const { deck, chart } = studio;
  if (deck.stale) deck.stop();
  await tick();
  const { plan } = deck;
  if (!plan) return studio.show('library');
  studio.show('chart');
  const symbol = plan.symbols.findIndex(({ name }) => name === place.symbol);
  if (symbol >= 0) deck.chart(symbol, 0);
  await tick();
  const sight = chart.axis?.at(chart.axis.positionAt(place.at as Instant));
  if (sight) chart.lookAt(sight);
  studio.notices.say(`The chart shows ${dayLabel(place.date)} of ${place.dataset.name}.${changed}`);
}

/** Plays the dataset from the session of the place on, in place of what plays. */
export async function playFrom(studio: Studio, place: Place): Promise<void> {
  const { deck, setUp } = studio;
  const changed = prepare(studio, place);
  setUp.set('data', 'from', place.date);
  const { to } = setUp.config.data;
  if (to !== null && to < place.date) setUp.reset('data', 'to');
  if (deck.hasRun) deck.stop();
  await tick();
  studio.play();
  studio.notices.say(
    `Plays ${place.dataset.name} from ${dayLabel(place.date)} on; the set-up begins there now.${changed}`,
  );
}

/** Puts the dataset and the calendar of the map into the set-up, and the symbol where it is left out. Returns what is to be said. */
function prepare(studio: Studio, { dataset, rules, symbol }: Place): string {
  const { setUp } = studio;
  const before = setUp.config.session;
  const keys = ['calendar', 'custom', 'hours', 'start', 'end', 'timeZone'] as const;
  const differs = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(rules[key]));
  for (const key of differs) setUp.set('session', key, rules[key]);
  if (setUp.dataset?.id !== dataset.id || setUp.config.data.streams !== null) {
    if (setUp.config.data.streams !== null) setUp.reset('data', 'streams');
    studio.choose(dataset);
  }
  const { symbols } = setUp.config.data;
  if (symbol !== null && symbols !== null && !symbols.includes(symbol)) setUp.reset('data', 'symbols');
  return differs.length > 0 ? ` The set-up has the calendar of the map now, ${rules.calendar}.` : '';
}
