import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MakeBackupJob, StageRestoreJob } from "#contract/worker/backup-messages.ts";
import { type OpenSalesStore, openSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { Hands } from "../workbench.ts";

/** Hands that nothing stops. */
export const freeHands: Hands = { pause: async () => {}, check: () => {}, give: async () => {} };

export const backupAtMs = Date.UTC(2026, 10, 26, 14, 30);
export const pinMark = "0123456789abcdef";

/** A till's data directory beside a folder for backups, real files both; `at` chooses the disk they lie on. */
export function openPlaces(at = tmpdir()) {
  const root = mkdtempSync(join(at, "tillway-backup-"));
  const [dataDir, folder] = [join(root, "data"), join(root, "stick")];
  mkdirSync(dataDir);
  mkdirSync(folder);
  writeFileSync(join(dataDir, "settings.json"), "{}\n");
  return { root, dataDir, folder, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** An item's image as the till keeps it, by the sum of its bytes. */
export function putImage(dataDir: string, image: Buffer) {
  const sum = createHash("sha256").update(image).digest("hex");
  const folder = join(dataDir, "item-images", sum.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${sum}.webp`), image);
  return { sum, folder };
}

export function openStoreAt(dataDir: string, terminalId = "T01"): OpenSalesStore {
  const opened = openSalesStore({
    ...{ path: join(dataDir, "sales.db"), terminalId, now: () => backupAtMs, newId: () => crypto.randomUUID() },
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  return opened.value;
}

export function makeJob(
  places: { readonly dataDir: string; readonly folder: string },
  madeAtMs = backupAtMs,
): MakeBackupJob {
  return {
    ...{ kind: "backup-make", dataDir: places.dataDir, folder: places.folder, utcOffsetMinutes: 480 },
    of: {
      ...{ madeBy: "1.0.0", terminalId: "T01", isDemo: false, madeAtMs, why: "by-hand", pinMark },
      shop: { code: "S01", nameZh: "蜂鸟便利", nameEn: "Hummingbird Mart" },
    },
  };
}

export function stageJob(dataDir: string, file: string, more: Partial<StageRestoreJob> = {}): StageRestoreJob {
  return {
    ...{ kind: "backup-stage", file, dataDir, terminalId: "T01", isDemo: false, pinMark },
    nowMs: backupAtMs + 86_400_000,
    ...more,
  };
}
