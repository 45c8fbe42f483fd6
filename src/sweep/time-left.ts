/** Milliseconds that the cells that are left will take if they go as those that are done went; NaN while none is. */
export function timeLeftMs(done: number, left: number, elapsedMs: number): number {
  return done === 0 ? NaN : (elapsedMs / done) * left;
}

/** `1:02:03`, `2:03` or `0:03`; an ellipsis where it is not known. Rounded up, so that 0:00 is the end. */
export function clockWords(milliseconds: number): string {
  if (Number.isNaN(milliseconds)) return '…';
  const seconds = Math.ceil(milliseconds / 1_000);
  const two = (value: number): string => String(value % 60).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes}:${two(seconds)}` : `${hours}:${two(minutes)}:${two(seconds)}`;
}
