import { fail, ok } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import { prepareRewrite } from "#main/settings/rewrite-section.ts";
import type { OfficeSetup, OfficeSetupFault } from "#main/till/ports/office-setup.ts";
import { readOfficeAddress, readRelayAddress } from "./office-address.ts";

/** What terminal.json says of both. */
export interface OfficePlaces {
  readonly url: string;
  readonly relayUrl?: string | undefined;
}

export interface OfficeSetupParts {
  readonly dataDir: string;
  readonly shop: OfficeSetup["shop"];
  /** As terminal.json named them at the start. */
  readonly configured: OfficePlaces | undefined;
  /** Synchronisation goes over to them; called once they are on the disk. */
  readonly goOver: (places: OfficePlaces) => void;
  readonly log: Log;
}

/** Head office and the shop's relay as a manager sets them up: written to terminal.json first, then in use, without a restart. */
export function createOfficeSetup(parts: OfficeSetupParts): OfficeSetup {
  const { dataDir, shop, goOver, log } = parts;
  let { url = null, relayUrl = null }: { url?: string | null; relayUrl?: string | null | undefined } =
    parts.configured ?? {};

  /** Null when it is on the disk. What else the section says stays. */
  function write(places: OfficePlaces): OfficeSetupFault | null {
    if (shop === "demo") return "setup-demo-store";
    const rewrite = prepareRewrite(dataDir, "headOffice", (section) => ({
      ...(typeof section === "object" ? section : {}),
      ...places,
    }));
    const written = rewrite.ok ? rewrite.value.write() : rewrite;
    if (written.ok) return null;
    log.error("terminal.json could not be rewritten", { why: written.fault });
    return "setup-file-unwritable";
  }

  return {
    shop,
    address: () => url,
    relayAddress: () => relayUrl,
    save(typed) {
      const address = readOfficeAddress(typed);
      if (!address.ok) return fail<OfficeSetupFault>(`office-address-${address.fault}`);
      const [before, after] = [url, address.value];
      if (after === relayUrl) return fail("relay-address-is-head-office");
      const places = { url: after, relayUrl: relayUrl ?? undefined };
      const refused = write(places);
      if (refused !== null) return fail(refused);
      url = after;
      log.info("head office was set", { address: after });
      if (after !== before) goOver(places);
      return ok({ before, after });
    },
    saveRelay(typed) {
      const address = readRelayAddress(typed);
      if (!address.ok) return fail<OfficeSetupFault>(`relay-address-${address.fault}`);
      const [before, after] = [relayUrl, address.value];
      if (url === null) return fail("relay-address-needs-head-office");
      if (after === url) return fail("relay-address-is-head-office");
      const places = { url, relayUrl: after ?? undefined };
      const refused = write(places);
      if (refused !== null) return fail(refused);
      relayUrl = after;
      log.info("the shop's relay was set", { address: after });
      if (after !== before) goOver(places);
      return ok({ before, after });
    },
  };
}
