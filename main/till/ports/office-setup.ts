import type { OfficeAddressProblem, OfficeView, RelayAddressProblem } from "#contract/ipc/office-view.ts";
import type { Result } from "#core/result.ts";

export type OfficeSetupFault =
  | `office-address-${OfficeAddressProblem}`
  | `relay-address-${RelayAddressProblem}`
  /** There is no shop to save it for. */
  | "setup-demo-store"
  /** terminal.json cannot be rewritten, or was made unusable meanwhile. */
  | "setup-file-unwritable";

/** Where head office and the shop's relay are, as the use cases see it; who may change it is theirs. */
export interface OfficeSetup {
  readonly shop: OfficeView["shop"];
  address(): string | null;
  relayAddress(): string | null;
  /** Writes terminal.json, then goes over. */
  save(typed: string): Result<AddressChange<string>, OfficeSetupFault>;
  /** The same; an empty address takes the relay out. */
  saveRelay(typed: string): Result<AddressChange<string | null>, OfficeSetupFault>;
}

/** `before` is null where none was named. */
export interface AddressChange<To extends string | null> {
  readonly before: string | null;
  readonly after: To;
}
