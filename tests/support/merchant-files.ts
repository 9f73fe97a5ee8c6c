import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rsaPair } from "./rsa-pair.ts";

/** A folder with the file of `--merchant` and the keys it names, as docs/HEADOFFICE.md has them. */
export interface MerchantFiles {
  readonly folder: string;
  /** The merchant's own keys, which `merchant.pem` is of. */
  readonly ours: ReturnType<typeof rsaPair>;
  /** What is told to nobody: no sentence about these files may have any of it. */
  readonly secrets: readonly string[];
  /** Writes a file of this mode, whatever mode it had; its path. */
  write(name: string, text: string, mode?: number): string;
  /** Writes `merchant.json`, sound but for the change; its path. */
  writeMerchant(change?: object, mode?: number): string;
  remove(): void;
}

const [ours, theirs] = [rsaPair(), rsaPair()];
const appSecret = "0123456789abcdef".repeat(2);
const apiV3Key = "K".repeat(32);
const merchant = {
  ...{ mchid: "1900007291", appid: "wxd678efh567hg6787", certSerial: "408B07E79B8269FE", appSecretFile: "app-secret" },
  ...{ privateKeyFile: "merchant.pem", apiV3KeyFile: "api-v3", publicKeyId: "PUB_KEY_ID_0110000000" },
  ...{ publicKeyFile: "gateway.pem", publicUrl: "https://pay.example" },
};

export function openMerchantFiles(): MerchantFiles {
  const folder = mkdtempSync(join(tmpdir(), "tillway-merchant-"));
  function write(name: string, text: string, mode = 0o600): string {
    const path = join(folder, name);
    writeFileSync(path, text, { mode });
    chmodSync(path, mode);
    return path;
  }
  write("app-secret", `${appSecret}\n`);
  write("merchant.pem", ours.privateKey);
  write("api-v3", apiV3Key);
  write("gateway.pem", theirs.publicKey, 0o644);
  return {
    ...{ folder, ours, write },
    secrets: [appSecret, apiV3Key, ours.privateKey.slice(100, 160)],
    writeMerchant: (change = {}, mode = 0o600) =>
      write("merchant.json", JSON.stringify({ ...merchant, ...change }), mode),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
