import { join } from "node:path";
import type { BrowserWindow } from "electron";
import { createDeviceSetup } from "#main/device-setup/create-device-setup.ts";
import { createDeviceClient } from "#main/devices/create-device-client.ts";
import { spawnUtilityHost } from "#main/devices/utility-host.ts";
import type { Log } from "#main/log/open-log.ts";
import { SystemPrinters } from "#main/printing/system-printers.ts";
import type { LiveSettings } from "#main/settings/create-settings.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { PrintWindows } from "#main/window/print-window.ts";
import { catchWedge } from "#main/window/wedge/catch-wedge.ts";
import type { OpenBench } from "./open-bench.ts";
import { markedDevices } from "./training/marked-devices.ts";

/** The device host, and the room in which devices are set up while the till is open. */
export function openDevices(
  { config, ready }: Pick<OpenBench, "config" | "ready">,
  settings: LiveSettings,
  parts: {
    readonly dataDir: string;
    /** Where the built files lie, the device host's among them. */
    readonly out: string;
    readonly isTraining: boolean;
    readonly printing: PrintWindows;
    /** Whose keys a wedge scanner types into. */
    readonly till: BrowserWindow;
    readonly clock: Clock;
    readonly newId: () => string;
    readonly log: Log;
  },
) {
  const { dataDir, out, isTraining, clock, newId, log } = parts;
  const wedge = catchWedge(parts.till.webContents);
  const systemPrinters = new SystemPrinters(parts.printing, clock, (what, facts) => log.warn(what, facts));
  const client = createDeviceClient({
    spawn: () => spawnUtilityHost(join(out, "main", "device-host.js")),
    config: settings.withLogo(config.devices),
    log: (what, facts) => log.info(what, facts),
    ...{ clock, wedge, systemPrinters },
  });
  const devices = settings.followLogo(isTraining ? markedDevices(client) : client);
  const deviceSetup = createDeviceSetup({
    ...{ dataDir, client: devices, wedge, systemPrinters, configured: config.devices, now: clock.now, newId, log },
    shop: ready === null ? "real" : "demo",
  });
  return { devices, deviceSetup };
}
