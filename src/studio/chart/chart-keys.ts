import type { Press } from '../shortcuts.ts';
import type { Chart } from './chart.svelte.ts';

/** Keys of the chart while it has the focus, as the map of shortcuts shows them. */
interface ChartKey {
  readonly meanings: readonly (readonly [meant: (press: Press) => boolean, act: (chart: Chart) => void])[];
  readonly shown: string;
  readonly words: string;
}

/** The arrows mean something else with Shift; signs count with and without it, because keyboards differ. */
const key =
  (...names: string[]) =>
  (press: Press): boolean =>
    names.includes(press.key) && !(press.shiftKey && press.key.startsWith('Arrow'));
const shifted =
  (name: string) =>
  (press: Press): boolean =>
    press.key === name && press.shiftKey;

export const chartKeys: readonly ChartKey[] = [
  {
    meanings: [
      [key('ArrowLeft'), (chart) => chart.stepCursor(-1)],
      [key('ArrowRight'), (chart) => chart.stepCursor(1)],
    ],
    shown: '← →',
    words: 'the bar before, the bar after',
  },
  {
    meanings: [
      [shifted('ArrowLeft'), (chart) => chart.panByShare(-1 / 8)],
      [shifted('ArrowRight'), (chart) => chart.panByShare(1 / 8)],
    ],
    shown: 'Shift + ← →',
    words: 'move the view',
  },
  {
    meanings: [
      [key('+', '='), (chart) => chart.zoomBy(0.8)],
      [key('-'), (chart) => chart.zoomBy(1.25)],
    ],
    shown: '+ −',
    words: 'zoom in, zoom out',
  },
  {
    meanings: [
      [key('PageUp'), (chart) => chart.turnBy(-1)],
      [key('PageDown'), (chart) => chart.turnBy(1)],
    ],
    shown: 'Page ↑ ↓',
    words: 'the session before, the session after',
  },
  { meanings: [[key('Home'), (chart) => chart.readFirst()]], shown: 'Home', words: 'the first bar' },
  { meanings: [[key('End', 'Escape'), (chart) => chart.follow()]], shown: 'End, Esc', words: 'follow the tape again' },
];

/** Does what a key means to the chart that has the focus. */
export function onChartKey(event: KeyboardEvent, chart: Chart): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const meaning = chartKeys.flatMap(({ meanings }) => meanings).find(([meant]) => meant(event));
  if (!meaning) return;
  event.preventDefault();
  meaning[1](chart);
}
