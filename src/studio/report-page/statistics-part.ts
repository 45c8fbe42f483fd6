import type { RunReport } from '../../session/report.ts';
import type { StatisticsReport } from '../../session/results-report.ts';
import { definitionSets } from '../../statistics/statistics.ts';
import { figureWords } from '../results/figure-words.ts';
import { extentOf, littleNotes, littleSign } from '../results/little-words.ts';
import { several } from '../labels.ts';
import { escaped, paragraph, table } from './html.ts';

/** The figures of a run by all sets of definitions; what is made of too little is marked. */
export function statisticsPart({ statistics, trades }: RunReport, zone: string): string {
  if (!isMade(statistics)) return paragraph('The run had no strategy, so there are no statistics.');
  const extent = extentOf(statistics);
  const parts = definitionSets.map((set) => {
    const rows = set.statistics.map(({ name, unit, basis }) => {
      const figure = statistics[set.name][name] ?? null;
      const sign = figure === null ? '' : littleSign(basis, extent);
      return [name, `${figureWords(figure, unit, zone)}${sign === '' ? '' : ` ${sign}`}`];
    });
    return `<section><h3>${escaped(set.name)}</h3>${table(['Figure', 'Value'], rows)}</section>`;
  });
  return [
    paragraph(
      `Returns are of the equity with open positions, over ${several(extent.days, 'day')}; figures of trades are of ${several(trades.length, 'closed trade')}. Times are on the clock of ${zone}.`,
    ),
    ...littleNotes(extent).map((note) => paragraph(note, 'doubtful')),
    `<div class="sets">${parts.join('')}</div>`,
  ].join('\n');
}

function isMade(statistics: RunReport['statistics']): statistics is StatisticsReport {
  return Object.keys(statistics).length > 0;
}
