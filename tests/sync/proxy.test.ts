import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { seededRandom } from "#tests/support/random.ts";
import { until } from "#tests/support/poll.ts";
import { drawnFaults, type Fault, type FaultyProxy, startFaultyProxy } from "./proxy.ts";

/** What arrived whole, in its order. */
let arrived: string[] = [];
let server: Server;
let proxy: FaultyProxy;

beforeEach(async () => {
  arrived = [];
  server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      arrived.push(`${incoming.headers.host} ${Buffer.concat(chunks).toString()}`);
      outgoing.end(`answer ${arrived.length}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  proxy = await startFaultyProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  await proxy.close();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

describe("the line between till and head office", () => {
  it.each<readonly [Fault, string, number]>([
    [{ kind: "none" }, "200 answer 1", 1],
    [{ kind: "refuse" }, "hung up", 0],
    [{ kind: "cut-request", share: 0.9 }, "hung up", 0],
    [{ kind: "cut-answer", share: 0.9 }, "hung up", 1],
    [{ kind: "cut-answer", share: 0 }, "hung up", 1],
    [{ kind: "black-hole", isDelivered: true, holdMs: 60_000 }, "gave up", 1],
    [{ kind: "black-hole", isDelivered: false, holdMs: 60_000 }, "gave up", 0],
    [{ kind: "delay", ms: 30 }, "200 answer 1", 1],
    [{ kind: "duplicate" }, "200 answer 1", 2],
    [{ kind: "status", status: 503, retryAfterSeconds: 7 }, "503 after 7", 0],
    [{ kind: "portal" }, "200 <html><body>Welcome to our hotel</body></html>", 0],
  ])("does to a request what it is told: %j", async (fault, heard, times) => {
    proxy.decide = () => fault;
    expect(await send("one", fault.kind === "black-hole" ? 400 : 10_000)).toBe(heard);
    const host = new URL(proxy.baseUrl).host;
    await until("all arrived that can", () => arrived.length >= times);
    expect(arrived).toEqual(Array.from({ length: times }, () => `${host} one`));
  });

  it("lets a retry overtake the request it repeats", async () => {
    proxy.decide = () => ({ kind: "late" });
    expect(await send("first")).toBe("hung up");
    proxy.decide = () => ({ kind: "none" });
    expect(await send("second")).toBe("200 answer 1");
    await until("the first has arrived", () => arrived.length === 2);
    expect(arrived.map((line) => line.split(" ")[1])).toEqual(["second", "first"]);
    expect(proxy.passed.map(({ fault, status }) => [fault, status])).toEqual([
      ["late", null],
      ["none", 200],
    ]);
  });

  it("fails the same way for the same seed, and in every way there is", () => {
    const draw = (seed: number) => {
      const decide = drawnFaults(seededRandom(seed), 0.5, 1_000);
      return Array.from({ length: 400 }, decide);
    };
    expect(draw(7)).toEqual(draw(7));
    expect(new Set(draw(7).map(({ kind }) => kind)).size).toBe(10);
    expect(draw(8)).not.toEqual(draw(7));
  });

  it("hangs up where head office is gone, as a dead server does", async () => {
    proxy.upstreamUrl = "http://127.0.0.1:9";
    expect(await send("one")).toBe("hung up");
  });
});

async function send(body: string, patienceMs = 10_000): Promise<string> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    const answer = await fetch(`${proxy.baseUrl}/v1/terminals/X?a=b`, { method: "POST", body, signal });
    const wait = answer.headers.get("retry-after");
    return `${answer.status} ${wait === null ? await answer.text() : `after ${wait}`}`;
  } catch (error) {
    return error instanceof Error && error.name === "TimeoutError" ? "gave up" : "hung up";
  }
}
