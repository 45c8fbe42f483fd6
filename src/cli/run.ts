import { totalmem } from 'node:os';
import { decodeLink, encodeLink, type LinkResult } from '../config/link.ts';
import { readConfig } from '../config/read.ts';
import { checkTogether } from '../session/check-together.ts';
import { planRun } from '../session/plan-run.ts';
import { byHash, checkProof, proofOf } from '../session/proof.ts';
import type { RunReport } from '../session/report.ts';
import type { SessionStory } from '../session/story.ts';
import { planStrategy } from '../strategy/plan-strategy.ts';
import { defaultChoices } from '../intake/choices.ts';
import { counted } from './counted.ts';
import { findingLines } from './finding-lines.ts';
import type { ImportChoices } from './import-choices.ts';
import { jsonFile } from './json-file.ts';
import { loadFor } from './load.ts';
import { ownCode, withCode } from './own-code.ts';
import { playToEnd } from './play.ts';
import { proofWords } from './proof-words.ts';
import { unreadLines } from './unread-files.ts';
import { WrongArguments } from './wrong-arguments.ts';

/** The report of a run as JSON, and whether its link proves it: null where the link says nothing of a result. */
export interface Played {
  readonly report: string;
  readonly isProven: boolean | null;
}

/**
 * Imports the files, each as a dataset, plays the configuration over them and gives the run report as JSON. What it means of the
 * sample is made. The result is held against the proof of a link that has one; of a run without one, a link with its proof is told.
 * `say` takes progress; `codePath` is a file with a strategy of one's own; `chosen` is for
 * the import of the files. Throws WrongArguments for a configuration or code that
 * cannot be read or that does not fit the files.
 */
export async function run(
  text: string,
  paths: readonly string[],
  say: (line: string) => void,
  codePath?: string,
  chosen: ImportChoices = defaultChoices,
): Promise<Played> {
  const own = codePath === undefined ? undefined : ownCode(codePath);
  const read = withCode(await readConfiguration(text), own);
  const { store, datasets, files } = await loadFor(read.config, paths, chosen, say);
  const { proof } = read;
  const config = proof ? byHash(read.config, proof, datasets) : read.config;
  const planned = planRun(
    config,
    read.given,
    datasets,
    config.strategy && planStrategy(config.strategy, own ? [own] : []),
  );
  if (!planned.ok) throw new WrongArguments(findingLines(planned.findings));
  const warnings = [...planned.warnings, ...checkTogether(planned.plan, (name) => read.given.has(name), totalmem())];
  if (warnings.length > 0) say(findingLines(warnings));
  const { plan } = planned;
  for (const line of unreadLines(files, plan)) say(line);
  const onWait = (): void => say('A setting makes the run wait here; it goes on');
  const onStory = ({ session, error }: SessionStory): void => {
    if (error !== null) say(`${plan.sessions[session]!.date}: ${error}`);
  };
  const report = await playToEnd(plan, store, onWait, undefined, own && onStory);
  say(
    `${counted(report.totals.sessions, 'session')}, quality ${report.totals.quality.toFixed(2)} %, ${report.fingerprint}`,
  );
  const offGrid = offGridBars(report);
  if (offGrid > 0)
    say(
      `warning: ${counted(offGrid, 'bar')} within a session and in no slot's place: not played (session.start or data.interval may fit them)`,
    );
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (!proof) {
    if (report.fingerprint !== null)
      say(`link with this result: ${await encodeLink(config, proofOf(report, datasets))}`);
    return { report: json, isProven: null };
  }
  const verdict = checkProof(proof, read.config, report, datasets);
  say(proofWords(proof, verdict, report));
  return { report: json, isProven: verdict.sameResult };
}

function offGridBars({ sessions }: RunReport): number {
  return sessions.reduce(
    (sum, { symbols }) => Object.values(symbols).reduce((all, { offGrid = 0 }) => all + offGrid, sum),
    0,
  );
}

async function readConfiguration(text: string): Promise<Extract<LinkResult, { config: unknown }>> {
  const hash = text.indexOf('#');
  if (hash >= 0 && /^#(c|config)=/.test(text.slice(hash))) {
    const link = await decodeLink(text.slice(hash));
    if (!link.ok) throw new WrongArguments(findingLines(link.findings));
    if ('config' in link) return link;
    throw new WrongArguments('The link carries no configuration; it must have #c=… or #config=…');
  }
  const read = readConfig(jsonFile(text, 'CONFIG must be a JSON file or a link with #c= or #config='));
  if (!read.ok) throw new WrongArguments(findingLines(read.findings));
  return read;
}
