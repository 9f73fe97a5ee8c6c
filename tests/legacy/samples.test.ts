import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, onTestFinished } from "vitest";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { paymentCode } from "#tests/support/bench-shop.ts";
import { type LegacyBench, openLegacyBench } from "#tests/support/legacy-bench.ts";
import type { LegacyDesk } from "#main/till/ports/legacy-desk.ts";
import { until } from "#tests/support/poll.ts";
import { openPty } from "#tests/support/pty.ts";
import { batchToShell } from "./batch-to-shell.ts";
import { openFolder, openLine, openPaired } from "./doors.ts";
import { type Json, wordOf } from "./messages.ts";

/* The clients of docs/LEGACY.md, taken out of the page and run as they are written there. */

const page = readFileSync(join(projectRoot, "docs", "LEGACY.md"), "utf8");

let legacy: LegacyBench;
let folder: string;
const desk: LegacyDesk = { answer: (text, from) => legacy.bench.till.legacyDesk.answer(text, from) };
beforeEach(async () => {
  legacy = await openLegacyBench();
  folder = mkdtempSync(join(tmpdir(), "tillway-sample-"));
});
afterEach(() => {
  legacy.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Puts a client of the page into a folder of its own, under the name that its first comment gives it. */
function sample(name: string): string {
  const blocks = [...page.matchAll(/```\w+\n([^]*?)```/gu)].map(([, text = ""]) => text);
  const text = blocks.find((block) => block.split("\n", 2).some((line) => line.includes(` ${name} `)));
  if (text === undefined) throw new Error(`the page has no ${name}`);
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** What it prints; its customer pays as soon as the till asks. */
async function run(program: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, NODE_PATH: join(projectRoot, "node_modules") };
  const child = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (bytes: Buffer) => (said += bytes.toString()));
  let code: number | null | undefined;
  child.once("close", (ended) => (code = ended));
  await until("it is asked or has ended", () => legacy.bench.shown.payment !== null || code !== undefined);
  if (legacy.bench.shown.payment?.stage === "choose") await legacy.bench.scan(paymentCode);
  await until("it has ended", () => code !== undefined);
  expect(code).toBe(0);
  return said;
}

/** Paid once, and asked again by the same number. */
async function paysOnce(program: string, ...args: readonly string[]): Promise<void> {
  const first = await run(program, ...args);
  expect(wordOf(JSON.parse(first) as Json)).toBe("Success"); // whatever it is
  expect(await run(program, ...args)).toBe(first);
  expect(legacy.bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1_250 });
}

it("the page's shell script has a sale paid through the drop folder, and asks again by its number", async () => {
  const door = await openFolder(desk, folder);
  onTestFinished(() => door.close());
  await paysOnce("sh", sample("pay.sh"), folder, "1001", "12.50");
});

it("the page's batch file, each of its lines written as the shell's, has a sale paid and asks again by its number", async () => {
  const door = await openFolder(desk, folder);
  onTestFinished(() => door.close());
  const shell = join(folder, "pay-as-shell.sh");
  writeFileSync(shell, batchToShell(readFileSync(sample("pay.cmd"), "utf8")));
  const requests = join(folder, "requests");
  await until("the door has its folders", () => existsSync(requests));
  await paysOnce("sh", shell, folder, "1001", "12.50", "2026-03-02");
});

it("the page's curl client pins the certificate and has a sale paid over HTTPS, and asks again by its number", async () => {
  const { port, token, fingerprint, close } = await openPaired(desk);
  onTestFinished(close);
  writeFileSync(join(folder, "authorization"), `Authorization: Bearer ${token}\n`, { mode: 0o600 });
  await paysOnce("sh", sample("pay-https.sh"), "127.0.0.1", String(port), fingerprint, "1001", "12.50");
});

it("the page's curl client sends nothing to whoever has another certificate", async () => {
  const { port, token, fingerprint, close } = await openPaired(desk);
  onTestFinished(close);
  writeFileSync(join(folder, "authorization"), `Authorization: Bearer ${token}\n`, { mode: 0o600 });
  const other = fingerprint.replace(/^../u, (first) => (first === "00" ? "01" : "00"));
  const args = [sample("pay-https.sh"), "127.0.0.1", String(port), other, "1001", "12.50"];
  const child = spawn("sh", args, { cwd: folder, stdio: "ignore" });
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(1);
  expect(legacy.bench.shown.payment).toBeNull();
});

it("the page's serial client has a sale paid over a line, and asks again by its number", async () => {
  const { line, close } = await openLine(desk);
  const mine = await openPty("old-tills-end");
  // A null-modem cable.
  mine.onReceived((bytes) => line.write(bytes));
  line.onReceived((bytes) => mine.write(bytes));
  onTestFinished(async () => {
    await close();
    await mine.unplug();
  });
  await paysOnce(process.execPath, sample("pay-serial.cjs"), mine.path, "1001", "12.50");
});
