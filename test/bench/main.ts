import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchBrowser } from './browser.ts';
import { raceToColumns } from './columns-race.ts';
import { playReference } from './reference.ts';
import { benchStatistics } from './statistics.ts';
import { tableJson, tableText } from './table.ts';

// Names choose parts (`npm run bench -- inMemory frames`); without one, all are measured.
const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true });
const isWanted = (part: string): boolean => positionals.length === 0 || positionals.includes(part);
const say = (line: string): void => console.error(line);

say('Node: the replay that all others must equal');
const { reference, measures } = await playReference();
measures.push(...(await benchBrowser(reference, isWanted, say)));
const inNode = { intake: () => raceToColumns('Node'), statistics: benchStatistics };
for (const [name, part] of Object.entries(inNode)) {
  if (!isWanted(name)) continue;
  say(`Node: ${name}`);
  measures.push(...(await part()));
}
console.log(tableText(measures));
if (values.json !== undefined) writeFileSync(values.json, tableJson(measures));
