import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openLog } from "#main/log/open-log.ts";
import { openKeptKeys } from "#main/secret/kept-keys.ts";
import { readTerminalConfig } from "#main/settings/read-terminal-config.ts";
import { keysOf, setOf } from "#tests/crash/power-loss/merchants.ts";
import type { DiskOp } from "#tests/crash/power-loss/disk-op.ts";
import { recordProgram } from "#tests/crash/power-loss/record-seller.ts";
import { powerLossKinds, SimulatedDisk } from "#tests/crash/power-loss/simulated-disk.ts";
import { seededRandom } from "#tests/support/random.ts";

const merchants = 4;
const noKeyStore = {
  isAsyncEncryptionAvailable: async () => false,
  encryptStringAsync: () => Promise.reject(new Error("there is none")),
  decryptStringAsync: () => Promise.reject(new Error("there is none")),
};

/** What a till finds that starts on these files: the merchant's number, none, or what stops it. */
async function found(files: ReadonlyMap<string, Buffer>, directory: string): Promise<string> {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
  for (const [name, bytes] of files) writeFileSync(join(directory, name), bytes);
  const config = readTerminalConfig(directory);
  if (!config.ok) return "unreadable";
  if (config.value?.wechatPay === undefined) return "none";
  const { keptKeys, mchid } = config.value.wechatPay;
  const log = openLog(join(directory, "till.log"), () => 0);
  const keys = await (await openKeptKeys(directory, noKeyStore, log)).read(keptKeys);
  if (!keys.ok) return keys.fault;
  const number = Number(mchid) - 1_900_000_000;
  const isWhole = keptKeys === setOf(number) && JSON.stringify(keys.value) === JSON.stringify(keysOf(number));
  return isWhole ? String(number) : "mixed";
}

/** The power goes after every single call to the disk, each time with every kind of loss. */
async function cutEverywhere(manner: "durable" | "careless"): Promise<ReadonlySet<string>> {
  const scratch = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "tillway-merchant-"));
  try {
    const kept = join(scratch, "kept");
    mkdirSync(kept);
    const ops: readonly DiskOp[] = await recordProgram(kept, "merchant-keeper.ts", [String(merchants), manner]);
    const disk = new SimulatedDisk();
    const random = seededRandom(1);
    const seen = new Set<string>();
    for (const op of ops) {
      disk.apply(op);
      for (const kind of powerLossKinds)
        seen.add(await found(disk.afterPowerLoss(kind, random), join(scratch, "found")));
    }
    return seen;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

it("a power cut at any moment leaves a till with the merchant before or the one after, whole with its keys", async () => {
  const seen = await cutEverywhere("durable");
  expect([...seen].toSorted()).toEqual([...Array.from({ length: merchants }, (_, index) => String(index + 1)), "none"]);
});

it("a till that is careless with terminal.json is found out by the same cuts", async () => {
  expect(await cutEverywhere("careless")).toContain("unreadable");
});
