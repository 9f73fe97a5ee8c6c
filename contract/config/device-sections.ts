import { z } from "zod";
import { printerSchema, scannerSchema } from "./devices.ts";

/** One device of terminal.json by its role, as the set-up page enters it. A role that comes later is added here. */
export const deviceSection = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("scanner"), config: scannerSchema }),
  z.strictObject({ role: z.literal("printer"), config: printerSchema }),
]);

export type DeviceSection = z.infer<typeof deviceSection>;
