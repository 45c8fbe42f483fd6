/** How hashes are written, of bars, texts and runs alike. */
export const sha256Text = /^sha256:[0-9a-f]{64}$/;
