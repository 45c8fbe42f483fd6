import type { Finding } from '../config/finding.ts';

/** Reports what is wrong or doubtful about a setting's value. */
export type Find = (
  severity: Finding['severity'],
  setting: string,
  value: unknown,
  message: string,
  right?: unknown,
) => void;
