import { z } from "zod";

const rate = z.strictObject({
  taxClass: z.string().min(1).max(32).describe("The catalogue's name for such goods"),
  basisPoints: z.int().min(0).max(10_000).describe("1300 is 13 %"),
});

/** Names that catalogues use, with the rates of mainland China since 2019. */
const usualRates = [
  { taxClass: "standard", basisPoints: 1_300 },
  { taxClass: "general", basisPoints: 1_300 },
  { taxClass: "reduced", basisPoints: 900 },
  { taxClass: "food", basisPoints: 900 },
  { taxClass: "zero", basisPoints: 0 },
  { taxClass: "exempt", basisPoints: 0 },
];

/** The tax in the shop's prices; a part of terminal.json. */
export const taxesConfig = z
  .strictObject({
    rates: z
      .array(rate)
      .min(1)
      .max(32)
      .default(usualRates)
      .describe("Rates by tax class; goods of a class that is not named are taxed at the highest"),
  })
  .optional()
  .describe("Present where receipts and day totals say how much tax is in the prices; {} takes the usual rates");
