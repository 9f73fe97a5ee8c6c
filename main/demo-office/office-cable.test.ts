import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type OfficeCable, openOfficeCable } from "./office-cable.ts";

let server: Server;
let port: number | null;
let cable: OfficeCable;
/** Requests that arrived, by their `Host`; those to `/slow` are never answered. */
let hosts: string[];

beforeEach(async () => {
  hosts = [];
  server = createServer((request, response) => {
    hosts.push(request.headers.host ?? "");
    if (request.url !== "/slow") response.end("there");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on TCP has a port.
  ({ port } = server.address() as AddressInfo);
  cable = await openOfficeCable(() => port);
});
afterEach(() => {
  cable.close();
  server.closeAllConnections();
  server.close();
});

const ask = async (path = "/"): Promise<string | null> => {
  try {
    return await (await fetch(`${cable.url}${path}`)).text();
  } catch {
    return null;
  }
};

it("passes requests on with the host they were signed for, pulled out none, and again when it is back in", async () => {
  expect(await ask()).toBe("there");
  expect(hosts).toEqual([new URL(cable.url).host]);
  cable.setPlugged(false);
  expect([cable.isPlugged, await ask(), hosts.length]).toEqual([false, null, 1]);
  cable.setPlugged(true);
  expect([cable.isPlugged, await ask(), hosts.length]).toEqual([true, "there", 2]);
});

it("breaks off what is under way when it is pulled out", async () => {
  const under = ask("/slow");
  while (hosts.length === 0) await new Promise(setImmediate);
  cable.setPlugged(false);
  expect(await under).toBeNull();
});

it("lets nobody through while head office does not run, and follows it to another port", async () => {
  const there = port;
  port = null;
  expect(await ask()).toBeNull();
  port = there;
  expect(await ask()).toBe("there");
});
