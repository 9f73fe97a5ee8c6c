import type { PrinterTrouble } from "#contract/devices/messages.ts";

const NO_ERROR = 0x08;
const SELECTED = 0x10;
const PAPER_EMPTY = 0x20;

/**
 * What a USB printer's port says (USB printer class, GET_PORT_STATUS; usblp's LPGETSTATUS). It cannot tell an open cover
 * from other errors, so DLE EOT is asked first wherever it is answered.
 */
export function portTrouble(status: number): PrinterTrouble | null {
  if (status & PAPER_EMPTY) return "paper-out";
  if (!(status & NO_ERROR)) return "error";
  return status & SELECTED ? null : "offline";
}

/** Believes a port only after it has once said that all is well: some printers answer the same wrong byte for ever. */
export class PortWatch {
  #isBelieved = false;

  /** @param status null when the port does not tell */
  trouble(status: number | null): PrinterTrouble | null {
    if (status === null) return null;
    const trouble = portTrouble(status);
    if (trouble === null) this.#isBelieved = true;
    return this.#isBelieved ? trouble : null;
  }
}
