import type { OfficeAddressProblem, OfficeView } from "#contract/ipc/office-view.ts";
import type { Result } from "#core/result.ts";

export type OfficeSetupFault =
  | `office-address-${OfficeAddressProblem}`
  /** There is no shop to save it for. */
  | "setup-demo-store"
  /** terminal.json cannot be rewritten, or was made unusable meanwhile. */
  | "setup-file-unwritable";

/** Where head office is, as the use cases see it; who may change it is theirs. */
export interface OfficeSetup {
  readonly shop: OfficeView["shop"];
  address(): string | null;
  /** Writes terminal.json, then goes over. `before` is null where none was named. */
  save(typed: string): Result<{ readonly before: string | null; readonly after: string }, OfficeSetupFault>;
}
