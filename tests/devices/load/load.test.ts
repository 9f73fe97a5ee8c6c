import { describe, expect, it } from "vitest";
import { runPrintLoad } from "./print-load.ts";
import { runScanLoad, runUnplugLoad } from "./scan-load.ts";

/** Short runs of `npm run devices:load`: enough to see that it still works and still holds. */
describe("a till under load", () => {
  it("hears every code of two scanners once and in order while a printer on a third port takes nothing", async () => {
    const { seconds: _, ...verdict } = await runScanLoad({ scans: 600, perSecond: 50 });
    expect(verdict).toEqual({
      ...{ sent: 600, heard: 600, lost: 0, doubled: 0, merged: 0, outOfOrder: 0 },
      isPrinterStalled: true,
    });
  });

  it("loses no code of a scanner while the other is pulled out and put back, nor of that one when it is back", async () => {
    const verdict = await runUnplugLoad({ unplugs: 1, perSecond: 50 });
    expect(verdict).toEqual({ sent: 300, heard: 300, lost: 0, doubled: 0, merged: 0, outOfOrder: 0 });
  });

  it("prints every receipt once or asks, however often the device host is killed", async () => {
    const { jobs, lost, doubled, killed } = await runPrintLoad({ jobs: 12, kills: 5, seed: 1 });
    expect({ jobs, lost, doubled, killed }).toEqual({ jobs: 12, lost: 0, doubled: 0, killed: 5 });
  });
});
