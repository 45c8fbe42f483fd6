import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchBrowser } from './browser.ts';
import { benchIntake } from './intake.ts';
import { playReference } from './reference.ts';
import { benchStatistics } from './statistics.ts';
import { tableJson, tableText } from './table.ts';

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const say = (line: string): void => console.error(line);

say('Node: the replay that all others must equal');
const { reference, measures } = await playReference();
measures.push(...(await benchBrowser(reference, say)));
say('Node: CSV to columns');
measures.push(...(await benchIntake()));
say('Node: statistics of a run');
measures.push(...(await benchStatistics()));
console.log(tableText(measures));
if (values.json !== undefined) writeFileSync(values.json, tableJson(measures));
