/** An error of a strategy that ends the run, and not its session alone: it cannot be called again. */
export class RunFault extends Error {}
