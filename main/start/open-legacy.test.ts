import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { legacyConfig } from "#contract/config/legacy.ts";
import type { Log } from "#main/log/open-log.ts";
import { paymentCode } from "#tests/support/bench-shop.ts";
import { freePort } from "#tests/support/free-port.ts";
import { type LegacyBench, openLegacyBench, paymentRequest, readAnswer } from "#tests/support/legacy-bench.ts";
import { until } from "#tests/support/poll.ts";
import { openLegacy } from "./open-legacy.ts";

/* The door as the till opens it, with the till's own desk behind it. */

let legacy: LegacyBench;
let folder: string;
let port: number;
let endings: (() => unknown)[];
const log: Log = { child: () => log, warn: () => {}, error: () => {}, info: () => {} } as unknown as Log;

beforeEach(async () => {
  legacy = await openLegacyBench();
  folder = mkdtempSync(join(tmpdir(), "tillway-legacy-"));
  port = await freePort();
  endings = [];
});
afterEach(async () => {
  for (const end of endings) await end();
  legacy.close();
  rmSync(folder, { recursive: true, force: true });
});

function opened(isTraining = false) {
  const config = { legacy: legacyConfig.parse({ https: { port } }) };
  const desk = () => legacy.bench.till.legacyDesk;
  const { clock } = legacy.bench;
  return openLegacy({
    ...{ config, dataDir: folder, isTraining, desk, clock, log, endings: { push: (end) => void endings.push(end) } },
  });
}

const certificate = (): string => {
  const [name = ""] = readdirSync(join(folder, "legacy")).filter((one) => one.startsWith("identity"));
  const text = readFileSync(join(folder, "legacy", name), "utf8");
  return text.slice(text.indexOf("-----BEGIN CERTIFICATE-----"));
};

/** Sends a message; `cut` ends the connection instead of waiting for the answer. */
function send(text: string, token: string, cut?: () => Promise<unknown>): Promise<string> {
  return new Promise((resolve) => {
    const made = request(
      {
        ...{ host: "127.0.0.1", port, path: "/nexo", method: "POST", agent: false, ca: certificate() },
        headers: { authorization: `Bearer ${token}` },
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => (body += part));
        response.on("end", () => resolve(body));
      },
    );
    made.on("error", () => resolve("cut"));
    made.end(text);
    if (cut !== undefined) void cut().then(() => made.destroy());
  });
}

it("a payment outlives the connection it was asked over, is charged once and told to the next", async () => {
  const door = opened();
  const token = door?.pair("front") ?? "";
  await until("the door is open", () => door?.view().state === "open");
  const onScreen = (): Promise<unknown> => until("it is on the screen", () => legacy.bench.shown.payment !== null);
  expect(await send(paymentRequest(), token, onScreen)).toBe("cut");
  await legacy.bench.scan(paymentCode);
  expect(legacy.bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1_250 });
  expect(readAnswer(await send(paymentRequest(), token)).word).toBe("Success");
  expect(legacy.bench.gateway.orders.size).toBe(1);
});

it("the key is made at the first use and kept; another certificate is another fingerprint", async () => {
  const first = opened();
  await until("the door is open", () => first?.view().state === "open");
  const shown = first?.view();
  expect(shown).toMatchObject({ url: `https://127.0.0.1:${port}/nexo`, pairings: [] });
  await endings.pop()?.();
  port = await freePort();
  expect(opened()?.view().fingerprint).toBe(shown?.fingerprint);
  rmSync(join(folder, "legacy"), { recursive: true });
  await endings.pop()?.();
  port = await freePort();
  expect(opened()?.view().fingerprint).not.toBe(shown?.fingerprint);
});

it("an address that is taken leaves the door closed and the till open; in training there is none", async () => {
  const first = opened();
  await until("the door is open", () => first?.view().state === "open");
  expect(opened()?.view().state).toBe("closed");
  expect(opened(true)).toBeNull();
});
