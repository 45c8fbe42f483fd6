import type { Measure } from './measure.ts';
import type { Calibration } from './page/calibration.ts';

/** What a measure is called that says how much slower this machine runs bare loops. */
const factorName = 'calibration: this machine, times as slow as the one of the limits';

/** The loops of the calibration one by one, and their geometric mean: the one factor by which the limits are scaled. */
export function calibrationMeasures(loops: readonly Calibration[]): Measure[] {
  const factor = Math.exp(
    loops.reduce((sum, { hereNs, thereNs }) => sum + Math.log(hereNs / thereNs), 0) / loops.length,
  );
  return [
    ...loops.map(({ loop, hereNs, thereNs }) => ({
      name: `calibration, bare loop: ${loop}`,
      value: hereNs,
      unit: 'ns',
      versus: { 'machine of the limits': thereNs },
    })),
    { name: factorName, value: factor, unit: '×' },
  ];
}

/**
 * Sets beside each absolute limit of a time or a speed what it comes to on a machine as slow as this one. The limit stays as it is,
 * with its own ratio.
 */
export function withScaledLimits(measures: readonly Measure[]): Measure[] {
  const factor = measures.find(({ name }) => name === factorName)?.value;
  if (factor === undefined) throw new Error('the machine was not calibrated');
  return measures.map((measure) => {
    const { limit, unit, versus } = measure;
    if (limit?.name !== 'limit' || !isOfTime(unit)) return measure;
    const scaled = unit.endsWith('/s') ? limit.value / factor : limit.value * factor;
    return { ...measure, versus: { ...versus, 'limit scaled by the calibration': scaled } };
  });
}

/** Sizes and shares are the same on any machine. */
function isOfTime(unit: string): boolean {
  return unit.endsWith('/s') || ['ns', 'µs', 'ms', 's'].includes(unit);
}
