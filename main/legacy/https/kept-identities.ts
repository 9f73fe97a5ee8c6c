import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { fail, ok, type Result } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import type { KeyStore } from "#main/secret/key-store.ts";
import { boxSchema, isWhole, openSealer, type Sealer } from "#main/secret/sealed-box.ts";
import { syncFolder, writeDurably } from "#main/secret/write-durably.ts";
import { identityOf, makeIdentity, type TlsIdentity } from "./self-signed.ts";

/** `isAnew`: what was kept was damaged, so old tills that pin its fingerprint have to pin this one. */
export interface KeptIdentity {
  readonly identity: TlsIdentity;
  readonly isAnew: boolean;
}

/** Key and certificate of the door of old tills, one for each address. */
export interface KeptIdentities {
  /**
   * The one that is kept for this address, or a new one, durable when it resolves. `locked`: it is there and the key store
   * does not open it now; another one is never made for that, because old tills pin the fingerprint. Rejects when disk or
   * key store refuse.
   */
  of(host: string, nowMs: number): Promise<Result<KeptIdentity, "locked">>;
}

/** The certificate is shown to everybody who asks, the key to nobody. One file, so that no power cut parts them. */
const fileSchema = z.strictObject({ version: z.literal(1), certificatePem: z.string(), sealed: boxSchema });
/** What is sealed: the key's name of use first, so that no other box opens as one. */
const sealedSchema = z.strictObject({ use: z.literal("legacy-tls"), keyPem: z.string() });

/** Keeps them in `folder`, which is made at the first use, each key sealed by the key store or this user's account. */
export function openIdentities(folder: string, keyStore: KeyStore, log: Log): KeptIdentities {
  return {
    async of(host, nowMs) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const sealer = await openSealer(keyStore, join(folder, "identity.account"));
      const base = join(folder, `identity-${host.replaceAll(/[^0-9]/g, "-")}`);
      const [path, plainPath] = [`${base}.json`, `${base}.pem`];
      const plain = readPlain(plainPath);
      if (plain !== null) {
        await takeOver(plain, { path, plainPath, sealer, log });
        return ok({ identity: plain, isAnew: false });
      }
      const kept = await read(path, sealer);
      if (kept.ok) return ok({ identity: kept.value, isAnew: false });
      if (kept.fault === "locked") return fail("locked");
      const isAnew = kept.fault === "damaged" || existsSync(plainPath);
      if (isAnew) log.error("the key of old tills' door is damaged: a new one is made", { host });
      const identity = makeIdentity(host, nowMs);
      await keep(identity, { path, plainPath, sealer, log });
      return ok({ identity, isAnew });
    },
  };
}

interface Place {
  readonly path: string;
  readonly plainPath: string;
  readonly sealer: Sealer;
  readonly log: Log;
}

async function read(path: string, sealer: Sealer): Promise<Result<TlsIdentity, "missing" | "damaged" | "locked">> {
  if (!existsSync(path)) return fail("missing");
  try {
    const { certificatePem, sealed } = fileSchema.parse(JSON.parse(readFileSync(path, "utf8")));
    if (!isWhole(sealed)) return fail("damaged");
    const text = await sealer.open(sealed);
    if (text === null) return fail("locked");
    const { keyPem } = sealedSchema.parse(JSON.parse(text));
    return ok(identityOf(keyPem, certificatePem));
  } catch {
    return fail("damaged"); // what stands there may hold half a key, and is told to nobody
  }
}

async function keep({ keyPem, certificatePem }: TlsIdentity, { path, plainPath, sealer, log }: Place): Promise<void> {
  if (sealer.guard === "account") log.warn("no key store: the key of old tills' door is as safe as this user's files");
  const sealed = await sealer.seal(JSON.stringify({ use: "legacy-tls", keyPem }));
  writeDurably(path, `${JSON.stringify({ version: 1, certificatePem, sealed }, null, 2)}\n`);
  // Only once the sealed one is on the disk: whatever ends the till between them, the key is found.
  rmSync(plainPath, { force: true });
  syncFolder(dirname(path));
}

/** What earlier versions kept in plain. It is used also where it cannot be sealed now: it lies there open anyway. */
async function takeOver(identity: TlsIdentity, place: Place): Promise<void> {
  try {
    await keep(identity, place);
  } catch (cause) {
    place.log.error("the key of old tills' door could not be sealed", { cause });
  }
}

/** Null where there is none, or it is damaged. */
function readPlain(path: string): TlsIdentity | null {
  try {
    const kept = readFileSync(path, "utf8");
    const cut = kept.indexOf("-----BEGIN CERTIFICATE-----");
    return identityOf(kept.slice(0, cut), kept.slice(cut));
  } catch {
    return null;
  }
}
