/** `pre-market` as words: `pre-market`; `not-started`: `not started`. */
export function stateWords(state: string): string {
  return state === 'pre-market' || state === 'post-market' ? state : state.replaceAll('-', ' ');
}
