import { z } from "zod";
import { deviceSection } from "#contract/config/device-sections.ts";
import { printerSchema } from "#contract/config/devices.ts";
import type { DevicesView, SelfTestView } from "#contract/ipc/devices-view.ts";

const none = z.strictObject({});
const device = z.strictObject({
  role: z.enum(["scanner", "printer", "scale", "display", "old-till"]),
  deviceId: z.string().min(1).max(32),
});

/** Devices: everybody signed in may look and test, managers change; main asks again for every one of these. */
export const deviceSchemas = {
  devices: none,
  /**
   * Adds a device, or replaces the one of the same id. An id of `new` is replaced by a free one; `was` is the id it had
   * before, where it gets another name.
   */
  "device-save": z.strictObject({ section: deviceSection, was: z.string().min(1).max(32).optional() }),
  "device-remove": device,
  /** Closes it and opens it again. */
  "device-restart": device,
  /** Shows the customer's pole display a sample for some seconds, for whoever stands before it. */
  "pole-sample": none,
  /** Prints the sheet that tells what a printer can do, on one that is set up or not yet. */
  "test-sheet": z.strictObject({ printer: printerSchema }),
  /** Listens for the scanner that reads the code on the page; `at` is one on the network, tried only where it is named. */
  "pairing-begin": z.strictObject({
    at: z.strictObject({ host: z.string().trim().min(1).max(253), port: z.int().min(1).max(65_535) }).nullable(),
  }),
  /** Takes the scanner that typed the code into the window as it is. */
  "pairing-use-typed": none,
  "pairing-end": none,
  /** Looks at the lines of all devices; asked again every moment, because a page that is gone must not keep scans. */
  "self-test": z.strictObject({ after: z.int().min(0) }),
  "self-test-end": none,
} as const;

export interface DeviceAnswers extends Record<Exclude<keyof typeof deviceSchemas, `self-test${string}`>, DevicesView> {
  "self-test": SelfTestView;
}
