/** The place of the documentation that the address asks for, `?docs=session.custom`; null where it asks for none, '' for its beginning. */
export function askedPlace(): string | null {
  return new URLSearchParams(location.search).get('docs');
}

/** Takes the question out of the address, so that neither a reload nor a link of the set-up has it. */
export function forgetAskedPlace(): void {
  history.replaceState(history.state, '', location.href.replace(/\?[^#]*/, ''));
}
