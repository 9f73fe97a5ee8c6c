import { expect, it } from "vitest";
import type { DeviceStatus } from "#main/till/ports/devices.ts";
import { DeviceHistory } from "./device-history.ts";

function status(state: DeviceStatus["state"], changes: Partial<DeviceStatus> = {}): DeviceStatus {
  return { deviceId: "receipts", role: "printer", state, reason: null, trouble: null, ...changes };
}

it("knows since when a device is as it is, what was wrong last, and its last twenty events", () => {
  let now = 0;
  const history = new DeviceHistory(() => (now += 1));
  history.noteStatuses([status("ready")]);
  history.noteStatuses([status("ready")]);
  history.noteStatuses([status("ready", { trouble: "paper-out" })]);
  history.noteStatuses([status("ready")]);
  expect(history.of("printer", "receipts")).toMatchObject({ sinceMs: 1, lastFault: { reason: "paper-out", atMs: 3 } });
  for (let time = 0; time < 30; time += 1) {
    history.noteStatuses([status("absent", { reason: "no such device" })]);
    history.noteStatuses([status("ready")]);
  }
  const { sinceMs, lastFault, events } = history.of("printer", "receipts");
  expect([sinceMs, lastFault?.reason, events.length]).toEqual([now, "no such device", 20]);
  history.noteStatuses([]);
  expect(history.of("printer", "receipts").events).toEqual([]);
});
