/** Bytes a QR code of version 1, 2, … holds at level M in byte mode (ISO/IEC 18004, table 7). */
const CAPACITY_M = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911,
  997,
] as const;

/** Below three dots of 0.125 mm a phone held over a receipt no longer reads it; above six it only wastes paper. */
const SMALLEST_MODULE = 3;
const LARGEST_MODULE = 6;
/** Four modules of white on either side. */
const QUIET_MODULES = 8;

/**
 * Dots per module so that the code fits the paper with its quiet zone.
 * @returns null when the text is longer than 997 bytes (version 25) or would need modules under three dots
 */
export function qrModuleDots(byteCount: number, paperDots: number): number | null {
  const index = CAPACITY_M.findIndex((capacity) => capacity >= byteCount);
  if (index < 0 || byteCount === 0) return null;
  const modules = 17 + 4 * (index + 1) + QUIET_MODULES;
  const dots = Math.min(LARGEST_MODULE, Math.floor(paperDots / modules));
  return dots < SMALLEST_MODULE ? null : dots;
}
