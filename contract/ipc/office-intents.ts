import { z } from "zod";
import type { OfficeAddressProblem, OfficeView, RelayAddressProblem } from "#contract/ipc/office-view.ts";

/** Where head office and the shop's relay are: a manager's business, asked again in main for each. */
export const officeSchemas = {
  /** Asked again every moment: until then a scanned enrolment code is the page's, and not an item. */
  "head-office": z.strictObject({}),
  /** Writes the address to terminal.json and goes over to it. */
  "save-head-office": z.strictObject({ address: z.string().max(400) }),
  /** The same for the shop's relay; an empty address: the shop has none. */
  "save-relay": z.strictObject({ address: z.string().max(400) }),
} as const;

export interface OfficeAnswers {
  "head-office": OfficeView;
  "save-head-office": OfficeView;
  "save-relay": OfficeView;
}

export type OfficeFault = `office-address-${OfficeAddressProblem}` | `relay-address-${RelayAddressProblem}`;
