/** Bars that a picture has of a symbol at most: the latest ones of the window. */
export const mostBars = 8_000;
