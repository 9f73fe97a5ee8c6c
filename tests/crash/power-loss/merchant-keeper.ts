// A till that is given one merchant after the other, in its own process so that its calls to the disk can be recorded:
// `node merchant-keeper.ts DIRECTORY TIMES durable|careless`. Careless is the control: it renames what it never synced.
import { closeSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { assert } from "#core/result.ts";
import { openKeptKeys } from "#main/secret/kept-keys.ts";
import { writeDurably } from "#main/secret/write-durably.ts";
import { prepareRewrite } from "#main/settings/rewrite-section.ts";
import { keysOf, sectionOf, setOf } from "./merchants.ts";

const [directory = "", times = "", manner = ""] = process.argv.slice(2);
const noKeyStore = {
  isAsyncEncryptionAvailable: async () => false,
  encryptStringAsync: () => Promise.reject(new Error("there is none")),
  decryptStringAsync: () => Promise.reject(new Error("there is none")),
};
const quiet = { info: () => {}, warn: () => {}, error: () => {}, child: () => quiet };
const path = join(directory, "terminal.json");

writeDurably(path, JSON.stringify({ store: { code: "S01", nameZh: "a", nameEn: "b" }, terminalId: "T01" }, null, 2));
const kept = await openKeptKeys(directory, noKeyStore, quiet);
for (let number = 1; number <= Number(times); number += 1) {
  await kept.add(setOf(number), keysOf(number));
  if (manner === "careless") {
    const file = openSync(`${path}.new`, "w");
    writeSync(file, JSON.stringify({ terminalId: "T01", wechatPay: sectionOf(number) }), 0);
    closeSync(file);
    renameSync(`${path}.new`, path);
  } else {
    const rewrite = prepareRewrite(directory, "wechatPay", () => sectionOf(number));
    assert(rewrite.ok && rewrite.value.write().ok, "terminal.json is written");
  }
  kept.keepOnly(setOf(number));
}
