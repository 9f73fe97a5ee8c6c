import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SimulatorsReady } from "#contract/bench/ready.ts";

/**
 * Writes what `--merchant` of the demo store's head office reads, docs/HEADOFFICE.md: the till's own merchant at the gateway's
 * twin, by the door that does not hang on the shop's line. Written anew at every start, for the twin's ports change.
 * @param folder absolute; made where it is missing
 * @param payHost where customers' phones find head office, over https
 * @returns the file's path. Throws where the folder cannot be written.
 */
export function writeDemoMerchant(folder: string, gateway: SimulatorsReady["gateway"], payHost: string): string {
  const { mchid, appid, certSerial, privateKeyPath, publicKeyId, publicKeyPath, apiV3Key, outside } = gateway;
  const { baseUrl } = outside;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return name;
  };
  const merchant = {
    ...{ mchid, appid, certSerial, publicKeyId },
    appSecretFile: kept("app-secret", outside.appSecret),
    apiV3KeyFile: kept("api-v3-key", apiV3Key),
    ...{ privateKeyFile: privateKeyPath, publicKeyFile: publicKeyPath },
    publicUrl: `https://${payHost}`,
    hosts: { pay: baseUrl, open: baseUrl, api: baseUrl },
  };
  return join(folder, kept("merchant.json", `${JSON.stringify(merchant, null, 2)}\n`));
}
