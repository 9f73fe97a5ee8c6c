import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { paymentCode } from "#tests/support/bench-shop.ts";
import { openLegacyBench } from "#tests/support/legacy-bench.ts";
import { until } from "#tests/support/poll.ts";
import { openFolder } from "./doors.ts";
import { type Json, wordOf } from "./messages.ts";

const page = readFileSync(join(projectRoot, "docs", "LEGACY.md"), "utf8");

/** A client of the page, as it is written there. */
function sample(language: string): string {
  const found = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "u").exec(page)?.[1];
  if (found === undefined) throw new Error(`the page has no ${language}`);
  return found;
}

it("the page's shell script has a sale paid through the drop folder, and asks again by its number", async () => {
  const legacy = await openLegacyBench();
  const folder = mkdtempSync(join(tmpdir(), "tillway-sample-"));
  const door = await openFolder({ answer: (text, from) => legacy.bench.till.legacyDesk.answer(text, from) }, folder);
  onTestFinished(async () => {
    await door.close();
    legacy.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const script = join(folder, "pay.sh");
  writeFileSync(script, sample("sh"));
  const run = async (): Promise<string> => {
    const child = spawn("sh", [script, folder, "1001", "12.50"], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (bytes: Buffer) => (said += bytes.toString()));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    await until("it is asked or answered", () => legacy.bench.shown.payment !== null || said !== "");
    if (legacy.bench.shown.payment?.stage === "choose") await legacy.bench.scan(paymentCode);
    expect(await ended).toBe(0);
    return said;
  };
  const first = await run();
  expect(wordOf(JSON.parse(first) as Json)).toBe("Success"); // whatever it is
  expect(await run()).toBe(first);
  expect(legacy.bench.recount()).toMatchObject({ saleCount: 1, wechatFen: 1_250 });
});
