import type { Config } from './schema.ts';
import { defaultConfig, settings, valueOf } from './schema.ts';

/** The settings that differ from their defaults, in the shape of a configuration; groups without any are left out. */
export function nonDefault(config: Config): Record<string, unknown> {
  const initial = defaultConfig();
  const differing: Record<string, unknown> = {};
  for (const row of settings) {
    const value = valueOf(config, row);
    if (JSON.stringify(value) === JSON.stringify(valueOf(initial, row))) continue;
    const holder = row.group === null ? differing : ((differing[row.group] ??= {}) as Record<string, unknown>);
    holder[row.key] = value;
  }
  return differing;
}
