import { z } from "zod";

/** What the shop does about the lots and dates on its goods; a part of terminal.json. */
export const goodsConfig = z
  .strictObject({
    pastBestBefore: z
      .enum(["warn", "stop"])
      .default("stop")
      .describe(
        "A pack past its best-before date (保质期): only with a manager's word, like an expired one, or sold with a warning",
      ),
    packOnReceipt: z.boolean().default(false).describe("Lot and dates of a pack below its line on the receipt"),
  })
  .prefault({})
  .describe("Lots and dates on the goods");
