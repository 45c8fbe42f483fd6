import { presets } from '../../config/presets.ts';
import { filledSample } from '../examples.ts';
import { entryId, type Chapter } from '../text.ts';

export const start: Chapter = {
  id: 'start',
  title: 'Getting started',
  sections: [
    {
      id: 'first-run',
      title: 'A first run',
      blocks: [
        'Tapedeck plays recorded market history back, session by session, as it would have arrived. All of it happens in this page: files are read here and stored in this browser, and nothing leaves the machine.',
        {
          list: [
            'Press **Try the sample**: three symbols of a made-up market play, and their gaps are found and filled from another record of the same market.',
            'Or drop files on the page, look at what was understood of them, and press **Import**; then press **Play**.',
            'Change the speed at any time, pause, step a bar or a session, and go back. The panels under the chart tell of quality, gaps and sessions.',
            '**Download report** saves what came of the run; **Share** makes a link of the set-up.',
          ],
        },
        { example: filledSample },
        'A configuration like this one is loaded as a JSON file in **Set-up**, written into [a link](#links), or played [in the terminal](#terminal). Whatever it leaves out has its [default](#settings).',
      ],
    },
    {
      id: 'presets',
      title: 'Presets',
      blocks: [
        'A set-up may begin from one of these; which bars are played stays as it is.',
        {
          entries: presets.map(({ name, help, settings }) => ({
            id: entryId('preset', name),
            term: name,
            text: help,
            facts: [['settings', `\`${JSON.stringify(settings)}\``]],
          })),
        },
      ],
    },
  ],
};
