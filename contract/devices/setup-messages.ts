import type { FoundDevice } from "./found.ts";
import type { DeviceRole } from "./messages.ts";
import type { PairingProgress, PairRequest } from "./pairing.ts";
import type { TraceLine } from "./trace.ts";

/** What main asks of the device host while devices are set up or tested. */
export type SetupRequest =
  /** Closes the device and opens it again; a job under way ends as it does when its connection is lost. */
  | { readonly kind: "restart-device"; readonly role: DeviceRole; readonly deviceId: string }
  /** Says what happens on every line for so long; asked again, for longer. 0 ends it. */
  | { readonly kind: "trace"; readonly forMs: number }
  | PairRequest
  | { readonly kind: "stop-pairing" };

/** What the device host says beside the states of the devices. */
export type SetupEvent =
  /** What is plugged in, whenever that or its use has changed. */
  | { readonly kind: "found"; readonly devices: readonly FoundDevice[] }
  /** How long a device took to answer a question, such as a printer its DLE EOT. */
  | {
      readonly kind: "answer-time";
      readonly role: DeviceRole;
      readonly deviceId: string;
      readonly ms: number;
      readonly atMs: number;
    }
  | { readonly kind: "trace"; readonly line: TraceLine }
  | { readonly kind: "pairing"; readonly pairingId: string; readonly progress: PairingProgress };
