import type { HonestyReport } from '../../session/results-report.ts';
import { figureWords } from './figure-words.ts';

type Check = HonestyReport[string];

export function honestyVerdict({ doubtful }: Pick<Check, 'doubtful'>): string {
  return doubtful ? 'doubtful' : 'in order';
}

/** `48.10 % of the profit of closed trades · doubtful above 50.00 % · closed trades would have made −12.00`. */
export function honestyWords(check: Check, zone: string): string {
  const { value, of, threshold, doubtfulWhen, otherProfit, trades } = check;
  const words = `${amount(value, check, zone)} ${of} · doubtful ${doubtfulWhen} ${amount(threshold, check, zone)}`;
  if (otherProfit === null || trades.length === 0) return words;
  return `${words} · closed trades would have made ${figureWords(otherProfit, 'money', zone)}`;
}

function amount(value: number, { unit }: Check, zone: string): string {
  if (unit === 'share') return figureWords(value, 'share', zone);
  return unit === 'fills' ? String(value) : value.toFixed(1);
}
