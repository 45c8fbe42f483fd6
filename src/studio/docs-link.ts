/** The place of the documentation that the address asks for, `?docs=session.custom`; null where it asks for none, '' for its beginning. */
export function askedPlace(): string | null {
  return new URLSearchParams(location.search).get('docs');
}

/** Asks for a place as an address does; whoever opens the documentation next is led there. */
export function askForPlace(id: string): void {
  history.replaceState(history.state, '', `${placeAddress(id)}${location.hash}`);
}

export const placeAddress = (id: string): string => `?docs=${encodeURIComponent(id)}`;

/** Whether a click is meant for another tab or window, which is opened by the address. */
export const isForElsewhere = ({ ctrlKey, metaKey, shiftKey }: MouseEvent): boolean => ctrlKey || metaKey || shiftKey;

/** Takes the question out of the address, so that neither a reload nor a link of the set-up has it. */
export function forgetAskedPlace(): void {
  history.replaceState(history.state, '', location.href.replace(/\?[^#]*/, ''));
}
