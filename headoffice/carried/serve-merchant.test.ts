import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type HeadOfficeProcess, openHeadOfficeProcess } from "#tests/support/head-office-process.ts";

const main = join(import.meta.dirname, "..", "main.ts");
const pair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2_048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
const [ours, theirs] = [pair(), pair()];
const secret = "0123456789abcdef".repeat(2);
const config = {
  ...{ mchid: "1900007291", appid: "wxd678efh567hg6787", certSerial: "408B07E79B8269FE", appSecretFile: "app-secret" },
  ...{ privateKeyFile: "merchant.pem", apiV3KeyFile: "api-v3", publicKeyId: "PUB_KEY_ID_0110000000" },
  ...{ publicKeyFile: "gateway.pem", publicUrl: "https://pay.example" },
};

let folder: string;
let office: HeadOfficeProcess | null = null;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-serve-merchant-"));
  write("app-secret", secret);
  write("merchant.pem", ours.privateKey);
  write("spoilt.pem", ours.privateKey.replaceAll(/[a-z]/g, "a"));
  write("api-v3", "K".repeat(32));
  write("gateway.pem", theirs.publicKey);
  write("own.pem", ours.publicKey);
});
afterEach(async () => {
  await office?.kill();
  office = null;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode });
  chmodSync(path, mode);
  return path;
}

const merchant = (change: object = {}, mode = 0o600) =>
  write("merchant.json", JSON.stringify({ ...config, ...change }), mode);

/** The page of a request that is none, as somebody sees it. */
async function pageStatus(): Promise<number | undefined> {
  return office === null ? undefined : (await fetch(`http://127.0.0.1:${office.port}/P/AE`)).status;
}

describe("head office as a process", () => {
  it("offers payments by customers' phones with a merchant's file, and none without", async () => {
    office = await openHeadOfficeProcess(folder, ["--merchant", merchant()]);
    expect(await pageStatus()).toBe(403);
    await office.kill();
    office = await openHeadOfficeProcess(folder);
    expect(await pageStatus()).toBe(404);
  });

  it.each<[string, () => string, RegExp]>([
    ["that is not there", () => join(folder, "nothing.json"), /^--merchant: \S+nothing\.json cannot be read\n$/],
    ["that is no JSON", () => write("merchant.json", "mchid: 1900007291"), /^--merchant: \S+ is no JSON\n$/],
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
    const dataDir = join(folder, "never");
    const ended = spawnSync(process.execPath, [main, "--merchant", file(), "--data-dir", dataDir, "--port", "0"], {
      encoding: "utf8",
    });
    expect(ended).toMatchObject({ status: 1, stdout: "", stderr: expect.stringMatching(words) });
    expect(existsSync(join(dataDir, "office.db"))).toBe(false);
    for (const key of [secret, "K".repeat(32), ours.privateKey.slice(100, 160)])
      expect(ended.stderr).not.toContain(key);
  });
});
