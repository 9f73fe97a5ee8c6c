import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { canSeal, type KeyStore } from "./key-store.ts";
import { writeDurably } from "./write-durably.ts";

/** What guards a secret: the operating system's key store, or the rights of this user's files alone. */
export type Guard = "key-store" | "account";

/** A sealed text as it lies in a file; `sum` tells a damaged box from one that is not to be opened here. */
export const boxSchema = z.strictObject({ guard: z.enum(["key-store", "account"]), box: z.base64(), sum: z.string() });
export type Box = z.infer<typeof boxSchema>;

export interface Sealer {
  /** What is sealed now is guarded by this. */
  readonly guard: Guard;
  seal(text: string): Promise<Box>;
  /** null: another machine, another user, or a key store that is gone. */
  open(box: Box): Promise<string | null>;
}

/**
 * Seals by the operating system's key store. Where there is none (a Linux without a key ring) by a key of this user's
 * account that lies at `accountFile`, made with the first box: as safe as this user's files, which whoever seals says.
 */
export async function openSealer(keyStore: KeyStore, accountFile: string): Promise<Sealer> {
  const accountKey = accountKeyIn(accountFile);
  const hasKeyStore = await canSeal(keyStore);
  return {
    guard: hasKeyStore ? "key-store" : "account",
    async seal(text) {
      if (!hasKeyStore) return boxOf("account", sealBy(accountKey.make(), text));
      return boxOf("key-store", await keyStore.encryptStringAsync(text));
    },
    async open({ guard, box }) {
      const bytes = Buffer.from(box, "base64");
      if (guard === "account") return openBy(accountKey.read(), bytes);
      // Asking a key store that is not there is no answer but a crash in some versions.
      if (!hasKeyStore) return null;
      return keyStore.decryptStringAsync(bytes).then(
        ({ result }) => result,
        () => null,
      );
    },
  };
}

/** False where the box is not the one that was written. */
export function isWhole({ box, sum }: Box): boolean {
  return sumOf(box) === sum;
}

function boxOf(guard: Guard, bytes: Buffer): Box {
  const box = bytes.toString("base64");
  return { guard, box, sum: sumOf(box) };
}

function sumOf(box: string): string {
  return createHash("sha256").update(box).digest("hex");
}

/** A key of this user account, made with the first secret. */
function accountKeyIn(path: string): { read(): Buffer | null; make(): Buffer } {
  const read = (): Buffer | null => (existsSync(path) ? Buffer.from(readFileSync(path, "utf8"), "base64") : null);
  return {
    read,
    make() {
      const known = read();
      if (known?.length === 32) return known;
      const made = randomBytes(32);
      writeDurably(path, made.toString("base64"));
      return made;
    },
  };
}

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM: nonce, tag, sealed text. */
function sealBy(key: Buffer, text: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function openBy(key: Buffer | null, bytes: Buffer): string | null {
  if (key?.length !== 32 || bytes.length < nonceBytes + tagBytes) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString("utf8");
  } catch {
    return null; // another account's key
  }
}
