/** What the sensors of the printer say. `isPin3High` is the level of the drawer's switch on the connector. */
export interface Sensors {
  readonly isPaperOut: boolean;
  readonly isCoverOpen: boolean;
  readonly isPin3High: boolean;
}

/** Neither prints: both take the printer offline. */
export function isOffline(sensors: Sensors): boolean {
  return sensors.isPaperOut || sensors.isCoverOpen;
}

/** The answer to DLE EOT n: one byte, of which `0x93` always reads `0x12`. */
export function realTimeStatus(n: 1 | 2 | 3 | 4, sensors: Sensors): number {
  const bits = {
    1: (sensors.isPin3High ? 0x04 : 0) | (isOffline(sensors) ? 0x08 : 0),
    2: (sensors.isCoverOpen ? 0x04 : 0) | (sensors.isPaperOut ? 0x20 : 0),
    // No cutter jam and no overheating: this printer has no such switches.
    3: 0,
    // The near-end sensor sees no paper either when the roll is gone.
    4: sensors.isPaperOut ? 0x6c : 0,
  };
  return 0x12 | bits[n];
}

/** Automatic status back: four bytes, of the first of which `0x93` always reads `0x10`. */
export function automaticStatus(sensors: Sensors): readonly [number, number, number, number] {
  const first =
    0x10 | (sensors.isPin3High ? 0x04 : 0) | (isOffline(sensors) ? 0x08 : 0) | (sensors.isCoverOpen ? 0x20 : 0);
  return [first, 0, sensors.isPaperOut ? 0x0f : 0, 0];
}

/** Whether a change between two states is among the items GS a asked for: 1 drawer, 2 online, 4 error, 8 paper. */
export function isReported(mask: number, before: Sensors, after: Sensors): boolean {
  return (
    ((mask & 1) !== 0 && before.isPin3High !== after.isPin3High) ||
    ((mask & 2) !== 0 && (isOffline(before) !== isOffline(after) || before.isCoverOpen !== after.isCoverOpen)) ||
    ((mask & 8) !== 0 && before.isPaperOut !== after.isPaperOut)
  );
}

/** The answer to GS I n: one byte for the numbers 1–3, `_text NUL` for 65–68. */
export function printerId(n: number): Uint8Array {
  const names: Readonly<Record<number, string>> = { 65: "1.00", 66: "TILLWAY", 67: "TWIN-80", 68: "TWIN00000001" };
  const name = names[n];
  if (name !== undefined) return Buffer.from(`_${name}\0`, "latin1");
  // Model 0x20; type: two-byte characters and a cutter; version 1. Bits 4 and 7 are always 0.
  return Uint8Array.of({ 1: 0x20, 2: 0x03, 3: 0x01 }[n] ?? 0);
}
