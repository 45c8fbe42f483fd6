import type { Audit } from '../intake/audit.ts';
import type { ConflictRule } from '../intake/choices.ts';
import { barText, contradiction, type BarValues } from '../intake/contradiction.ts';
import { fileOf, lineOf } from '../intake/origin.ts';
import type { LeftOutWriter } from './lists.ts';
import type { MergeLosses, RowPlace } from './merge-rows.ts';

/** One of what is merged. */
export interface Sharer {
  /** The dataset that its bars were in, for those that do not know their file. */
  readonly name: string;
  readonly audits: readonly Audit[];
  /** The place of its first audit among those of what is made, where its bars know their file. */
  readonly firstFile: number;
}

/**
 * What becomes of bars that several of what is merged have: those that contradict each other are listed one by one as left out, and in
 * the audits of files whose bars know where they came from, they and equal ones are no more among the accepted.
 */
export class CommonBars {
  /** Contradicting bars that were listed, or that the list had no more room for. */
  listed = 0;
  private readonly duplicates = new Map<number, number>();
  private readonly conflicts = new Map<number, number>();
  private readonly list: LeftOutWriter;
  private readonly rule: ConflictRule;

  constructor(list: LeftOutWriter, rule: ConflictRule) {
    this.list = list;
    this.rule = rule;
  }

  /** The audits of what is made, given those of what it is made of. */
  audited(audits: readonly Audit[]): Audit[] {
    return audits.map((audit, file) => {
      const duplicates = this.duplicates.get(file) ?? 0;
      const conflicts = this.conflicts.get(file) ?? 0;
      if (duplicates + conflicts === 0) return audit;
      return {
        ...audit,
        accepted: audit.accepted - duplicates - conflicts,
        duplicates: audit.duplicates + duplicates,
        conflicts: audit.conflicts + conflicts,
      };
    });
  }

  /** Takes note of those of a symbol; `sharers` are in the order of the inputs. */
  of(symbol: string, sharers: readonly Sharer[]): MergeLosses {
    const file = (input: number, origin: number): number => sharers[input]!.firstFile + fileOf(origin);
    const where = (input: number, origin: number | undefined): string =>
      origin === undefined
        ? `dataset "${sharers[input]!.name}"`
        : `line ${lineOf(origin)} of ${sharers[input]!.audits[fileOf(origin)]!.file}`;
    return {
      duplicate: (input, { rows, at }) => {
        if (rows.origins) increase(this.duplicates, file(input, rows.origins[at]!));
      },
      conflict: (input, lost, rivalInput, rival) => {
        const origin = lost.rows.origins?.[lost.at];
        if (origin !== undefined) increase(this.conflicts, file(input, origin));
        this.listed++;
        this.list.add({
          file: origin === undefined ? sharers[input]!.name : file(input, origin),
          line: origin === undefined ? null : lineOf(origin),
          kind: 'conflict',
          reason: contradiction(
            symbol,
            lost.rows.columns[0]![lost.at]!,
            where(rivalInput, rival.rows.origins?.[rival.at]),
            valuesOf(rival),
            this.rule,
          ),
          text: barText(valuesOf(lost)),
        });
      },
      makeRoom: () => this.list.makeRoom(),
    };
  }
}

function increase(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function valuesOf({ rows, at }: RowPlace): BarValues {
  const [open, high, low, close, volume] = rows.columns.slice(1).map((column) => column[at]!) as [
    ...[number, number, number, number, number],
  ];
  return { open, high, low, close, volume };
}
