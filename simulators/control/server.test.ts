import { request } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ControlError, type ControlRoute } from "./route.ts";
import { startControlServer } from "./server.ts";
import { Watchers } from "./watchers.ts";

const token = "let-me-in";
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const routes: readonly ControlRoute[] = [
  { method: "POST", path: "/echo", handle: async (body) => ({ body }) },
  { method: "GET", path: "/state", handle: async (body) => ({ body }) },
  {
    method: "POST",
    path: "/refuse",
    handle: async () => {
      throw new ControlError("No till is connected to the scanner.");
    },
  },
];

/** Polls until the check passes. A busy machine may take its time; a broken twin never passes. */
function soon<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000, interval: 20 });
}

async function start() {
  const watchers = new Watchers();
  const control = await startControlServer({ port: 0, token, routes, watchers });
  closing.push(() => control.close());
  return { url: control.url, announce: watchers.announce };
}

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** node:http and not fetch, because fetch does not let a caller set Host and Origin. */
function send(
  url: string,
  { method = "GET", headers = {}, body }: Sent = {},
): Promise<{ status: number; answer: unknown }> {
  const own = {
    authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers: { ...own, ...headers } }, (response) => {
      let text = "";
      response.on("data", (piece) => (text += String(piece)));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, answer: JSON.parse(text) }));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

describe("the control server", () => {
  it("hands a JSON body to its route and an empty one to a GET", async () => {
    const { url } = await start();
    expect(await send(`${url}/echo`, { method: "POST", body: '{"a":"中"}' })).toEqual({
      status: 200,
      answer: { body: { a: "中" } },
    });
    expect(await send(`${url}/state`)).toEqual({ status: 200, answer: { body: {} } });
  });

  it.each([
    ["no token", "/state", { headers: { authorization: "" } }, 401],
    ["a wrong token", "/state", { headers: { authorization: "Bearer let-me-out" } }, 401],
    ["a rebound host name", "/state", { headers: { host: "evil.example" } }, 403],
    ["a web page", "/state", { headers: { origin: "http://evil.example" } }, 403],
    ["an unknown path", "/nothing", {}, 404],
    ["a wrong method", "/echo", {}, 405],
    ["a wrong method of the events", "/events", { method: "POST", body: "{}" }, 405],
    ["a body that is no JSON", "/echo", { method: "POST", body: "{" }, 400],
    ["a body of another type", "/echo", { method: "POST", body: "{}", headers: { "content-type": "text/plain" } }, 415],
    ["a body too long", "/echo", { method: "POST", body: `"${"x".repeat(65_536)}"` }, 413],
    ["a refusal of the route", "/refuse", { method: "POST", body: "{}" }, 400],
  ] as const)("refuses %s and says why", async (_, path, sent, status) => {
    const { url } = await start();
    expect(await send(url + path, sent)).toEqual({ status, answer: { error: expect.stringMatching(/\w/) } });
  });

  it("passes the refusal of a route on word by word", async () => {
    const { url } = await start();
    expect((await send(`${url}/refuse`, { method: "POST", body: "{}" })).answer).toEqual({
      error: "No till is connected to the scanner.",
    });
  });

  it("tells watchers each topic once however often it changed", async () => {
    const { url, announce } = await start();
    const response = await fetch(`${url}/events`, { headers: { authorization: `Bearer ${token}` } });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader?.read()).toMatchObject({ value: ": watching\n\n" });
    announce("printer");
    announce("drawer");
    announce("printer");
    expect(await reader?.read()).toMatchObject({ value: "event: printer\ndata: {}\n\nevent: drawer\ndata: {}\n\n" });
  });

  it("has room for sixteen watchers, and again when one leaves", async () => {
    const { url } = await start();
    const watch = (controller = new AbortController()) =>
      fetch(`${url}/events`, { headers: { authorization: `Bearer ${token}` }, signal: controller.signal });
    const leaving = new AbortController();
    await watch(leaving);
    for (let watcher = 2; watcher <= 16; watcher += 1) expect((await watch()).status).toBe(200);
    expect((await watch()).status).toBe(429);
    leaving.abort();
    await soon(async () => expect((await watch()).status).toBe(200));
  });
});
