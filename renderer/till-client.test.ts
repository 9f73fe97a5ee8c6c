import { beforeEach, expect, test, vi } from "vitest";
import type { TillBridge } from "#contract/ipc/bridge.ts";
import type { TillView, TillViewPatch } from "#contract/ipc/till-view.ts";

const whole = { held: [], notices: [], openAttempts: [], lastSales: [] } as unknown as TillView;

/** The other end of the bridge: answers `look` when told to, and pushes patches. */
function stubBridge(): { push: (patch: TillViewPatch) => void; answerLook: () => void; hangUp: () => void } {
  let listener: ((patch: TillViewPatch) => void) | null = null;
  const looked = Promise.withResolvers<unknown>();
  const bridge = {
    send: () => looked.promise,
    onView(next: (patch: TillViewPatch) => void) {
      listener = next;
      return () => undefined;
    },
    onSound: () => () => undefined,
  } as unknown as TillBridge;
  vi.stubGlobal("window", { tillway: bridge });
  return {
    push: (patch) => listener?.(patch),
    answerLook: () => looked.resolve({ ok: true, value: whole }),
    hangUp: () => looked.reject(new Error("main is gone")),
  };
}

beforeEach(() => {
  vi.resetModules();
});

test("keeps a patch that arrives before the first whole view", async () => {
  const main = stubBridge();
  const client = await import("./till-client.ts");
  const started = client.startTillClient();
  const notices: TillView["notices"] = [{ id: "n", atMs: 0, kind: "cart-full" }];
  main.push({ notices });
  main.answerLook();
  expect(await started).toBe(true);
  expect(client.currentView().notices).toBe(notices);
});

test("a patch replaces its own sections and leaves the others the same objects", async () => {
  const main = stubBridge();
  const client = await import("./till-client.ts");
  main.answerLook();
  await client.startTillClient();
  const before = client.currentView();
  main.push({ notices: [{ id: "n", atMs: 0, kind: "cart-full" }] });
  const after = client.currentView();
  expect(after.notices).toHaveLength(1);
  expect(after.held).toBe(before.held);
  expect(before.notices).toEqual([]);
});

test("says that main did not answer, instead of throwing", async () => {
  const main = stubBridge();
  const client = await import("./till-client.ts");
  main.hangUp();
  expect(await client.startTillClient()).toBe(false);
});

test("an intent that main cannot answer comes back as a fault", async () => {
  const main = stubBridge();
  const client = await import("./till-client.ts");
  main.hangUp();
  expect(await client.send("take-payment", {})).toEqual({ ok: false, fault: { kind: "internal" } });
});
