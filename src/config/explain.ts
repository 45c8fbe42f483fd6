import type * as v from 'valibot';
import type { Finding } from './finding.ts';
import { error, excerpt, wrong } from './finding.ts';
import { nearestWords } from './nearest.ts';
import type { SettingRow } from './schema.ts';

/** What a check found, as a sentence. */
export function findingOf(row: Pick<SettingRow, 'name' | 'kind'>, issue: v.BaseIssue<unknown>): Finding {
  const path = issue.path ?? [];
  if (path.length === 0) return wrong(row.name, issue.input, row.kind.must);
  const place =
    row.name + path.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${excerpt(String(key))}`)).join('');
  if (issue.type !== 'never') return wrong(place, issue.input, issue.message);
  const advice = nearestWords(String(path.at(-1)!.key), issue.message.split(' '));
  return error(place, issue.input, `${place} is not a setting; ${advice}`);
}
