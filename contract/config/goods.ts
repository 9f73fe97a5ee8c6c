import { z } from "zod";

/** What the shop does about the lots and dates on its goods; a part of terminal.json. */
export const goodsConfig = z
  .strictObject({
    pastBestBefore: z
      .enum(["warn", "stop"])
      .default("warn")
      .describe(
        "A pack past its best-before date: sold with a warning, or only with a manager's word like an expired one",
      ),
    packOnReceipt: z.boolean().default(false).describe("Lot and dates of a pack below its line on the receipt"),
  })
  .prefault({})
  .describe("Lots and dates on the goods");
