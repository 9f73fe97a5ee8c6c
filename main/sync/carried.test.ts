import {
  createHash,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { CarriedOrder } from "#contract/wire/carried.ts";
import { openCarriedSecrets } from "#main/secret/carried-secrets.ts";
import type { KeyStore } from "#main/secret/key-store.ts";
import { newSigningKey } from "#tests/support/carried-words.ts";
import { createCarried } from "./carried.ts";
import type { OfficeClient } from "./office-client.ts";
import type { OfficeAnswer, Question } from "./signed-wire.ts";

/** No key ring: sealed by a file of this user's. */
const keyStore: KeyStore = {
  isAsyncEncryptionAvailable: async () => false,
  encryptStringAsync: () => Promise.reject(new Error("none")),
  decryptStringAsync: () => Promise.reject(new Error("none")),
};

let dataDir: string;
let nowMs: number;
let keys: { readonly privateKey: KeyObject; readonly publicKey: string; readonly officeKey: string } | null;
let asked: { readonly path: string; readonly body: unknown }[];
let answer: (question: { readonly path: string; readonly body: unknown }) => OfficeAnswer<unknown>;
let heard: (readonly CarriedOrder[])[];
let waiting: string[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "tillway-carried-"));
  [nowMs, asked, heard, waiting] = [0, [], [], []];
  keys = { ...newSigningKey(), officeKey: newSigningKey().publicKey };
  answer = exchange;
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** Head office's half, by docs/CARRIED.md alone; the secret it came to last. */
let officesSecret: Buffer | null = null;
function exchange({ body }: { readonly body: unknown }): OfficeAnswer<unknown> {
  const pair = generateKeyPairSync("x25519");
  const x = (body as { publicKey: string }).publicKey;
  const publicKey = createPublicKey({ key: { kty: "OKP", crv: "X25519", x }, format: "jwk" });
  const shared = diffieHellman({ privateKey: pair.privateKey, publicKey });
  officesSecret = Buffer.from(hkdfSync("sha256", shared, Buffer.alloc(0), "tillway-carried-secret\n1\nBJ01-T01\n", 32));
  return {
    kind: "ok",
    value: { publicKey: pair.publicKey.export({ format: "jwk" }).x, payUrl: "https://pay.example" },
  };
}

const refused = (kind: "carried-not-offered" | "not-found"): OfficeAnswer<never> => ({
  ...{ kind: "refused", fault: { kind, detail: "" }, retryAfterMs: null },
});

async function open() {
  const client: Pick<OfficeClient, "ask"> = {
    async ask<T>({ path, body, schema }: Question<T>) {
      asked.push({ path, body });
      const said = answer({ path, body });
      return said.kind === "ok" ? { kind: "ok", value: schema.parse(said.value) } : said;
    },
  };
  return createCarried({
    ...{ terminal: { storeCode: "BJ01", terminalId: "T01" }, client, keys: () => keys, steadyMs: () => nowMs },
    ...{ secrets: await openCarriedSecrets(dataDir, keyStore), toAsk: () => waiting },
    heard: (orders) => void heard.push(orders),
    log: { info() {}, warn() {}, error() {}, child: () => ({}) as never } as never,
  });
}

it("agrees on one secret with head office, and keeps it sealed over a restart", async () => {
  const till = await open();
  expect(till.way.offer()).toBeNull();
  await till.refresh();
  expect(asked.map(({ path }) => path)).toEqual(["/v1/terminals/BJ01-T01/carried-secret"]);
  const offer = till.way.offer();
  expect(offer).toMatchObject({ payUrl: "https://pay.example" });
  const id = createHash("sha256")
    .update(officesSecret ?? "")
    .digest()
    .subarray(0, 4)
    .toString("base64url");
  expect(offer?.secretId).toBe(id);
  const mac = createHmac("sha256", officesSecret ?? "")
    .update("a text")
    .digest();
  expect(Buffer.from(till.way.hash(id, "a text") ?? [])).toEqual(mac);
  expect(till.way.hash("AAAAAA", "a text")).toBeNull();
  const file = readFileSync(join(dataDir, "carried-secrets.json"), "utf8");
  expect(file).not.toContain(officesSecret?.toString("base64"));
  const again = await open();
  expect(again.way.offer()).toEqual(offer);
  nowMs += 24 * 3_600_000;
  await again.refresh();
  expect(asked).toHaveLength(1);
});

it("asks with the same key until it is answered, and seldom where it is not offered", async () => {
  const till = await open();
  answer = () => ({ kind: "no-answer", isTimeout: true, detail: "" });
  await till.refresh();
  nowMs += 59_000;
  await till.refresh();
  expect(asked).toHaveLength(1);
  nowMs += 1_000;
  answer = () => refused("carried-not-offered");
  await till.refresh();
  nowMs += 3_599_000;
  await till.refresh();
  expect(asked).toHaveLength(2);
  nowMs += 1_000;
  answer = exchange;
  await till.refresh();
  expect(new Set(asked.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(till.way.offer()).not.toBeNull();
});

it("offers nothing by a secret of before it was enrolled anew, and still proves what was shown with it", async () => {
  const till = await open();
  await till.refresh();
  const before = till.way.offer()?.secretId ?? "";
  keys = { ...newSigningKey(), officeKey: newSigningKey().publicKey };
  expect(till.way.offer()).toBeNull();
  nowMs += 60_000;
  await till.refresh();
  expect(till.way.offer()?.secretId).not.toBe(before);
  expect(till.way.hash(before, "a text")).not.toBeNull();
  keys = null;
  expect(till.way.offer()).toBeNull();
});

it("takes no key that makes a secret anybody knows", async () => {
  const till = await open();
  answer = () => ({
    ...{ kind: "ok", value: { publicKey: Buffer.alloc(32).toString("base64url"), payUrl: "https://pay.example" } },
  });
  await till.refresh();
  expect(till.way.offer()).toBeNull();
});

it("asks what became of payments while there are any, and hears of those alone", async () => {
  const till = await open();
  await till.refresh();
  waiting = ["BJ01T01261127143015K"];
  answer = () => ({
    kind: "ok",
    value: {
      orders: ["BJ01T01261127143015K", "BJ01T01261127143015Z"].map((outTradeNo) => ({
        ...{ outTradeNo, state: "opened", confirmation: null },
      })),
    },
  });
  await till.refresh();
  await till.refresh(); // not again in the same moment
  expect(asked.slice(1)).toEqual([
    { path: "/v1/terminals/BJ01-T01/carried", body: { outTradeNos: ["BJ01T01261127143015K"] } },
  ]);
  expect(heard).toEqual([[{ outTradeNo: "BJ01T01261127143015K", state: "opened", confirmation: null }]]);
  nowMs += 10_000;
  waiting = [];
  await till.refresh();
  expect(asked).toHaveLength(2);
});
