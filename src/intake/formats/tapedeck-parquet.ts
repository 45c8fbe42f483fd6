import { intervalMs } from '../../bars/interval.ts';
import type { Format } from '../format.ts';
import { sure } from '../told.ts';

const bars = /^Tapedeck Parquet (\d+[smhd]) bar start$/;
const records = /^Tapedeck Parquet (?:quote|tick) time$/;

/** What Tapedeck exports as Parquet, as `src/intake/parquet-text.ts` names its first column; symbols are as they are. */
export const tapedeckParquet: Format = {
  name: 'Tapedeck Parquet',
  shownBy: 'its key "tapedeck" says so',
  when: ({ header }) => header !== null && (bars.test(header[0]!) || records.test(header[0]!)),
  names: ({ header }) => (header === null ? null : ['time', ...header.slice(1)]),
  stamp: () => sure('start', 'Tapedeck writes starts'),
  interval: ({ header }) => {
    const ms = intervalMs(bars.exec(header?.[0] ?? '')?.[1] ?? '');
    return ms === undefined ? null : sure(ms, 'its key "tapedeck" says so');
  },
};
