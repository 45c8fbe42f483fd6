import { chosenOf } from '../intake/chosen.ts';
import { defaultChoices, type ConflictRule, type IntakeChoices, type LayoutChoices } from '../intake/choices.ts';
import { FileFault } from '../intake/file-fault.ts';
import { WrongArguments } from './wrong-arguments.ts';

/** What is chosen for the import of the files, of whatever layout they are. */
export type ImportChoices = Pick<IntakeChoices, 'all' | 'conflicts'>;

/** The choices of an import's preview as options. */
export const importOptions = {
  format: { type: 'string' },
  delimiter: { type: 'string' },
  columns: { type: 'string' },
  'date-order': { type: 'string' },
  'time-unit': { type: 'string' },
  zone: { type: 'string' },
  stamp: { type: 'string' },
  interval: { type: 'string' },
  'price-scale': { type: 'string' },
  'decimal-point': { type: 'string' },
  symbol: { type: 'string' },
  conflicts: { type: 'string' },
} as const;

type Values = { readonly [name in keyof typeof importOptions]?: string | undefined };

const rules: readonly ConflictRule[] = ['last', 'first', 'reject'];

/** Reads the values of the options; `tab` and `us` stand for what is hard to type. Throws WrongArguments for one that no file can have. */
export function importChoices(values: Values): ImportChoices {
  const { conflicts = defaultChoices.conflicts, delimiter } = values;
  const rule = rules.find((each) => each === conflicts);
  if (!rule) throw new WrongArguments(`--conflicts was "${conflicts}"; it must be one of ${rules.join(', ')}`);
  const all: LayoutChoices = {
    ...{ format: values.format, columns: values.columns, zone: values.zone, stamp: values.stamp },
    ...{ interval: values.interval, symbol: values.symbol },
    delimiter: delimiter === 'tab' ? '\t' : delimiter,
    dateOrder: values['date-order'],
    timeUnit: values['time-unit'] === 'us' ? 'µs' : values['time-unit'],
    priceScale: values['price-scale'],
    decimalPoint: values['decimal-point'],
  };
  try {
    chosenOf(all);
  } catch (error) {
    throw error instanceof FileFault ? new WrongArguments(`Files ${error.message}`) : error;
  }
  return { all, conflicts: rule };
}
