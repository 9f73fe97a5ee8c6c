import { z } from "zod";
import { oldTillOnTill, poleDisplayOnTill, printerSchema, scaleOnTill, scannerSchema } from "./devices.ts";

/** One device of terminal.json by its role, as the set-up page enters it. */
export const deviceSection = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("scanner"), config: scannerSchema }),
  z.strictObject({ role: z.literal("printer"), config: printerSchema }),
  z.strictObject({ role: z.literal("scale"), config: scaleOnTill }),
  z.strictObject({ role: z.literal("display"), config: poleDisplayOnTill }),
  z.strictObject({ role: z.literal("old-till"), config: oldTillOnTill }),
]);

export type DeviceSection = z.infer<typeof deviceSection>;
