import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { exchange } from "#wechatpay/http.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => new Promise((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

const get = (baseUrl: string, target = "/a%7Cb?x=%2F") =>
  exchange({ baseUrl: new URL(baseUrl), method: "GET", target, headers: {}, body: Buffer.alloc(0), timeoutMs: 1_000 });

describe("one exchange", () => {
  it("sends the target as it stands and gives back status, headers and bytes as they came", async () => {
    const targets: (string | undefined)[] = [];
    const body = Buffer.from([0, 0xff, 0x0d, 0x0a]);
    const server = createHttpServer((request, response) => {
      targets.push(request.url);
      response.setHeader("X-Twice", ["1", "2"]).writeHead(299).end(body);
    });
    const answer = await get(`http://127.0.0.1:${await listen(server)}`);
    expect(targets).toEqual(["/a%7Cb?x=%2F"]);
    expect(answer).toMatchObject({ ok: true, value: { status: 299, body, headers: { "x-twice": "1, 2" } } });
  });

  it("opens a connection of its own, so that none is reused that the other side has given up", async () => {
    const server = createHttpServer((_request, response) => void response.end("{}"));
    const connections: unknown[] = [];
    server.on("connection", (socket) => connections.push(socket));
    const baseUrl = `http://127.0.0.1:${await listen(server)}`;
    for (let asked = 1; asked <= 3; asked += 1) {
      await get(baseUrl);
      expect(connections).toHaveLength(asked);
    }
  });

  it.each([
    [256 * 1024, true],
    [256 * 1024 + 1, false],
  ])("takes an answer of %i bytes: %s", async (bytes, isTaken) => {
    const server = createHttpServer((_request, response) => void response.end(Buffer.alloc(bytes)));
    const answer = await get(`http://127.0.0.1:${await listen(server)}`);
    expect(answer.ok || answer.fault.kind).toBe(isTaken || "too-large");
  });

  it("ends at its deadline also when the other side keeps dripping bytes", async () => {
    const server = createHttpServer((_request, response) => {
      const drip = setInterval(() => response.write("x"), 50);
      response.on("close", () => clearInterval(drip));
    });
    const answer = await get(`http://127.0.0.1:${await listen(server)}`);
    expect(answer).toEqual({ ok: false, fault: { kind: "timeout", detail: "deadline", hasLeft: true } });
  });

  it("tells nothing to a server whose certificate nobody vouches for", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tillway-tls-"));
    stops.push(async () => rmSync(folder, { recursive: true }));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", ...subject];
    execFileSync("openssl", [...request, "-keyout", key, "-out", cert], { stdio: "pipe" });
    const heard: (string | undefined)[] = [];
    const server = createHttpsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (incoming, response) => {
      heard.push(incoming.url);
      response.end("{}");
    });
    const answer = await get(`https://127.0.0.1:${await listen(server)}`);
    expect(answer).toEqual({
      ok: false,
      fault: { kind: "network", detail: "DEPTH_ZERO_SELF_SIGNED_CERT", hasLeft: false },
    });
    expect(heard).toEqual([]);
  });
});
