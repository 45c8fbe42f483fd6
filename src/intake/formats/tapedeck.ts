import { intervalMs } from '../../bars/interval.ts';
import type { Format } from '../format.ts';
import { sure } from '../told.ts';

const bars = /^Tapedeck (\d+[smhd]) bar start$/;
const records = /^Tapedeck (?:quote|tick) time$/;

/** What Tapedeck exports (`src/library/export-csv.ts`). */
export const tapedeck: Format = {
  name: 'Tapedeck',
  shownBy: 'the name of its first column says so',
  when: ({ header }) => header !== null && (bars.test(header[0]!) || records.test(header[0]!)),
  names: ({ header }) => (header === null ? null : ['time', ...header.slice(1)]),
  zone: () => sure('UTC', 'Tapedeck writes UTC'),
  stamp: () => sure('start', 'the name of the column says so'),
  interval: ({ header }) => {
    const ms = intervalMs(bars.exec(header?.[0] ?? '')?.[1] ?? '');
    return ms === undefined ? null : sure(ms, 'the name of the first column says so');
  },
  marksFormulas: true,
};
