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
    {
      id: 'set-ups',
      title: 'Set-ups that are kept',
      blocks: [
        'Under **Set-up**, **Undo** takes the last change back and **Redo** makes it again, up to 100 of them; **Only what differs from the defaults** leaves out the rest, and each setting that was set has a button for its default. **Keep under a name** keeps the set-up in this browser, where **Start from** lists it and **Forget** deletes it; **Save as file** and **Load a file** take it elsewhere as JSON. The report of a run is such a file too.',
      ],
    },
    {
      id: 'saved-runs',
      title: 'Runs that are saved and compared',
      blocks: [
        '**More**, then **Saved runs**, keeps a run that has finished or is paused under a name, with its set-up, the hashes of its data and its fingerprint, without bars and trades. Saved runs are renamed, deleted, opened as the set-up, shared as a link with their result and downloaded; two to six of them stand side by side. **Compare** holds two runs of this visit, or report files, against each other, down to the first slot in which they part. **Save report as a page** makes one file of a run that prints.',
      ],
    },
    {
      id: 'keys',
      title: 'Keys and colours',
      blocks: [
        'All of the page works from the keyboard. **Map of keys**, under **More** or with `?`, lists the keys, and turns those off that are a single letter. Dark and light colours are those of the system, or those that are chosen under **More**.',
      ],
    },
  ],
};
