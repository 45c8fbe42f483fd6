/** Fields in which something stands that is no value of their type. */
const unreadable = new WeakSet<HTMLInputElement>();

/** What becomes of what is written in a field. */
export interface Takes {
  readonly take: (text: string) => void;
  /** What stands there is no value of the field's type. */
  readonly refuse: () => void;
}

/**
 * Attached to a field, it hands over what was written when the field is left. Of what is no value of its type, such as `1e` in a number or
 * half a date, browsers say that the field is empty, which may mean another value, and in a field that was empty they do not tell of a
 * change: https://html.spec.whatwg.org/multipage/input.html#value-sanitization-algorithm
 */
export function written({ take, refuse }: Takes): (field: HTMLInputElement) => () => void {
  return (field) => {
    const read = (): void => {
      unreadable.delete(field);
      take(field.value);
    };
    const isUnread = (): boolean => {
      if (!field.validity.badInput) return false;
      unreadable.add(field);
      refuse();
      return true;
    };
    const onchange = (): void => {
      if (!isUnread()) read();
    };
    const onblur = (): void => {
      if (!isUnread() && unreadable.has(field)) read();
    };
    field.addEventListener('change', onchange);
    field.addEventListener('blur', onblur);
    return () => {
      field.removeEventListener('change', onchange);
      field.removeEventListener('blur', onblur);
    };
  };
}

/** Attached to a field that is read with every key, it tells whether what stands there is no value of its type; not once the field is gone. */
export function tellsUnread(tell: (isUnread: boolean) => void): (field: HTMLInputElement) => () => void {
  return (field) => {
    const oninput = (): void => tell(field.validity.badInput);
    field.addEventListener('input', oninput);
    return () => {
      field.removeEventListener('input', oninput);
      tell(false);
    };
  };
}
