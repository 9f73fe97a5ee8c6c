import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { rawPublicKey } from "../keys/ed25519.ts";
import { signAnswer } from "../keys/sign-answer.ts";
import { createUpstream, type Upstream } from "./upstream.ts";

const clock = { now: Date.now };
const office = generateKeyPairSync("ed25519");
const officeKey = rawPublicKey(office.publicKey);
const signer = { privateKey: generateKeyPairSync("ed25519").privateKey, keyid: "BJ01-R1" };
const question = { method: "GET", path: "/v1/relay/shop?a=b", schema: z.object({ n: z.int() }) } as const;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function upstreamTo(answer: Answer, ending?: AbortSignal): Promise<Upstream> {
  const server = createServer(answer);
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return createUpstream(new URL(`http://127.0.0.1:${port}/under`), signer, clock, ending);
}

const nonceOf = (request: IncomingMessage): string =>
  /nonce="([\w-]+)"/.exec(String(request.headers["signature-input"]))?.[1] ?? "";

/** Answers as head office would, in whatever part of it is to be another. */
function says(
  text: string,
  other: { readonly key?: KeyObject; readonly nonce?: string; readonly status?: number; readonly sent?: string } = {},
): Answer {
  return (request, response) => {
    const facts = { status: other.status ?? 200, url: request.url ?? "", nonce: other.nonce ?? nonceOf(request) };
    const key = { privateKey: other.key ?? office.privateKey, publicKey: officeKey };
    response.writeHead(facts.status, signAnswer({ key, clock }, { ...facts, body: Buffer.from(text) }));
    response.end(other.sent ?? text);
  };
}

it("takes head office's signed answer to this very question, under the path of its address", async () => {
  const paths: (string | undefined)[] = [];
  const upstream = await upstreamTo((request, response) => {
    paths.push(request.url);
    says('{"n":1}')(request, response);
  });
  expect(await upstream.ask(question, officeKey)).toEqual({ kind: "ok", value: { n: 1 } });
  expect(paths).toEqual(["/under/v1/relay/shop?a=b"]);
});

it.each([
  ["by another key", says('{"n":1}', { key: generateKeyPairSync("ed25519").privateKey })],
  ["to another question, played again", says('{"n":1}', { nonce: "A".repeat(22) })],
  ["changed on the way", says('{"n":1}', { sent: '{"n":2}' })],
  ["without a signature", ((_request, response) => response.end('{"n":1}')) satisfies Answer],
  ["of another shape", says('{"m":1}')],
  [
    "that sends it elsewhere",
    ((_request, response) => response.writeHead(302, { location: "/" }).end()) satisfies Answer,
  ],
  ["of more bytes than any", says(JSON.stringify({ n: 1, more: "x".repeat(1_100_000) }))],
  ["of a proxy before it", ((_request, response) => response.writeHead(502).end("<html>")) satisfies Answer],
] as readonly (readonly [string, Answer])[])("takes an answer %s for none", async (_name, answer) => {
  const upstream = await upstreamTo(answer);
  expect((await upstream.ask(question, officeKey)).kind).toBe("no-answer");
});

it("tells a refusal that head office signed from one that anybody could have sent", async () => {
  const fault = { kind: "fork", detail: "other bytes" };
  const signed = await upstreamTo(says(JSON.stringify(fault), { status: 409 }));
  expect(await signed.ask(question, officeKey)).toEqual({ kind: "refused", fault, isSigned: true });
  const bare = await upstreamTo((_request, response) => response.writeHead(409).end(JSON.stringify(fault)));
  expect(await bare.ask(question, officeKey)).toEqual({ kind: "refused", fault, isSigned: false });
});

it("stops waiting for a head office that never answers as soon as the relay ends", async () => {
  const ending = new AbortController();
  const upstream = await upstreamTo(() => ending.abort(), ending.signal);
  const beganMs = performance.now();
  expect((await upstream.ask(question, officeKey)).kind).toBe("no-answer");
  expect(performance.now() - beganMs).toBeLessThan(5_000);
});
