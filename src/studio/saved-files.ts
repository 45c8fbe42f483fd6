import { chartImage, imageWords } from './chart/chart-image.ts';
import { saveFile, savePng } from './download.ts';
import { jsonFile } from './json-file.ts';
import { messageOf } from './notices.svelte.ts';
import { reportWithOperations } from './report-with-operations.ts';
import { pageColours } from './panels/colours.ts';
import type { Studio } from './studio.svelte.ts';

/** Saves the chart as it is seen as a PNG, or says why it was not. */
export async function saveChart({ deck, chart, notices }: Studio): Promise<void> {
  const { plan, interval } = deck;
  const { canvas } = chart;
  if (!plan || !canvas) return;
  notices.clear('image');
  try {
    const { text } = plan.intervals[interval]!;
    const words = imageWords(chart, plan, text);
    const names = chart.panes.map(({ name }) => name).join('-');
    await savePng(`${names}-${text}.png`, chartImage(chart, canvas, words, pageColours()));
    notices.say('The image of the chart is saved.');
  } catch (thrown) {
    notices.raise('image', {
      title: 'The image was not saved',
      detail: messageOf(thrown),
      advice: 'Make the window smaller and try again.',
    });
  }
}

/** Saves the report, or says why it was not; that of a failed run is named a partial one. */
export async function saveReport(studio: Studio): Promise<void> {
  const { deck, notices } = studio;
  notices.clear('report');
  try {
    const report = await reportWithOperations(studio);
    const partial = deck.phase === 'failed';
    const name = `tapedeck-${report.data[0]?.dataset ?? 'run'}${partial ? '-partial' : ''}.json`;
    await saveFile(name, await studio.waits.during('Writing the report', jsonFile(report)));
    if (partial) notices.say('The partial report is saved. It covers the sessions that ended.');
  } catch (thrown) {
    notices.raise('report', {
      title: 'The report was not made',
      detail: messageOf(thrown),
      advice: 'Pause the run and try again.',
    });
  }
}
