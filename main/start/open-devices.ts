import { join } from "node:path";
import type { BrowserWindow } from "electron";
import { createDeviceSetup } from "#main/device-setup/create-device-setup.ts";
import { createDeviceClient } from "#main/devices/create-device-client.ts";
import type { SpawnHost } from "#main/devices/host-process.ts";
import { startAhead } from "#main/devices/start-ahead.ts";
import { spawnUtilityHost } from "#main/devices/utility-host.ts";
import type { Log } from "#main/log/open-log.ts";
import { SystemPrinters } from "#main/printing/system-printers.ts";
import type { LiveSettings } from "#main/settings/create-settings.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { PrintWindows } from "#main/window/print-window.ts";
import { catchWedge } from "#main/window/wedge/catch-wedge.ts";
import type { OpenBench } from "./open-bench.ts";
import { markedDevices } from "./training/marked-devices.ts";

/** A host takes about as long to come up as the windows and the stores take to open. @param out where the built files lie */
export function startHost(out: string): SpawnHost {
  return startAhead(() => spawnUtilityHost(join(out, "main", "start-device-host.cjs")));
}

/** The device host, and the room in which devices are set up while the till is open. */
export function openDevices(
  { config, ready }: Pick<OpenBench, "config" | "ready">,
  settings: LiveSettings,
  parts: {
    readonly dataDir: string;
    readonly spawnHost: SpawnHost;
    readonly isTraining: boolean;
    readonly printing: PrintWindows;
    /** Whose keys a wedge scanner types into. */
    readonly till: BrowserWindow;
    readonly clock: Clock;
    readonly newId: () => string;
    readonly log: Log;
  },
) {
  const { dataDir, spawnHost, isTraining, clock, newId, log } = parts;
  const wedge = catchWedge(parts.till.webContents);
  const systemPrinters = new SystemPrinters(parts.printing, clock, (what, facts) => log.warn(what, facts));
  const client = createDeviceClient({
    spawn: spawnHost,
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
