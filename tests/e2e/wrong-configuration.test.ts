import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTill } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { runTill } from "#tests/support/run-till.ts";

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "tillway-wrong-"));
});

afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

/** What the console says when the till is started with such a file. */
async function consoleWith(terminalJson: string): Promise<string> {
  writeFileSync(join(dataDir, "terminal.json"), terminalJson);
  const till = runTill(dataDir);
  try {
    await until("the console says why", () => till.console().includes("cannot open"));
    return till.console();
  } finally {
    await till.stop();
  }
}

/** What the window says that stands in place of the till; scripts are off in it, so its source is its address. */
async function windowSays(): Promise<string> {
  const start = await startTill({ dataDir });
  try {
    const page = await until("the fault's window", () =>
      start.app.windows().find((one) => one.url().startsWith("data:text/html")),
    );
    expect(start.app.windows()).toHaveLength(1);
    return decodeURIComponent(page.url());
  } finally {
    await start.close();
  }
}

describe("A wrong terminal.json stops the start", () => {
  it("naming the key, what is wrong and what is expected, in the window and on the console", async () => {
    const said = await consoleWith(
      JSON.stringify({
        store: { code: "S01", nameZh: "蜂鸟便利", nameEn: "Hummingbird Mart" },
        terminalId: "T01",
        devices: { printer: { id: "p", transport: { kind: "serial", path: "/dev/ttyUSB0", baudRate: "fast" } } },
      }),
    );
    const shown = await windowSays();
    for (const text of [said, shown]) {
      expect(text).toContain("devices.printer.transport.baudRate");
      expect(text).toContain(join(dataDir, "terminal.json"));
      expect(text).toContain("terminal.json is wrong");
      expect(text).toContain("有误");
    }
    expect(said).toContain('expected number, got "fast"');
    expect(said).not.toContain("ready {");
    expect(shown).toContain("expected number, got &quot;fast&quot;");
  });

  it("when it is no JSON at all", async () => {
    const said = await consoleWith("{ store: ");
    expect(said).toContain("terminal.json is wrong");
    expect(said).toContain(join(dataDir, "terminal.json"));
  });

  it("when a key is misspelt", async () => {
    const store = { code: "S01", nameZh: "蜂鸟便利", nameEn: "Hummingbird Mart", phon: "1" };
    expect(await consoleWith(JSON.stringify({ store, terminalId: "T01" }))).toContain("store.phon: unknown key");
  });
});
