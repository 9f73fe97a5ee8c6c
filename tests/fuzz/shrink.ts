/** Pieces are taken away while the trouble stays, larger ones first; at most so many looks. */
export async function shrink(
  input: Uint8Array,
  isStillWrong: (smaller: Uint8Array) => Promise<boolean>,
  mostLooks: number,
): Promise<Uint8Array> {
  let best = input;
  let looks = 0;
  for (let size = Math.max(1, input.length >> 1); ; size = Math.max(1, size >> 1)) {
    for (let at = 0; at < best.length && looks < mostLooks;) {
      const smaller = Buffer.concat([best.subarray(0, at), best.subarray(at + size)]);
      looks += 1;
      if (await isStillWrong(smaller)) best = smaller;
      else at += size;
    }
    if (size === 1 || looks >= mostLooks) return best;
  }
}
