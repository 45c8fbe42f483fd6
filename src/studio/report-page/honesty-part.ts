import type { RunReport } from '../../session/report.ts';
import { honestyVerdict, honestyWords } from '../results/honesty-words.ts';
import { escaped, paragraph } from './html.ts';

/** What to ask of a result before one believes it, the doubtful first. */
export function honestyPart({ honesty }: RunReport, zone: string): string {
  const checks = Object.values(honesty).toSorted((a, b) => Number(b.doubtful) - Number(a.doubtful));
  if (checks.length === 0) return paragraph('The run had no strategy, so there is nothing to ask.');
  const doubtful = checks.filter((check) => check.doubtful).length;
  const parts = checks.map(
    (check) =>
      `<section><h3>${escaped(check.title)}: <span class="${check.doubtful ? 'doubtful' : 'fine'}">${honestyVerdict(check)}</span></h3>${paragraph(check.sentence)}${paragraph(honestyWords(check, zone), 'mute')}</section>`,
  );
  return `${paragraph(`Of ${checks.length} questions ${doubtful === 0 ? 'none is' : doubtful === 1 ? 'one is' : `${doubtful} are`} answered with a doubt.`)}
<div class="sets">${parts.join('')}</div>`;
}
