import { proofOf } from '../../session/proof.ts';
import { chosenDefinition } from '../chosen-definition.ts';
import { saveText } from '../download.ts';
import { messageOf } from '../notices.svelte.ts';
import { reportWithOperations } from '../report-with-operations.ts';
import type { Studio } from '../studio.svelte.ts';
import { reportPage } from './report-page.ts';

/** Saves the run that is there as one page of HTML; a link that proves it is in it where the run has come to its end. */
export async function saveReportPage(studio: Studio): Promise<void> {
  const { deck, setUp, notices } = studio;
  notices.clear('report');
  try {
    const report = await reportWithOperations(studio);
    const isWhole = deck.phase === 'finished' && !deck.stale && !report.interventions;
    const link = isWhole ? await setUp.link(proofOf(report, setUp.datasets)) : null;
    const zone = deck.plan?.zone ?? 'UTC';
    const definition = chosenDefinition(report.config.strategy, setUp.own);
    saveText(
      `tapedeck-${report.data[0]?.dataset ?? 'run'}.html`,
      reportPage(report, { link, zone, definition }),
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
