import { sessionsOfNewYork } from '../examples.ts';
import type { Chapter } from '../text.ts';

export const terminal: Chapter = {
  id: 'terminal',
  title: 'In the terminal',
  sections: [
    {
      id: 'commands',
      title: 'Commands',
      blocks: [
        'The same core runs on Node. `npm run pack` makes a package of it that is installed with `npm install -g` and called `tapedeck`; in the project’s folder `npm run -s cli --` does the same. Either is followed by one of these. Results go to stdout, progress to stderr.',
        {
          table: {
            head: ['Command', 'What it does'],
            rows: [
              [
                '`run CONFIG [FILE…]`',
                'Imports the files, plays, and prints the report. CONFIG is a JSON file or a link.',
              ],
              ['`run CONFIG [FILE…] --strategy CODE.js`', 'A strategy of your own trades; its file is trusted.'],
              ['`inspect FILE…`', 'Prints what an import would store, with every decision.'],
              [
                '`export FILE… --out PATH [--to csv|csv.gz|parquet]`',
                'Imports the files and writes each dataset as the page exports it: to PATH, or under its name where that is a folder. Prints their sha256. Without `--to` the ending of PATH says the format.',
              ],
              [
                '`sweep SWEEP [FILE…] [--shard K/N]`',
                'Plays a sweep, or a part of it, on all cores; `--strategy CODE.js` as for `run`.',
              ],
              ['`sweep --merge TABLE…`', 'Makes the table of the whole from those of its parts.'],
              ['`sessions CALENDAR FROM TO`', 'Prints the sessions of a calendar as CSV.'],
            ],
          },
        },
        { example: sessionsOfNewYork },
        'Exit codes: 0 when done, 1 when the answer is no (a failed run, a fingerprint not met), 2 on wrong arguments.',
      ],
    },
  ],
};
