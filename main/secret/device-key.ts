import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { fail, ok, type Result } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import type { KeyStore } from "./key-store.ts";
import { boxSchema, type Guard, isWhole, openSealer } from "./sealed-box.ts";
import { writeDurably } from "./write-durably.ts";

/** The Ed25519 key by which head office knows this till. */
export interface DeviceKey {
  readonly privateKey: KeyObject;
  /** Raw public key, 32 bytes base64url. */
  readonly publicKey: string;
  readonly guard: Guard;
}

/** `missing`: none was made yet. `damaged`, `locked`: as of the merchant's keys; the till must be enrolled again. */
export type DeviceKeyFault = "missing" | "damaged" | "locked";

export interface DeviceKeys {
  read(): Promise<Result<DeviceKey, DeviceKeyFault>>;
  /** The key there is, or a new one, durable when it resolves. Rejects when disk or key store refuse. */
  make(): Promise<DeviceKey>;
}

const fileSchema = z.strictObject({ version: z.literal(1), sealed: boxSchema });
/** What is sealed: the key's name of use first, so that no other box opens as one. */
const sealedSchema = z.strictObject({ use: z.literal("device-key"), pkcs8: z.base64() });
const makeKeyPair = promisify(generateKeyPair);

/** Keeps the till's key in `device-key.json`, sealed; it never leaves this machine. */
export async function openDeviceKeys(dataDir: string, keyStore: KeyStore, log: Log): Promise<DeviceKeys> {
  const path = join(dataDir, "device-key.json");
  const sealer = await openSealer(keyStore, join(dataDir, "device-key.account"));

  async function read(): Promise<Result<DeviceKey, DeviceKeyFault>> {
    if (!existsSync(path)) return fail("missing");
    try {
      const { sealed } = fileSchema.parse(JSON.parse(readFileSync(path, "utf8")));
      if (!isWhole(sealed)) return fail("damaged");
      const text = await sealer.open(sealed);
      if (text === null) return fail("locked");
      const { pkcs8 } = sealedSchema.parse(JSON.parse(text));
      const privateKey = createPrivateKey({ key: Buffer.from(pkcs8, "base64"), format: "der", type: "pkcs8" });
      return ok({ privateKey, publicKey: rawPublicKey(privateKey), guard: sealed.guard });
    } catch {
      return fail("damaged"); // what stands there may hold half a key, and is told to nobody
    }
  }

  return {
    read,
    async make() {
      const known = await read();
      if (known.ok) return known.value;
      const { privateKey } = await makeKeyPair("ed25519");
      const pkcs8 = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
      if (sealer.guard === "account") log.warn("no key store: this till's key is as safe as this user's files");
      const sealed = await sealer.seal(JSON.stringify({ use: "device-key", pkcs8 }));
      writeDurably(path, `${JSON.stringify({ version: 1, sealed }, null, 2)}\n`);
      return { privateKey, publicKey: rawPublicKey(privateKey), guard: sealer.guard };
    },
  };
}

function rawPublicKey(privateKey: KeyObject): string {
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  if (x === undefined) throw new Error("an Ed25519 key has its x");
  return x;
}
