import type { DevicesConfig } from "#contract/config/devices.ts";
import type { HostEvent } from "#contract/devices/messages.ts";
import type { SetupRequest } from "#contract/devices/setup-messages.ts";
import type { DeviceSet } from "./device-set.ts";
import { Finder } from "./found/finder.ts";
import { earOpener } from "./pairing/ear-links.ts";
import { Pairing } from "./pairing/pairing.ts";

interface DeskParts {
  readonly devices: DeviceSet;
  readonly report: (event: HostEvent) => void;
  /** See `ReconnectingOptions`. */
  readonly onStuck: () => void;
}

/** What people do with devices beside selling: finding, pairing, looking at their lines, starting them again. */
export class SetUpDesk {
  readonly #parts: DeskParts;
  readonly #finder: Finder;
  #pairing: Pairing | null = null;

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#finder = new Finder({ report: (devices) => parts.report({ kind: "found", devices }) });
  }

  /** What the till uses from now on. */
  use(config: DevicesConfig): void {
    this.#finder.use(config);
  }

  answer(request: SetupRequest): void {
    const { devices, report, onStuck } = this.#parts;
    switch (request.kind) {
      case "restart-device":
        return void devices.restart(request.role, request.deviceId);
      case "trace":
        return devices.tracer.traceFor(request.forMs);
      case "stop-pairing":
        return void this.#endPairing();
      case "pair":
        return void this.#endPairing().then(() => {
          const { pairingId } = request;
          this.#pairing = new Pairing(request, {
            open: earOpener,
            onStuck,
            report: (progress) => report({ kind: "pairing", pairingId, progress }),
          });
        });
    }
  }

  async #endPairing(): Promise<void> {
    const pairing = this.#pairing;
    this.#pairing = null;
    await pairing?.stop();
  }
}
