type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/**
 * Attached to a field, it shows there what counts: also where that is what counted before, and something else was written meanwhile.
 * What was written and refused stays to be mended, as long as it is told that it was refused.
 */
export function shows(counts: string | boolean, isRefused: boolean): (field: Field) => void {
  return (field) => {
    if (isRefused) return;
    if (typeof counts === 'string') field.value = counts;
    else (field as HTMLInputElement).checked = counts;
  };
}
