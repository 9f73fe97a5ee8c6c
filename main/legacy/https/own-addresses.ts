import type { networkInterfaces } from "node:os";
import type { LegacyDoorView } from "#contract/ipc/legacy-intents.ts";

/** This machine's addresses that an old till can be given: the one of itself alone, then those of its networks. */
export function addressesOf(networks: ReturnType<typeof networkInterfaces>): LegacyDoorView["addresses"] {
  const own = Object.entries(networks).flatMap(([network, addresses = []]) =>
    addresses
      // One that the machine gave itself because no network did (RFC 3927) is another one tomorrow.
      .filter(({ family, internal, address }) => family === "IPv4" && !internal && !address.startsWith("169.254."))
      .map(({ address }) => ({ host: address, network })),
  );
  return [{ host: "127.0.0.1", network: null }, ...own];
}
