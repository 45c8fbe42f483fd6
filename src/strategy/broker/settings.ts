import type { Config } from '../../config/schema.ts';

/** The `broker` group of a configuration. */
export type BrokerSettings = Config['broker'];
