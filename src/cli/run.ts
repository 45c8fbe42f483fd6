import { readFileSync } from 'node:fs';
import type { Finding } from '../config/finding.ts';
import { decodeLink, encodeLink, type LinkResult } from '../config/link.ts';
import { readConfig } from '../config/read.ts';
import { MemoryStore } from '../library/memory-store.ts';
import { sampleMeant, withSample } from '../sample/meant.ts';
import { planRun } from '../session/plan-run.ts';
import { byHash, checkProof, proofOf } from '../session/proof.ts';
import type { RunReport } from '../session/report.ts';
import { planStrategy } from '../strategy/plan-strategy.ts';
import { marketOf } from '../time/session-calendar.ts';
import { loadFile, loadSample } from './load.ts';
import { playToEnd } from './play.ts';
import { proofWords } from './proof-words.ts';
import { WrongArguments } from './wrong-arguments.ts';

/** The report of a run as JSON, and whether its link proves it: null where the link says nothing of a result. */
export interface Played {
  readonly report: string;
  readonly isProven: boolean | null;
}

/**
 * Imports the files, each as a dataset, plays the configuration over them and gives the run report as JSON. What it means of the
 * sample is made. The result is held against the proof of a link that has one; of a run without one, a link with its proof is told.
 * `say` takes progress. Throws WrongArguments for a configuration that cannot be read or that does not fit the files.
 */
export async function run(text: string, paths: readonly string[], say: (line: string) => void): Promise<Played> {
  const read = await readConfiguration(text);
  const store = new MemoryStore();
  for (const path of paths) {
    const { manifest, existing, audits, adjusted } = await loadFile(path, store, marketOf(read.config.session).zone);
    if (adjusted)
      say(
        `${path}: ${adjusted.count} splits and dividends of ${adjusted.symbols.join(', ')}, for "${adjusted.datasets.join('", "')}"`,
      );
    if (audits.length > 0)
      say(`${path}: ${existing ? 'the same bars as' : 'dataset'} "${manifest.name}", ${manifest.bars} bars`);
  }
  const meant = sampleMeant(read.config.data, await store.list());
  for (const { name, bars } of meant.length > 0 ? await loadSample(meant, store) : [])
    say(`made the synthetic dataset "${name}", ${bars} bars`);
  const datasets = withSample(read.config.data, inOrder(await store.list()));
  const { proof } = read;
  const config = proof ? byHash(read.config, proof, datasets) : read.config;
  const planned = planRun(config, read.given, datasets, config.strategy && planStrategy(config.strategy));
  if (!planned.ok) throw new WrongArguments(lines(planned.findings));
  if (planned.warnings.length > 0) say(lines(planned.warnings));
  const report = await playToEnd(planned.plan, store, () => say('A setting makes the run wait here; it goes on'));
  say(`${report.totals.sessions} sessions, quality ${report.totals.quality.toFixed(2)} %, ${report.fingerprint}`);
  const offGrid = offGridBars(report);
  if (offGrid > 0)
    say(
      `warning: ${offGrid} bars start within a session and in no slot's place; they were not played (session.start or data.interval may fit them)`,
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

/** Datasets in the order of their import: without a name in the configuration, the first file is played. */
function inOrder<T extends { readonly id: string }>(manifests: readonly T[]): T[] {
  return [...manifests].sort((a, b) => parseInt(a.id) - parseInt(b.id));
}

async function readConfiguration(text: string): Promise<Extract<LinkResult, { config: unknown }>> {
  const hash = text.indexOf('#');
  if (hash >= 0 && /^#(c|config)=/.test(text.slice(hash))) {
    const link = await decodeLink(text.slice(hash));
    if (!link.ok) throw new WrongArguments(lines(link.findings));
    if ('config' in link) return link;
    throw new WrongArguments('The link carries no configuration; it must have #c=… or #config=…');
  }
  const read = readConfig(parsed(text));
  if (!read.ok) throw new WrongArguments(lines(read.findings));
  return read;
}

function parsed(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new WrongArguments(`There is no file "${path}"; CONFIG must be a JSON file or a link with #c= or #config=`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WrongArguments(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function lines(findings: readonly Finding[]): string {
  return findings.map(({ severity, message }) => `${severity}: ${message}`).join('\n');
}
