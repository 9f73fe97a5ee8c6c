import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type HeadOfficeProcess, openHeadOfficeProcess } from "#tests/support/head-office-process.ts";
import { type MerchantFiles, openMerchantFiles } from "#tests/support/merchant-files.ts";

const main = join(import.meta.dirname, "..", "main.ts");

let files: MerchantFiles;
let office: HeadOfficeProcess | null = null;

beforeAll(() => {
  files = openMerchantFiles();
  files.write("spoilt.pem", files.ours.privateKey.replaceAll(/[a-z]/g, "a"));
  files.write("own.pem", files.ours.publicKey);
});
afterEach(async () => {
  await office?.kill();
  office = null;
});
afterAll(() => files.remove());

const merchant = (change?: object, mode?: number): string => files.writeMerchant(change, mode);

/** The page of a request that is none, as somebody sees it. */
async function pageStatus(): Promise<number | undefined> {
  return office === null ? undefined : (await fetch(`http://127.0.0.1:${office.port}/P/AE`)).status;
}

describe("head office as a process", () => {
  it("offers payments by customers' phones with a merchant's file, and none without", async () => {
    office = await openHeadOfficeProcess(files.folder, ["--merchant", merchant()]);
    expect(await pageStatus()).toBe(403);
    await office.kill();
    office = await openHeadOfficeProcess(files.folder);
    expect(await pageStatus()).toBe(404);
  });

  it.each<[string, () => string, RegExp]>([
    ["that is not there", () => join(files.folder, "nothing.json"), /^--merchant: \S+nothing\.json cannot be read\n$/],
    ["that is no JSON", () => files.write("merchant.json", "mchid: 1900007291"), /^--merchant: \S+ is no JSON\n$/],
    ["that others may read", () => merchant({}, 0o644), /^--merchant: others may read .*: chmod 600 \S+\n$/],
    ["without its number", () => merchant({ mchid: undefined }), /^--merchant: mchid: 8 to 10 digits\n$/],
    ["without a key's file", () => merchant({ apiV3KeyFile: undefined }), /^--merchant: apiV3KeyFile: a file\n$/],
    [
      "whose key is not there",
      () => merchant({ privateKeyFile: "gone.pem" }),
      /^privateKeyFile: \S+ cannot be read\n$/,
    ],
    [
      "whose key is another file",
      () => merchant({ privateKeyFile: "api-v3" }),
      /^privateKeyFile: not a private key; .*\n$/,
    ],
    [
      "whose key is spoilt",
      () => merchant({ privateKeyFile: "spoilt.pem" }),
      /^privateKeyFile: the key cannot be read; .*\n$/,
    ],
    [
      "whose gateway's key is the merchant's own",
      () => merchant({ publicKeyFile: "own.pem" }),
      /^publicKeyFile: the merchant's own .*\n$/,
    ],
  ])("says in one sentence what is wrong with a file %s, and starts nothing", (_, file, words) => {
    const dataDir = join(files.folder, "never");
    const ended = spawnSync(process.execPath, [main, "--merchant", file(), "--data-dir", dataDir, "--port", "0"], {
      encoding: "utf8",
    });
    expect(ended).toMatchObject({ status: 1, stdout: "", stderr: expect.stringMatching(words) });
    expect(existsSync(join(dataDir, "office.db"))).toBe(false);
    for (const secret of files.secrets) expect(ended.stderr).not.toContain(secret);
  });
});
