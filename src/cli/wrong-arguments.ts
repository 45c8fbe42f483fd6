/** The command line is not one that the terminal knows; its message says what would be right. */
export class WrongArguments extends Error {}
