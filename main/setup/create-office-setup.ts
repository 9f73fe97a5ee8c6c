import { fail, ok } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import { prepareRewrite } from "#main/settings/rewrite-section.ts";
import type { OfficeSetup, OfficeSetupFault } from "#main/till/ports/office-setup.ts";
import { readOfficeAddress } from "./office-address.ts";

export interface OfficeSetupParts {
  readonly dataDir: string;
  readonly shop: OfficeSetup["shop"];
  /** As terminal.json named it at the start. */
  readonly configured: string | null;
  /** Synchronisation goes over to it; called once it is on the disk. */
  readonly goOver: (address: string) => void;
  readonly log: Log;
}

/** Head office as a manager sets it up: written to terminal.json first, then in use, without a restart. */
export function createOfficeSetup(parts: OfficeSetupParts): OfficeSetup {
  let configured = parts.configured;
  return {
    shop: parts.shop,
    address: () => configured,
    save(typed) {
      const address = readOfficeAddress(typed);
      if (!address.ok) return fail<OfficeSetupFault>(`office-address-${address.fault}`);
      if (parts.shop === "demo") return fail("setup-demo-store");
      const before = configured;
      const after = address.value;
      const rewrite = prepareRewrite(parts.dataDir, "headOffice", (section) => ({
        // The shop's relay stays where it is.
        ...(typeof section === "object" ? section : {}),
        url: after,
      }));
      const written = rewrite.ok ? rewrite.value.write() : rewrite;
      if (!written.ok) {
        parts.log.error("terminal.json could not be rewritten", { why: written.fault });
        return fail("setup-file-unwritable");
      }
      configured = after;
      parts.log.info("head office was set", { address: after });
      if (after !== before) parts.goOver(after);
      return ok({ before, after });
    },
  };
}
