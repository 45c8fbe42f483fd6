/** One access to shared memory. `get` and `set` are plain, the others are sequentially consistent. */
export interface Operation {
  readonly kind: 'load' | 'store' | 'add' | 'wait' | 'notify' | 'get' | 'set';
  /** Address in the model's memory. */
  readonly place: number;
  /** What is stored, added, or compared with before sleeping. */
  readonly value: number;
}

export type Perform = (operation: Operation) => number;

/** A seeded mistake: what becomes of a thread's operations on their way to memory. Made anew for every run of the thread. */
export type Mistake = () => (operation: Operation, perform: Perform) => number;
