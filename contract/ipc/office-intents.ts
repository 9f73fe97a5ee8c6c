import { z } from "zod";
import type { OfficeAddressProblem, OfficeView } from "#contract/ipc/office-view.ts";

/** Where head office is: a manager's business, asked again in main for both. */
export const officeSchemas = {
  /** Asked again every moment: until then a scanned enrolment code is the page's, and not an item. */
  "head-office": z.strictObject({}),
  /** Writes the address to terminal.json and goes over to it. */
  "save-head-office": z.strictObject({ address: z.string().max(400) }),
} as const;

export interface OfficeAnswers {
  "head-office": OfficeView;
  "save-head-office": OfficeView;
}

export type OfficeFault = `office-address-${OfficeAddressProblem}`;
