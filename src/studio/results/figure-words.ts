import type { Unit } from '../../statistics/definition.ts';
import type { Figure } from '../../statistics/statistics.ts';
import { instant } from '../../time/instant.ts';
import { zone } from '../../time/zone.ts';
import { timeLabel, zoneLabel } from '../labels.ts';

const money = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const count = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const second = 1;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A figure with its unit: `21.16 %`, `−0.581`, `51,422.99`, `36 d 4 h`; `none` where it has no value. */
export function figureWords(figure: Figure, unit: Unit, zoneName: string): string {
  if (figure === null) return 'none';
  if (typeof figure === 'string') return momentWords(figure, zoneName);
  return numberWords(figure, unit).replace(/^-/, '−');
}

function numberWords(figure: number, unit: Unit): string {
  switch (unit) {
    case 'percent':
      return percentWords(figure);
    case 'share':
      return percentWords(100 * figure);
    case 'ratio':
      return figure.toFixed(3);
    case 'money':
      return money.format(figure);
    case 'count':
      return count.format(figure);
    case 'seconds':
      return spanWords(figure);
    case 'time':
      return String(figure);
  }
}

/** Two decimals, and of what is nearer to 0 the first two digits. */
function percentWords(percent: number): string {
  const isTiny = percent !== 0 && Math.abs(percent) < 0.005;
  return `${isTiny ? percent.toPrecision(2) : percent.toFixed(2)} %`;
}

/** `2024-11-29 10:47 EST` of an instant in ISO 8601, on the wall of the zone; seconds where they are not 0. */
export function momentWords(iso: string, zoneName: string): string {
  const at = Date.parse(iso);
  const time = timeLabel(at, zoneName).replace(/:00$/, '');
  return `${dateText(at, zoneName)} ${time} ${zoneLabel(at, zoneName)}`;
}

/** `36 d 4 h`, `3 h 20 min`, `45 s`: the two largest units. */
export function spanWords(seconds: number): string {
  const [units, names] = [
    [day, hour, minute, second],
    ['d', 'h', 'min', 's'],
  ];
  const first = Math.max(
    0,
    units.findIndex((unit) => seconds >= unit),
  );
  if (seconds < second) return `${seconds.toFixed(1)} s`;
  const whole = Math.floor(seconds / units[first]!);
  const rest = first + 1 < units.length ? Math.floor((seconds - whole * units[first]!) / units[first + 1]!) : 0;
  return rest > 0 ? `${whole} ${names[first]} ${rest} ${names[first + 1]}` : `${whole} ${names[first]}`;
}

function dateText(at: number, zoneName: string): string {
  return zone(zoneName).dayOf(instant(at));
}
