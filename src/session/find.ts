import type { Finding } from '../config/finding.ts';

/** Reports what is wrong or doubtful about a setting's value. */
export type Find = (
  severity: Finding['severity'],
  setting: string,
  value: unknown,
  message: string,
  right?: unknown,
) => void;

/** Reports into a list. */
export function findInto(findings: Finding[]): Find {
  return (severity, setting, value, message, right) => {
    findings.push({ setting, value, message, severity, ...(right !== undefined && { right }) });
  };
}
