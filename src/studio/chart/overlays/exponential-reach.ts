/** So many lengths back a bar counts for less than three parts in a billion: (1 − 2/(n + 1))^(10 n) < e^−20. */
export const exponentialReach = 10;
