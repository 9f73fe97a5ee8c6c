import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchPlugs } from "./watch-plugs.ts";

let dev: string;
let calls: number;
let stop: () => void;

beforeEach(() => {
  dev = mkdtempSync(join(tmpdir(), "tillway-dev-"));
  calls = 0;
  stop = watchPlugs(() => (calls += 1), dev);
});
afterEach(() => {
  stop();
  rmSync(dev, { recursive: true, force: true });
});

/** Waits for the next call and gives those that follow it at once time to be merged. */
async function called(atLeast: number): Promise<void> {
  await vi.waitFor(() => expect(calls).toBeGreaterThanOrEqual(atLeast), { timeout: 10_000, interval: 20 });
}

describe("Plugging in and pulling out", () => {
  it("is noticed for nodes in /dev and in folders that come with the first device", async () => {
    writeFileSync(join(dev, "ttyACM0"), "");
    await called(1);
    mkdirSync(join(dev, "usb"));
    await called(2);
    writeFileSync(join(dev, "usb", "lp0"), "");
    await called(3);
    rmSync(join(dev, "usb"), { recursive: true });
    await called(4);
    mkdirSync(join(dev, "usb"));
    await called(5);
    writeFileSync(join(dev, "usb", "lp0"), "");
    await called(6);
  });

  it("of ten devices at once is told once or twice, and terminals and writes to a port not at all", async () => {
    for (let at = 0; at < 10; at += 1) writeFileSync(join(dev, `ttyUSB${at}`), "");
    await called(1);
    expect(calls).toBeLessThanOrEqual(2);
    const before = calls;
    writeFileSync(join(dev, "tty63"), "");
    writeFileSync(join(dev, "sda"), "");
    writeFileSync(join(dev, "ttyUSB0"), "bytes of a busy port");
    utimesSync(join(dev, "ttyUSB1"), 1, 1);
    // Something that counts, so that the ones before it have been seen.
    writeFileSync(join(dev, "hidraw0"), "");
    await called(before + 1);
    expect(calls).toBe(before + 1);
  });

  it("is not told any more to whoever has stopped listening", async () => {
    const heard = vi.fn();
    const stopOther = watchPlugs(heard, dev);
    stopOther();
    writeFileSync(join(dev, "ttyUSB0"), "");
    await called(1);
    expect(heard).not.toHaveBeenCalled();
  });
});
