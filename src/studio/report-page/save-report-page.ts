import { withSample } from '../../sample/meant.ts';
import { named } from '../../session/dataset-facts.ts';
import { proofOf } from '../../session/proof.ts';
import type { RunReport } from '../../session/report.ts';
import { chosenDefinition } from '../chosen-definition.ts';
import { saveText } from '../download.ts';
import { messageOf } from '../notices.svelte.ts';
import { reportWithOperations } from '../report-with-operations.ts';
import type { Studio } from '../studio.svelte.ts';
import { reportPage, type Beside } from './report-page.ts';

/** Saves the run that is there as one page of HTML, with the set-up and the proof of that run, whatever the form has by now. */
export async function saveReportPage(studio: Studio): Promise<void> {
  const { deck, setUp, notices } = studio;
  notices.clear('report');
  try {
    const report = await reportWithOperations(studio);
    const zone = deck.plan?.zone ?? 'UTC';
    const definition = chosenDefinition(report.config.strategy, setUp.planner.own);
    saveText(
      `tapedeck-${report.data[0]?.dataset ?? 'run'}.html`,
      reportPage(report, { ...(await dataAndProof(studio, report)), zone, definition }),
      'text/html',
    );
    notices.say('The report is saved as a page.');
  } catch (thrown) {
    notices.raise('report', {
      title: 'The report was not made',
      detail: messageOf(thrown),
      advice: 'Pause the run and try again.',
    });
  }
}

async function dataAndProof(
  { deck, library, setUp }: Studio,
  report: RunReport,
): Promise<Pick<Beside, 'link' | 'sources'>> {
  const datasets = withSample(report.config.data, library.datasets, library.held ?? []);
  const sources = report.config.data.fillFrom.map((text) => {
    const facts = named(datasets, text);
    const bars = facts?.symbols.reduce((sum, symbol) => sum + symbol.bars, 0) ?? 0;
    return { dataset: facts?.name ?? text, facts: facts ? { ...facts, bars } : null };
  });
  if (deck.phase !== 'finished') return { sources, link: { whyNot: 'the run has not come to its end' } };
  if (sources.some(({ facts }) => facts === null))
    return { sources, link: { whyNot: 'a dataset that gaps were filled from is not here any more' } };
  try {
    return { sources, link: await setUp.link(proofOf(report, datasets), report.config) };
  } catch (thrown) {
    return { sources, link: { whyNot: messageOf(thrown) } };
  }
}
