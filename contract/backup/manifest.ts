import { z } from "zod";

/*
 * What a backup says of itself, first in its file. Read years later, by another version of the till: a field is added
 * under a new `format` and none is taken away.
 */

const count = z.int().min(0);
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

/** Names a backup may hold, below the data directory; no other is ever written by a restore. */
const fileName = z
  .string()
  .regex(
    /^(?:sales\.db|catalog\.db|terminal\.json|settings\.json|logo-[0-9a-f]{16}\.png|item-images\/[0-9a-f]{2}\/[0-9a-f]{64}\.webp)$/,
  );

const backupFile = z.strictObject({ name: fileName, size: count, sha256: hex64 });
export type BackupFile = z.infer<typeof backupFile>;

export const backupReasons = ["shift-close", "daily", "by-hand"] as const;
export type BackupReason = (typeof backupReasons)[number];

/** The newest shape this version reads and the one it writes. */
export const backupFormat = 1;

export const backupManifest = z.strictObject({
  format: z.literal(backupFormat),
  /** Version of the till that wrote it. */
  madeBy: z.string().max(64),
  /** Shape of its sales.db: a till that knows fewer does not take it. */
  storeVersion: count,
  terminalId: z.string().regex(/^[0-9A-Z]{1,8}$/),
  shop: z.strictObject({ code: z.string().max(8), nameZh: z.string().max(64), nameEn: z.string().max(64) }),
  /** Of the demo store: nothing in it is real, and a real till does not take it. */
  isDemo: z.boolean(),
  /** Milliseconds since the epoch, by the till's calendar. */
  madeAtMs: count,
  why: z.enum(backupReasons),
  /** The last entry of the journal in it; `atMs` is when that was written. */
  journal: z.strictObject({ epoch: z.string().max(64), seq: z.int().min(1), hash: hex64, atMs: z.number() }),
  sales: z.strictObject({ count, lastNumber: z.string().max(32).nullable() }),
  /** Tells whether PINs work where it is restored: equal where the secret behind their hashes is. Says nothing of it. */
  pinMark: z.string().regex(/^[0-9a-f]{16}$/),
  files: z.array(backupFile).min(1).max(100_000),
});
export type BackupManifest = z.infer<typeof backupManifest>;
