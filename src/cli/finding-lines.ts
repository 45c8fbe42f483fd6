import type { Finding } from '../config/finding.ts';

export function findingLines(findings: readonly Finding[]): string {
  return findings.map(({ severity, message }) => `${severity}: ${message}`).join('\n');
}
