import { z } from "zod";

const reasons = z.array(z.string().trim().min(1).max(40)).max(8).default([]);

/** How the shop runs its shifts; a part of terminal.json. */
export const shiftConfig = z
  .strictObject({
    blindCount: z
      .boolean()
      .default(true)
      .describe("The expected cash is hidden until the drawer was counted (盲交班); false shows it beside the count"),
    varianceLimitFen: z
      .int()
      .min(0)
      .max(100_000_000)
      .default(1_000)
      .describe("A count further off than this is counted again, then needs a manager's PIN and a reason"),
    reasons: z
      .strictObject({
        payIn: reasons.describe("Offered for cash put into the drawer (补款); none: the till's own"),
        payOut: reasons.describe("Offered for cash paid out (支出); none: the till's own"),
        safeDrop: reasons.describe("Offered for cash put away (缴存); none: the till's own"),
        noSale: reasons.describe("Offered for opening the drawer without a sale; none: the till's own"),
      })
      .prefault({})
      .describe("Short lists beside the free text"),
  })
  .prefault({})
  .describe("Shifts, their counts and what else moves cash");
