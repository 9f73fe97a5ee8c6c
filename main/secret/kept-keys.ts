import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { fail, ok, type Result } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import type { KeyStore } from "./key-store.ts";
import { boxSchema, type Guard, isWhole, openSealer } from "./sealed-box.ts";
import { writeDurably } from "./write-durably.ts";

/** The secrets of one merchant, as texts; empty for those there are none of. The gateway's public key is kept with them. */
export interface KeySet {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
  readonly publicKeyPem: string;
  readonly apiV3Key: string;
  readonly v2Key: string;
}

export type KeptKeysFault =
  /** The set is not there: the file is gone, or another one. */
  | "keys-missing"
  /** Not the bytes that were written. */
  | "keys-damaged"
  /** Whole, and not to be opened here: another machine, another user, a key store that is gone. */
  | "keys-locked";

export interface KeptKeys {
  /** What a set that is added now is guarded by. */
  readonly guard: Guard;
  read(id: string): Promise<Result<KeySet, KeptKeysFault>>;
  /** Durable when it resolves. Rejects when the disk or the key store refuses; the sets from before are then still there. */
  add(id: string, keys: KeySet): Promise<void>;
  /** Forgets every other set. */
  keepOnly(id: string): void;
}

const fileSchema = z.strictObject({ version: z.literal(1), sets: z.record(z.string(), boxSchema) });
type Sets = z.infer<typeof fileSchema>["sets"];

const keySetSchema = z.strictObject({
  /** Stands inside as well, so that a box moved under another name opens nothing. */
  id: z.string(),
  ...{ privateKeyPem: z.string(), certificatePem: z.string(), publicKeyPem: z.string() },
  ...{ apiV3Key: z.string(), v2Key: z.string() },
});

/**
 * Keeps merchants' keys in one file, sealed by the operating system's key store. Where there is none (a Linux without a
 * key ring) they are sealed by a key that lies beside it: as safe as this user's account, and said so in the log. Sets
 * have names, so that terminal.json goes over from an old set to a new one in a single write.
 */
export async function openKeptKeys(dataDir: string, keyStore: KeyStore, log: Log): Promise<KeptKeys> {
  const path = join(dataDir, "wechatpay-keys.json");
  const sealer = await openSealer(keyStore, join(dataDir, "wechatpay-keys.account"));
  const write = (sets: Sets): void => writeDurably(path, `${JSON.stringify({ version: 1, sets }, null, 2)}\n`);

  return {
    guard: sealer.guard,
    async read(id) {
      const sets = readSets(path);
      if (!sets.ok) return sets;
      const found = sets.value[id];
      if (found === undefined) return fail("keys-missing");
      if (!isWhole(found)) return fail("keys-damaged");
      const text = await sealer.open(found);
      return text === null ? fail("keys-locked") : keySetOf(text, id);
    },
    async add(id, keys) {
      if (sealer.guard === "account") log.warn("no key store: the keys of WeChat Pay are as safe as this user's files");
      const box = await sealer.seal(JSON.stringify({ id, ...keys }));
      const sets = readSets(path);
      // What cannot be read any more cannot be used any more either.
      write({ ...(sets.ok ? sets.value : {}), [id]: box });
    },
    keepOnly(id) {
      const sets = readSets(path);
      const kept = sets.ok ? sets.value[id] : undefined;
      if (!sets.ok || kept === undefined || Object.keys(sets.value).length === 1) return;
      write({ [id]: kept });
    },
  };
}

function readSets(path: string): Result<Sets, KeptKeysFault> {
  if (!existsSync(path)) return fail("keys-missing");
  try {
    return ok(fileSchema.parse(JSON.parse(readFileSync(path, "utf8"))).sets);
  } catch {
    return fail("keys-damaged"); // what stands there instead may hold half a key, and is told to nobody
  }
}

function keySetOf(text: string, id: string): Result<KeySet, KeptKeysFault> {
  try {
    const { id: inside, ...keys } = keySetSchema.parse(JSON.parse(text));
    return inside === id ? ok(keys) : fail("keys-damaged");
  } catch {
    return fail("keys-damaged");
  }
}
