import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { benchShop } from "#tests/support/office-bench.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import { officeTill } from "#tests/support/office-till.ts";
import { until } from "#tests/support/poll.ts";
import { openApiDocument } from "./open-api.ts";

const main = join(import.meta.dirname, "..", "main.ts");
const folder = mkdtempSync(join(tmpdir(), "tillway-service-"));
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The server as its own process, once it has said that it is ready. */
async function start(dataDir: string) {
  const child = spawn(process.execPath, [main, "--data-dir", dataDir, "--port", "0"]);
  started.push(child);
  const texts = { out: "", log: "" };
  child.stdout.on("data", (bytes) => (texts.out += String(bytes)));
  child.stderr.on("data", (bytes) => (texts.log += String(bytes)));
  const url = await until("the ready line", () => /^head office ready on (http:\S+)\n/.exec(texts.out)?.[1]);
  return { child, url, texts };
}

function act(...args: readonly string[]) {
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
}

/** An enrolled till on a fresh office process. */
async function open(name: string) {
  const dataDir = join(folder, name);
  const { storeCode } = benchShop;
  expect(act("shop", "--store", storeCode, "--name-zh", "朝阳店", "--data-dir", dataDir).status).toBe(0);
  const code = act("enrol-code", "--store", storeCode, "--terminal", "T01", "--data-dir", dataDir).stdout.trim();
  expect(code).toMatch(/^\w{5}-\w{5}$/);
  const office = await start(dataDir);
  const till = officeTill({ url: office.url, now: Date.now, storeCode, terminalId: "T01" });
  expect((await till.enrol(code.replace("-", ""))).status).toBe(201);
  openDay(till);
  return { ...office, dataDir, till };
}

describe("the head office process", () => {
  it("takes sales, is killed in the middle of them, and has every one it acknowledged when it starts again", async () => {
    const { child, till, dataDir } = await open("killed");
    sell(till, 60);
    let acked = 0;
    const uploading = (async () => {
      for (let from = 0; from < till.entries.length; from += 2) {
        const { json } = await till.upload(till.entries.slice(from, from + 2));
        acked = json.acked.seq;
      }
    })().catch(() => "cut off");
    await until("some are acknowledged", () => acked > 20);
    child.kill("SIGKILL");
    expect(await uploading).toBe("cut off");
    const again = await start(dataDir);
    const next = officeTill({
      ...{ url: again.url, now: Date.now, storeCode: "BJ01", terminalId: "T01" },
      ...{ keys: till.keys, past: { entries: till.entries, epoch: "epoch-1" } },
    });
    const { json } = await next.request("GET", `/v1/terminals/${till.key}/positions`);
    // As the contract says of this path.
    const [position] = (json as { positions: readonly { seq: number; hash: string }[] }).positions;
    expect(position?.seq).toBeGreaterThanOrEqual(acked);
    expect(position?.hash).toBe(till.entries[(position?.seq ?? 0) - 1]?.hash);
    const rest = await next.upload(next.entries.slice(position?.seq ?? 0));
    expect([rest.status, rest.json.acked.seq]).toEqual([200, 62]);
  });

  it("finishes the answers under way when it is told to end, and then ends well", async () => {
    const { child, till, texts } = await open("ended");
    sell(till, 90);
    const uploads = [till.upload(till.entries), till.upload(till.entries), till.upload(till.entries)];
    const first = await Promise.race(uploads);
    expect(first.status).toBe(200);
    child.kill("SIGTERM");
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(0);
    const answers = await Promise.all(uploads.map((upload) => upload.then(({ status }) => status)));
    expect(answers).toEqual([200, 200, 200]);
    const log = texts.log
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(log.at(-1)).toMatchObject({ event: "ended" });
    expect(texts.log).not.toContain("王芳");
  });

  it("tells that it lives, that it can take sales, and its figures, without a word about a till", async () => {
    const { url, till } = await open("figures");
    await till.upload(till.entries);
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: "ok" });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: "ready" });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('office_entries_total{outcome="stored"} 2');
    expect(metrics).not.toContain("BJ01");
    expect(await (await fetch(`${url}/openapi.json`)).json()).toEqual(openApiDocument());
    const nothing = await fetch(`${url}/etc/passwd`);
    expect([nothing.status, await nothing.json()]).toMatchObject([404, { kind: "not-found" }]);
  });

  it("says in plain words why it cannot start", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const dataDir = join(folder, "taken");
    expect(act("--data-dir", dataDir, "--port", String(port))).toMatchObject({
      ...{ status: 1, stdout: "" },
      stderr: expect.stringContaining(`Port ${port} is taken by another program`),
    });
    taken.close();
    const unreachable = act("--database-url", "postgres://office:hush@127.0.0.1:1/x");
    expect(unreachable).toMatchObject({ status: 1, stderr: expect.stringContaining("cannot be reached") });
    expect(unreachable.stderr).not.toContain("hush");
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    expect(act("rebuild", "--data-dir", join(file, "x"))).toMatchObject({
      ...{ status: 1, stderr: expect.stringContaining("cannot be made") },
    });
  });

  it("keeps its database for its own user, and enrols nobody in a shop or over a till it was not told about", async () => {
    const { dataDir } = await open("told");
    expect(statSync(dataDir).mode & 0o077).toBe(0);
    const strange = act("enrol-code", "--store", "XX", "--terminal", "T01", "--data-dir", dataDir);
    expect(strange).toMatchObject({ status: 1, stderr: expect.stringContaining("There is no shop XX yet") });
    const second = act("enrol-code", "--store", "BJ01", "--terminal", "T01", "--data-dir", dataDir);
    expect(second).toMatchObject({ status: 1, stderr: expect.stringContaining("--replace") });
    const revoked = act("revoke", "--store", "BJ01", "--terminal", "T01", "--data-dir", dataDir);
    expect(revoked).toMatchObject({ status: 0, stdout: "BJ01-T01 is revoked.\n" });
  });
});
