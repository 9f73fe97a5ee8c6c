import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadAddon, loadAddonFrom } from "#native/addon/load-addon.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { sourcesHash } from "#scripts/setup/addon.mjs";
import { exercises } from "./exercises.ts";

const prebuilt = (place: string, name: string): string => join(projectRoot, "native/addon/prebuilds", place, name);
const places = ["linux-x64", "win32-x64"];

describe("the prebuilt addon", () => {
  for (const place of places)
    it(`for ${place} was made from the sources as they are`, () => {
      const hash = sourcesHash();
      expect(readFileSync(prebuilt(place, "sources.sha256"), "utf8").trim()).toBe(hash);
      // The binary itself says so too: a hash file could be renewed without it.
      expect(readFileSync(prebuilt(place, "tillway-devices.node")).includes(hash)).toBe(true);
    });
});

describe("the addon's loader", () => {
  it("says what is missing instead of throwing", () => {
    const missing = loadAddonFrom("/nowhere/tillway-devices.node");
    expect(missing).toEqual({ ok: false, reason: expect.stringContaining("Cannot find module") });
    const foreign = loadAddonFrom(prebuilt("win32-x64", "tillway-devices.node"));
    if (process.platform === "linux") expect(foreign.ok ? "" : foreign.reason).toContain("invalid ELF header");
  });
});

if (process.platform === "linux" && existsSync(prebuilt(`linux-${process.arch}`, "tillway-devices.node"))) {
  const binary = prebuilt(`linux-${process.arch}`, "tillway-devices.node");

  describe("the addon on Linux", () => {
    const loaded = loadAddonFrom(binary);
    it.each(exercises)("$name", async ({ run }) => {
      if (!loaded.ok || loaded.addon.platform !== "linux") throw new Error(loaded.ok ? "not for Linux" : loaded.reason);
      await run(loaded.addon, binary);
    });

    it("is found by the device host", () => {
      const found = loadAddon();
      expect(found.ok && found.addon.sources).toBe(sourcesHash());
    });
  });
}
