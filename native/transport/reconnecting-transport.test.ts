import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ReconnectingTransport } from "./reconnecting-transport.ts";
import type { Link, LinkEvents, OpenedLink, TransportState } from "./transport.ts";

/** Hardware that does what a test says: each opening is answered by `next`. */
class Port {
  events: LinkEvents | null = null;
  openings = 0;
  next: () => OpenedLink = () => ({ ok: true, link: this.link() });
  sent: Buffer[] = [];
  send: (bytes: Buffer) => Promise<void> = async (bytes) => void this.sent.push(bytes);
  close: () => Promise<void> = async () => {};

  link(): Link {
    return { send: (bytes) => this.send(bytes), close: () => this.close() };
  }
}

let port: Port;
let changed: () => void;
let stuck: number;
let states: TransportState[];

beforeEach(() => {
  vi.useFakeTimers();
  port = new Port();
  changed = () => {};
  stuck = 0;
  states = [];
});
afterEach(() => {
  vi.useRealTimers();
});

async function connect(): Promise<ReconnectingTransport> {
  const transport = new ReconnectingTransport({
    open: async (events) => {
      port.openings += 1;
      port.events = events;
      return port.next();
    },
    watch: (onChange) => {
      changed = onChange;
      return () => (changed = () => {});
    },
    onStuck: () => (stuck += 1),
    random: () => 0.5,
  });
  transport.onState((state) => states.push(state));
  await vi.advanceTimersByTimeAsync(0);
  return transport;
}

const absent = (): OpenedLink => ({ ok: false, absent: true, reason: "no such device" });

describe("ReconnectingTransport", () => {
  it("tries again after 0.5, 1, 2, 4 and then every 5 seconds, and says once that the device is absent", async () => {
    port.next = absent;
    await connect();
    const counts: number[] = [port.openings];
    for (const wait of [500, 1_000, 2_000, 4_000, 5_000, 5_000]) {
      await vi.advanceTimersByTimeAsync(wait - 1);
      counts.push(port.openings);
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(counts).toEqual([1, 1, 2, 3, 4, 5, 6]);
    expect(states).toEqual([
      { state: "opening", reason: null },
      { state: "absent", reason: "no such device" },
    ]);
  });

  it("tries at once when the device's name appears", async () => {
    port.next = absent;
    await connect();
    await vi.advanceTimersByTimeAsync(8_000);
    port.next = () => ({ ok: true, link: port.link() });
    changed();
    await vi.advanceTimersByTimeAsync(0);
    expect(states.at(-1)).toEqual({ state: "ready", reason: null });
  });

  it("never tries while an earlier opening still hangs in the system", async () => {
    const settled = Promise.withResolvers<void>();
    port.next = () => ({ ok: false, absent: false, reason: "did not open", settled: settled.promise });
    await connect();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(port.openings).toBe(1);
    settled.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(port.openings).toBe(2);
  });

  it("refuses bytes while it is not connected, and does not keep them for later", async () => {
    port.next = absent;
    const transport = await connect();
    expect(await transport.write(Buffer.from("stale"), 100)).toEqual({ kind: "refused", reason: "no such device" });
    port.next = () => ({ ok: true, link: port.link() });
    await vi.advanceTimersByTimeAsync(1_000);
    expect([transport.current().state, port.sent]).toEqual(["ready", []]);
  });

  it("reports a write that the link's end cuts off as lost, and counts the next connection as another", async () => {
    const transport = await connect();
    const before = transport.connection();
    port.send = () => new Promise(() => {});
    const written = transport.write(Buffer.from("receipt"), 1_000);
    await vi.advanceTimersByTimeAsync(10);
    port.events?.onEnd("cable pulled");
    expect(await written).toEqual({ kind: "lost", reason: "cable pulled" });
    expect(transport.connection()).toBe(null);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(transport.current().state).toBe("ready");
    expect(transport.connection()).not.toBe(before);
  });

  it("is stalled from a missed deadline until the bytes are taken, and takes no others meanwhile", async () => {
    const transport = await connect();
    const taken = Promise.withResolvers<void>();
    port.send = () => taken.promise;
    const written = transport.write(Buffer.from("receipt"), 1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    const outcome = await written;
    expect(outcome.kind).toBe("stalled");
    expect(await transport.write(Buffer.from("more"), 1_000)).toMatchObject({ kind: "refused" });
    taken.resolve();
    expect(outcome.kind === "stalled" && (await outcome.rest)).toBe("taken");
    expect(states.map(({ state }) => state)).toEqual(["opening", "ready", "stalled", "ready"]);
  });

  it("passes on no bytes and no end of a connection that is over", async () => {
    const transport = await connect();
    const heard: string[] = [];
    transport.onBytes((bytes) => heard.push(bytes.toString()));
    const old = port.events;
    old?.onEnd("first");
    await vi.advanceTimersByTimeAsync(1_000);
    old?.onBytes(Buffer.from("late"));
    old?.onEnd("late");
    port.events?.onBytes(Buffer.from("new"));
    expect([heard, transport.current().state]).toEqual([["new"], "ready"]);
  });

  it("asks for a new process when a device does not close within two seconds, and opens nothing before", async () => {
    const transport = await connect();
    port.close = () => new Promise(() => {});
    transport.reconnect("a receipt got stuck in it");
    await vi.advanceTimersByTimeAsync(1_999);
    expect([stuck, port.openings]).toEqual([0, 1]);
    await vi.advanceTimersByTimeAsync(1);
    expect([stuck, port.openings]).toEqual([1, 1]);
  });

  it("closes for good", async () => {
    const transport = await connect();
    await transport.close();
    port.events?.onEnd("closed");
    await vi.advanceTimersByTimeAsync(60_000);
    expect([port.openings, transport.current().state, transport.connection()]).toEqual([1, "closing", null]);
    expect(await transport.write(Buffer.from("x"), 10)).toMatchObject({ kind: "refused" });
  });
});
