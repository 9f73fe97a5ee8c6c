import { z } from "zod";
import type { OldTillConfig } from "#contract/config/devices.ts";
import { legacyHost, legacyPort, legacyWaitSeconds } from "#contract/config/legacy.ts";

const name = z.string().trim().min(1).max(40);

/** What a manager sets: the door over HTTPS, and how an old till's payment begins and may be given back. */
const legacySettings = z.strictObject({
  https: z.strictObject({ isOn: z.boolean(), host: legacyHost, port: legacyPort }),
  showsQr: z.boolean(),
  waitSeconds: legacyWaitSeconds,
  mayRefund: z.boolean(),
});
export type LegacySettings = z.infer<typeof legacySettings>;

/** Old tills that use this one as their WeChat terminal. All but the first are a manager's. */
export const legacySchemas = {
  /** The customer has left: what has no attempt ends at once, an attempt is cancelled and ends by itself. */
  "cancel-legacy": z.strictObject({}),
  "legacy-door": z.strictObject({}),
  /** Writes the section to terminal.json; the door closes and opens again where it is another. */
  "save-legacy": legacySettings,
  /** The same name again is the same old till with another token; the one before is void. */
  "pair-legacy": z.strictObject({ name }),
  "unpair-legacy": z.strictObject({ name }),
} as const;

/** Who asks for the payment on the screen. */
export interface LegacyPaymentView {
  /** As the old till calls itself, and its number of the sale. */
  readonly saleSystem: string;
  readonly transactionId: string;
}

/** Why the door over HTTPS is closed though it is to be open. It is tried again by itself. */
export type LegacyDoorFault =
  | "port-in-use"
  /** The address is not this machine's, or not now: its network is away. */
  | "address-away"
  /** The key store does not open the door's key now. */
  | "key-locked"
  /** Whatever else; the log says what. */
  | "not-opened";

export interface LegacyDoorView {
  /** `demo`: nothing can be saved, because there is no shop yet. */
  readonly shop: "real" | "demo";
  /** Whether terminal.json says that old tills are taken here, by whichever door. */
  readonly isTaken: boolean;
  /** As terminal.json says it, or what it means where it says nothing. */
  readonly settings: LegacySettings;
  /** IPv4 addresses of this machine that can be listened on, its own alone first. */
  readonly addresses: readonly { readonly host: string; readonly network: string | null }[];
  readonly state: "off" | "opening" | "open" | "closed";
  /** Only where it is closed. */
  readonly fault: LegacyDoorFault | null;
  /** Where an old till sends to; empty where the door is off. */
  readonly url: string;
  /** SHA-256 of the certificate, for the old till to pin; empty where none is known. */
  readonly fingerprint: string;
  /** The key before it was damaged: since the start there is another fingerprint. */
  readonly isKeyAnew: boolean;
  /** `lastAtMs`: its last message since the till started; null where there was none. */
  readonly pairings: readonly {
    readonly name: string;
    readonly madeAtMs: number;
    readonly lastAtMs: number | null;
  }[];
  /** The old till on the serial line, as it is set up among the devices; null where there is none. */
  readonly serial: OldTillConfig | null;
}

export interface LegacyAnswers {
  "legacy-door": LegacyDoorView;
  "save-legacy": LegacyDoorView;
  /** The token is told this once, and kept nowhere but as a hash. */
  "pair-legacy": LegacyDoorView & { readonly token: string };
  "unpair-legacy": LegacyDoorView;
}
