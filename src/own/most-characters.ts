/** Characters that the text of a strategy may have. */
export const mostCharacters = 200_000;
