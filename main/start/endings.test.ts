import { expect, it, vi } from "vitest";
import type { Clock } from "#main/till/ports/clock.ts";
import { until } from "#tests/support/poll.ts";
import { createEndings } from "./endings.ts";

it("ends the last opened first, once, and goes on past one that fails", async () => {
  const [told, exit] = [[] as string[], vi.fn<() => void>()];
  vi.spyOn(console, "error").mockImplementation(() => {});
  const endings = createEndings(exit);
  endings.push(() => told.push("store"));
  endings.push(() => {
    throw new Error("a stuck port");
  });
  endings.push(async () => told.push("devices"));
  const preventDefault = vi.fn<() => void>();
  endings.endOnce({ preventDefault });
  endings.endOnce({ preventDefault });
  await until("the process goes", () => exit.mock.calls.length > 0);
  expect(told).toEqual(["devices", "store"]);
  expect(preventDefault).toHaveBeenCalledOnce();
});

it("lets nothing come any more of what the till waited for, once it closes", () => {
  const waiting: (() => void)[] = [];
  const clock: Clock = {
    now: () => 7,
    after(_ms, callback) {
      waiting.push(callback);
      return () => {};
    },
  };
  const endings = createEndings(() => {});
  const [kept, tillClock] = [vi.fn<() => void>(), endings.whileOpen(clock)];
  expect(tillClock.now()).toBe(7);
  tillClock.after(5, kept);
  waiting[0]?.();
  expect(kept).toHaveBeenCalledOnce();
  tillClock.after(5, kept);
  endings.endOnce({ preventDefault: () => {} });
  waiting[1]?.();
  expect(kept).toHaveBeenCalledOnce();
});
