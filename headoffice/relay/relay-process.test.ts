import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { positionsSchema } from "#contract/wire/journal.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import { officeTill } from "#tests/support/office-till.ts";
import { until } from "#tests/support/poll.ts";
import { vouched } from "#tests/support/relay-bench.ts";

const main = join(import.meta.dirname, "..", "main.ts");
const folder = mkdtempSync(join(tmpdir(), "tillway-relay-process-"));
const place = { storeCode: "BJ01", terminalId: "T01" };
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(name: string, ...args: readonly string[]) {
  const child = spawn(process.execPath, [main, "--data-dir", join(folder, name), ...args]);
  started.push(child);
  let out = "";
  child.stdout.on("data", (bytes) => (out += String(bytes)));
  const url = await until("the ready line", () => / ready on (http:\S+)\n/.exec(out)?.[1]);
  return { child, url };
}

function act(...args: readonly string[]) {
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
}

function codeOf(terminalId: string, ...more: readonly string[]): string {
  const made = act(
    "enrol-code",
    "--store",
    "BJ01",
    "--terminal",
    terminalId,
    "--data-dir",
    join(folder, "hq"),
    ...more,
  );
  expect(made.status).toBe(0);
  return made.stdout.trim();
}

it("a relay that is killed while it keeps has everything it said it kept, and brings it when it starts again", async () => {
  expect(act("shop", "--store", "BJ01", "--name-zh", "朝阳店", "--data-dir", join(folder, "hq")).status).toBe(0);
  const office = await start("hq", "--port", "0");
  const till = officeTill({ url: office.url, now: Date.now, ...place });
  expect((await till.enrol(codeOf("T01").replace("-", ""))).status).toBe(201);
  const code = codeOf("R1", "--relay");
  const upstream = ["--relay", "--upstream", office.url, "--port", "0"];
  const first = await start("shelf", ...upstream, "--store", "BJ01", "--terminal", "R1", "--code", code);
  await until("head office vouches for it", async () => (await fetch(`${first.url}/v1/relay`)).ok);
  // The line is out: head office is away.
  office.child.kill("SIGKILL");
  await once(office.child, "exit");

  openDay(till);
  sell(till, 60);
  const there = officeTill({ url: first.url, now: Date.now, ...place, keys: till.keys });
  let kept = 0;
  const keeping = (async () => {
    for (let from = 0; from < till.entries.length; from += 2) {
      const entries = vouched(till, till.entries.slice(from, from + 2));
      const body = Buffer.from(JSON.stringify({ entries }));
      const { status } = await there.request("POST", `/v1/relay/terminals/${till.key}/journal`, body);
      expect(status).toBe(200);
      kept = from + 2;
    }
  })().catch((error: unknown) => error);
  await until("some are kept", () => kept > 20);
  first.child.kill("SIGKILL");
  await keeping;
  expect(kept).toBeLessThan(62);

  // Head office comes back where it was; so does the relay, which needs no code any more.
  const again = await start("hq", "--port", new URL(office.url).port);
  await start("shelf", ...upstream);
  const after = officeTill({ url: again.url, now: Date.now, ...place, keys: till.keys });
  const held = await until("head office has what was kept", async () => {
    const { json } = await after.request("GET", `/v1/terminals/${till.key}/positions`);
    const [position] = positionsSchema.parse(json).positions;
    return position !== undefined && position.seq >= kept ? position : undefined;
  });
  expect(held.hash).toBe(till.entries[held.seq - 1]?.hash);
});

it("a relay that cannot be one says why, and what to do", () => {
  const strange = act("--relay", "--upstream", "https://127.0.0.1:1", "--data-dir", join(folder, "new"));
  expect(strange).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("enrol-code --store BJ01") });
  const away = act(
    ...["--relay", "--upstream", "http://127.0.0.1:1", "--data-dir", join(folder, "new")],
    ...["--store", "BJ01", "--terminal", "R1", "--code", "ABCDE-FGHJK"],
  );
  expect(away).toMatchObject({ status: 1, stderr: expect.stringContaining("no-answer") });
});
