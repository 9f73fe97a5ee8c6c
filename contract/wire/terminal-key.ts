import { z } from "zod";

/** A till among all of a company's: its shop's code and its own, e.g. `BJ01-T01`. Also the key id of its signatures. */
export const terminalKeySchema = z.string().regex(/^[A-Z0-9]{2,4}-[A-Z0-9]{2,4}$/);

export interface TerminalName {
  readonly storeCode: string;
  readonly terminalId: string;
}
