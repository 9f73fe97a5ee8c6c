import { connect } from "node:tls";
import { mostNexoBytes } from "#contract/nexo/header.ts";
import { assert } from "#core/result.ts";
import { type HttpsDoor, openHttpsDoor } from "#main/legacy/https/https-door.ts";
import { makeIdentity } from "#main/legacy/https/self-signed.ts";
import type { FuzzParser } from "../parser.ts";

/** What a pairing has shown once; here it is always the same. */
const token = "A".repeat(43);
const body = '{"SaleToPOIRequest":{}}';
const head = `POST /nexo HTTP/1.1\r\nhost: till\r\nauthorization: Bearer ${token}\r\n`;
const seeds = [
  `${head}content-length: ${body.length}\r\n\r\n${body}`,
  `${head}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
  `${head}content-length: 2\r\n\r\n{}${head}content-length: 2\r\n\r\n{}`,
  `GET /nexo HTTP/1.1\r\nhost: till\r\n\r\n`,
  `${head.replace(token, "B".repeat(43))}content-length: 0\r\n\r\n`,
];

const asked: string[] = [];
const problems: unknown[] = [];
const identity = makeIdentity("127.0.0.1", Date.now());
let opened: Promise<HttpsDoor> | null = null;
let nowMs = 0;

function door(): Promise<HttpsDoor> {
  opened ??= openHttpsDoor({
    ...{ host: "127.0.0.1", port: 0, identity },
    pairings: { nameOf: (shown) => (shown === token ? "front" : null) },
    // Every look is a minute later, so that no limit of an input before it is this one's.
    now: () => (nowMs += 60_000),
    // A connection that ends in the middle of a message is told, and nothing of this door's own.
    log: (_what, { cause }) => void (isCut(cause) || problems.push(cause)),
    desk: {
      answer(text, from) {
        assert(from.name === "front" && Buffer.byteLength(text) <= mostNexoBytes, "a bounded message of a paired one");
        asked.push(text);
        return Promise.resolve("{}");
      },
    },
  });
  return opened;
}

const isCut = (cause: unknown): boolean => cause instanceof Error && "code" in cause && cause.code === "ECONNRESET";

/** Any bytes inside TLS: whatever comes is answered or hung up on, and only a token's message reaches the desk. */
export const oldTillHttps: FuzzParser = {
  name: "old-till-https",
  reads: "requests of old tills over HTTPS: line, headers, token, body (main/legacy/https)",
  seeds: () => seeds.map((text) => Buffer.from(text)),
  words: [
    "content-length: ",
    "transfer-encoding: chunked\r\n",
    "\r\n\r\n",
    "Bearer ",
    "/nexo",
    "expect: 100-continue\r\n",
  ],
  twentieths: 1,
  async read(input) {
    const { port } = await door();
    asked.length = 0;
    const said = await exchange(port, input);
    assert(problems.length === 0, `no fault of the door's own: ${String(problems[0])}`);
    const statuses = [...said.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status);
    assert(!statuses.includes("500"), "an answer, and no fault");
    assert(asked.length === 0 || Buffer.from(input).includes(token), "nobody is heard without the token");
    return { isTaken: statuses.length > 0, told: { statuses, asked: [...asked] } };
  },
};

/** Sends it all, says that this was all, and hears what there is to hear until the door hangs up. */
function exchange(port: number, input: Uint8Array): Promise<string> {
  const socket = connect({ host: "127.0.0.1", port, ca: identity.certificatePem });
  let said = "";
  socket.on("data", (bytes: Buffer) => (said += bytes.toString("latin1")));
  // The door may hang up in the middle.
  socket.on("error", () => socket.destroy());
  socket.end(input);
  return new Promise((resolve) => socket.once("close", () => resolve(said)));
}
