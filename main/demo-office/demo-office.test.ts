import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sampleTerminalId } from "#bench/support/sample-sale.ts";
import { openLog } from "#main/log/open-log.ts";
import { demoPeople } from "#main/settings/first-people.ts";
import { until } from "#tests/support/poll.ts";
import { openSyncTill, storeCode, type SyncTill } from "#tests/sync/sync-till.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { controlOffice } from "./office-control.ts";
import { answerOf, type OfficeProcess } from "./office-process.ts";
import { type DemoOffice, openDemoOffice } from "./open-demo-office.ts";

const entry = fileURLToPath(new URL("../../headoffice/main.ts", import.meta.url));

/** A process that was started, and with which arguments. */
interface Started {
  readonly args: readonly string[];
  readonly pid: number;
  readonly hasEnded: () => boolean;
}

let directory: string;
let till: SyncTill | null;
let office: DemoOffice;
let said: string[];
let started: Started[];
/** A command that goes wrong, once. */
let failing: string | null;
let changes: number;
let merchant: () => string | null;

/** The real entry, as a plain Node child instead of Electron's. */
function start(args: readonly string[]): OfficeProcess {
  const isWrong = args[0] === failing;
  if (isWrong) failing = null;
  const child = spawn(process.execPath, [entry, ...(isWrong ? ["nonsense"] : args)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  started.push({ args, pid: child.pid ?? 0, hasEnded });
  return {
    ...{ stdout: child.stdout, stderr: child.stderr },
    onExit: (listener) => void child.once("exit", listener),
    end: () => void child.kill("SIGTERM"),
    kill: () => void child.kill("SIGKILL"),
  };
}

async function open(from: string | null = null): Promise<void> {
  office = await openDemoOffice({
    dataDir: join(directory, "head-office"),
    till: { storeCode, terminalId: sampleTerminalId, nameZh: "人民路店", nameEn: "Renmin Road" },
    storeFolder: fileURLToPath(new URL("../../resources/demo-store", import.meta.url)),
    spawn: start,
    merchantFile: () => merchant(),
    sync: () => till?.sync ?? null,
    // The pause before another start is not what is tested.
    clock: {
      after(_ms, callback) {
        const timer = setTimeout(callback, 0);
        return () => clearTimeout(timer);
      },
    },
    say: (line) => said.push(line),
    onChange: () => void (changes += 1),
    onListening: () => {},
    log: openLog(join(directory, "demo.log"), Date.now),
  });
  till = await openSyncTill({ url: new URL(office.url) }, from);
}

beforeEach(async () => {
  [till, said, started, failing, changes] = [null, [], [], null, 0];
  merchant = () => null;
  directory = mkdtempSync(join(tmpdir(), "tillway-demo-office-"));
  await open();
});
afterEach(async () => {
  await office.close();
  await till?.close();
  await allEnded();
  rmSync(directory, { recursive: true, force: true });
});

function there(): SyncTill {
  if (till === null) throw new Error("the till is not open");
  return till;
}
function raise(why: string): never {
  throw new Error(why);
}
const allEnded = () => until("all have ended", () => started.every(({ hasEnded }) => hasEnded()));
const commands = () => started.map(({ args }) => args[0]);
/** A first start is four processes one after the other, on a machine that may have other things to do. Milliseconds. */
const patienceMs = 45_000;
const isState = (state: string) => until(state, () => office.state().state === state, patienceMs);

describe("the demo store's head office", () => {
  it("runs only when it is told to, enrols the till by itself, once, and agrees with it", async () => {
    expect(office.state()).toMatchObject({ unplugged: false, page: null, state: "not-enrolled" });
    expect([started, changes]).toEqual([[], 0]);
    const people = demoPeople.map(({ cashier }) => ({ cashier, pinHash: `of ${cashier.id}` }));
    for (const { cashier, pinHash } of people) there().store.putCashier(cashier, pinHash);
    office.start();
    await isState("online");
    there().sell(3);
    await there().drained();
    await there().agreed();
    expect(office.state()).toMatchObject({ state: "online", waiting: 0 });
    expect(changes).toBeGreaterThan(0);
    expect(journalBodies(there().directory, "enrolled")).toMatchObject([{ by: "demo-store", officeName: "Tillway" }]);
    expect(commands()).toEqual(["serve", "shop", "fill", "enrol-code"]);
    // The demo store's goods and people are head office's, so that nothing of them goes when something is published.
    await until(
      "all goods are there",
      () => there().catalog.itemCount() >= 2_200 && !there().catalog.feed.isSnapshot(),
    );
    await until("the people are there", () => there().store.sync.feedRev("people") > 0);
    expect(there().store.listPinRecords()).toMatchObject(people);

    // The page's address on one line, and with the password for one use on the other, which this start alone tells.
    const { page } = office.state();
    expect(said[0]).toBe(`head office ${page}/`);
    await until("the first password", () => said.length === 2);
    expect(said[1]).toMatch(
      /^head office http:\/\/127\.0\.0\.1:\d+\/ first sign-in, shown once: admin, password \w{14}$/,
    );
    expect((await fetch(`${page}/healthz`)).status).toBe(200);
  });

  it("tries again where a command has failed", async () => {
    failing = "fill";
    office.start();
    await isState("online");
    expect(commands()).toEqual(["serve", "shop", "fill", "shop", "fill", "enrol-code"]);
  });

  it("knows the till again at the next start, under another address, and tells no password again", async () => {
    office.start();
    await isState("online");
    await until("the first password", () => said.length === 2);
    const { page } = office.state();
    await office.close();
    expect(office.state().page).toBeNull();
    await expect(fetch(`${page}/healthz`)).rejects.toThrow();

    const before = there();
    await before.sync.stop();
    [said, started] = [[], []];
    await open(before.copyTo());
    rmSync(before.directory, { recursive: true });
    expect(office.state()).toMatchObject({ state: "offline" });
    office.start();
    await isState("online");
    there().sell(2);
    await there().drained();
    await there().agreed();
    expect(commands()).toEqual(["serve"]);
    expect(said).toEqual([`head office ${office.state().page}/`]);
  });

  it("enrols the till once the cable is in, is away while it is out, and has everything when it is back in", async () => {
    office.setPlugged(false);
    office.start();
    await until("head office runs", () => office.state().page);
    expect(office.state()).toMatchObject({ unplugged: true, state: "not-enrolled" });
    office.setPlugged(true);
    await isState("online");

    expect(controlOffice(office, "POST", "/head-office/cable", { unplugged: true })).toMatchObject({
      ...{ ok: true, value: { unplugged: true } },
    });
    there().sell(5);
    await isState("offline");
    expect(office.state().waiting).toBeGreaterThanOrEqual(5);
    // The page is no business of the cable's.
    expect((await fetch(`${office.state().page}/healthz`)).status).toBe(200);
    controlOffice(office, "POST", "/head-office/cable", { unplugged: false });
    await isState("online");
    await there().drained();
    await there().agreed();
  });

  it("that is killed is offline for the till, is started again, and holds what it had acknowledged", async () => {
    office.start();
    await isState("online");
    there().sell(1);
    await there().drained();
    process.kill(started[0]?.pid ?? 0, "SIGKILL");
    await until("it runs again", () => commands().filter((name) => name === "serve").length === 2);
    await until("it listens again", () => office.state().page);
    there().sell(1);
    await there().drained();
    await there().agreed();
    expect(said).toContainEqual(expect.stringContaining("the till goes on without it"));
    expect(commands().filter((name) => name === "enrol-code")).toHaveLength(1);
  });

  it("that cannot start is tried a few times and then left, and the till goes on alone", async () => {
    writeFileSync(join(directory, "head-office"), "a file where its folder should be");
    office.start();
    await until("six tries", () => said.length === 6, patienceMs);
    expect(commands()).toEqual(Array.from({ length: 6 }, () => "serve"));
    expect(new Set(said)).toEqual(
      new Set(["head office ended with code 1: the till goes on without it, its log says more"]),
    );
    there().sell(1);
    expect(office.state()).toMatchObject({ page: null, state: "not-enrolled" });
    expect(readFileSync(join(directory, "demo.log"), "utf8")).toContain("cannot be made");
  });

  it.each([
    ["cannot be written", () => raise("no room"), ["serve", "shop"]],
    ["is not taken by head office", () => join(directory, "no-such-merchant.json"), ["serve", "serve", "shop"]],
  ])("goes without payments by phone where its merchant's file %s", async (_why, file, expected) => {
    merchant = file;
    office.start();
    await isState("online");
    there().sell(1);
    await there().drained();
    expect(commands().slice(0, expected.length)).toEqual(expected);
    expect(started.findLast(({ args }) => args[0] === "serve")?.args).not.toContain("--merchant");
    expect(readFileSync(join(directory, "demo.log"), "utf8")).toMatch(/no merchant|no-such-merchant/);
  });

  it("is ended while it is still starting, and leaves no process behind", async () => {
    office.start();
    await until("it is about to enrol the till", () => commands().includes("shop"));
    await office.close();
    await allEnded();
    office.start();
    expect(commands()).toEqual(["serve", "shop"]);
    expect(there().sync.view().state).toBe("not-enrolled");
  });
});

it("a command's answer is its line, or what it complained of", async () => {
  const data = ["--data-dir", join(directory, "head-office")];
  const code = ["enrol-code", "--store", storeCode, "--terminal", sampleTerminalId, ...data];
  const refused = await answerOf(start(code));
  expect(refused).toEqual({ ok: false, fault: expect.stringContaining(`There is no shop ${storeCode} yet`) });
  expect((await answerOf(start(["shop", "--store", storeCode, "--name-zh", "店", ...data]))).ok).toBe(true);
  expect(await answerOf(start(code))).toEqual({ ok: true, value: expect.stringMatching(/^\w{5}-\w{5}$/) });
  await allEnded();
});

it("answers the bench about itself, and leaves the twins' requests and nonsense alone", () => {
  expect(controlOffice(office, "GET", "/head-office", null)).toMatchObject({ ok: true, value: { unplugged: false } });
  for (const [method, path] of [
    ["GET", "/printer"],
    ["POST", "/head-office"],
    ["GET", "/head-office/cable"],
  ] as const)
    expect(controlOffice(office, method, path, {})).toBeNull();
  for (const body of [null, {}, { unplugged: "yes" }, { unplugged: true, more: 1 }])
    expect(controlOffice(office, "POST", "/head-office/cable", body)).toMatchObject({ ok: false });
  expect(office.state().unplugged).toBe(false);
});
