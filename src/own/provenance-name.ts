import { Provenance } from '../bars/provenance.ts';

/** How a bar came, as own code reads it. */
export function provenanceName(provenance: number): string {
  switch (provenance) {
    case Provenance.streamed:
    case Provenance.late:
      return 'streamed';
    case Provenance.filled:
      return 'filled';
    case Provenance.madeUp:
      return 'made up';
    case Provenance.repaired:
      return 'repaired';
    case Provenance.whole:
      return 'whole';
    case Provenance.incomplete:
      return 'incomplete';
    default:
      return 'none';
  }
}
