import { z } from "zod";
import { backupReasons } from "./manifest.ts";

/* What a restore would do, told before anything is done: figures, or why not. */

const count = z.int().min(0);
const number = z.string().max(32).nullable();

/** Why a backup is not restored here. */
export const restoreRefusal = z.discriminatedUnion("kind", [
  /** Not a file of ours. */
  z.strictObject({ kind: z.literal("not-a-backup") }),
  z.strictObject({ kind: z.literal("wrong-terminal"), found: z.string().max(8), expected: z.string().max(8) }),
  /** Of the demo store, for a till that is real; and the other way round where a demo store is to stay one. */
  z.strictObject({ kind: z.literal("demo-backup") }),
  z.strictObject({ kind: z.literal("newer-version"), madeBy: z.string().max(64) }),
  /** A copy that was broken off. Bytes. */
  z.strictObject({ kind: z.literal("cut-short"), size: count, expected: count }),
  z.strictObject({ kind: z.literal("damaged"), where: z.string().max(200) }),
  z.strictObject({ kind: z.literal("unreadable"), code: z.string().max(64) }),
  /** This machine's disk has no room to unpack it. Bytes. */
  z.strictObject({ kind: z.literal("no-room"), needs: count }),
]);
export type RestoreRefusal = z.infer<typeof restoreRefusal>;

export const dryRun = z.strictObject({
  /** What would come back. */
  back: z.strictObject({
    name: z.string().max(255),
    size: count,
    madeAtMs: count,
    why: z.enum(backupReasons),
    madeBy: z.string().max(64),
    terminalId: z.string().max(8),
    shopZh: z.string().max(64),
    shopEn: z.string().max(64),
    /** When the last entry of its journal was written. */
    journalAtMs: z.number(),
    entryCount: count,
    saleCount: count,
    lastSaleNumber: number,
  }),
  /** What is here now and would be set aside; null where the present books cannot be read. */
  here: z
    .strictObject({
      saleCount: count,
      lastSaleNumber: number,
      /** Not in the backup: these would no longer be in the till's books. */
      lostSales: count,
      lostSalesFen: z.int(),
      lostRefunds: count,
      lostEntries: count,
    })
    .nullable(),
  /** Entries that head office has and the backup has not; null where nobody here can say. */
  officeHasMore: count.nullable(),
  /** The first receipt after the restore. */
  nextSaleNumber: z.string().max(32),
  /** `same`: everybody signs in as before. `new`: PINs do not come along, one manager gets one. */
  pins: z.enum(["same", "new"]),
  /** Who that manager is; null with `same`, or where the backup has none. */
  firstManager: z.string().max(64).nullable(),
  /** This machine has no shop of its own yet: its terminal.json comes from the backup, without WeChat Pay's keys. */
  isNewMachine: z.boolean(),
  /** The backup has goods; `mustBring`: there are none here that can stay. */
  goods: z.enum(["none", "may-bring", "must-bring"]),
});
export type DryRun = z.infer<typeof dryRun>;
