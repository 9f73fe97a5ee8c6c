import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { KeyStore } from "./key-store.ts";
import { boxSchema, isWhole, openSealer } from "./sealed-box.ts";
import { writeDurably } from "./write-durably.ts";

const keptSchema = z.strictObject({
  /** 32 bytes. */
  secret: z.base64(),
  /** Where customers' phones find head office. */
  payUrl: z.string(),
  /** Both sides' keys when it was made: with others another one is asked for. */
  officeKey: z.string(),
  terminalPublicKey: z.string(),
});
/** A code secret as it was agreed with head office (docs/CARRIED.md). */
export type CarriedSecret = z.infer<typeof keptSchema>;

/** What was shown with the one before is still proved by it. */
export const mostCarriedSecrets = 2;

export interface CarriedSecrets {
  /** Newest first; empty where there are none, or where they cannot be opened here: then another one is asked for. */
  read(): Promise<readonly CarriedSecret[]>;
  /** Durable when it resolves; the oldest goes. Rejects when disk or key store refuse. */
  keep(secret: CarriedSecret): Promise<readonly CarriedSecret[]>;
}

const fileSchema = z.strictObject({ version: z.literal(1), sealed: boxSchema });
/** What is sealed: its use first, so that no other box opens as one. */
const sealedSchema = z.strictObject({
  use: z.literal("carried-secrets"),
  kept: z.array(keptSchema).max(mostCarriedSecrets),
});

/** Keeps the code secrets in `carried-secrets.json`, sealed like the till's own key. */
export async function openCarriedSecrets(dataDir: string, keyStore: KeyStore): Promise<CarriedSecrets> {
  const path = join(dataDir, "carried-secrets.json");
  const sealer = await openSealer(keyStore, join(dataDir, "device-key.account"));

  async function read(): Promise<readonly CarriedSecret[]> {
    if (!existsSync(path)) return [];
    try {
      const { sealed } = fileSchema.parse(JSON.parse(readFileSync(path, "utf8")));
      const text = isWhole(sealed) ? await sealer.open(sealed) : null;
      return text === null ? [] : sealedSchema.parse(JSON.parse(text)).kept;
    } catch {
      return []; // what stands there may hold half a secret, and is told to nobody
    }
  }

  return {
    read,
    async keep(secret) {
      const kept = [secret, ...(await read())].slice(0, mostCarriedSecrets);
      const sealed = await sealer.seal(JSON.stringify({ use: "carried-secrets", kept }));
      writeDurably(path, `${JSON.stringify({ version: 1, sealed }, null, 2)}\n`);
      return kept;
    },
  };
}
