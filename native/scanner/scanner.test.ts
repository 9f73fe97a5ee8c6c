import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { HostEvent } from "#contract/devices/messages.ts";
import { TestingLine } from "../transport/testing-line.ts";
import { Scanner } from "./scanner.ts";

let cable: TestingLine;
let scans: string[];
beforeEach(() => {
  vi.useFakeTimers();
  cable = new TestingLine();
  scans = [];
  const hear = (event: HostEvent): void => void (event.kind === "scan" && scans.push(event.text));
  const transport = { kind: "tcp", host: "scanner", port: 1 } as const;
  void new Scanner({ id: "scanner", transport, prefix: "" }, cable, hear);
});
afterEach(() => void vi.useRealTimers());

it("a code without a suffix is read at the pause after it", () => {
  cable.hear("690123");
  vi.advanceTimersByTime(90);
  expect(scans).toEqual(["690123"]);
});

it("a scanner that has sent a suffix is waited for when the machine is busy, also after it was plugged in again", () => {
  cable.hear("690123\r690");
  vi.advanceTimersByTime(300);
  cable.hear("456\r");
  cable.turn("absent");
  cable.turn("ready");
  cable.hear("690");
  vi.advanceTimersByTime(300);
  cable.hear("789\r");
  expect(scans).toEqual(["690123", "690456", "690789"]);
});

it("half a code from before the cable was pulled joins no other", () => {
  cable.hear("690123\r690");
  cable.turn("absent");
  cable.turn("ready");
  cable.hear("690456\r");
  vi.advanceTimersByTime(1_000);
  expect(scans).toEqual(["690123", "690456"]);
});
