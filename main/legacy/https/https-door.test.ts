import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "#tests/support/poll.ts";
import { type HttpsDoor, openHttpsDoor } from "./https-door.ts";
import { openPairings, type Pairings } from "./pairings.ts";
import { makeIdentity } from "./self-signed.ts";

const nowMs = Date.now();
const identity = makeIdentity("127.0.0.1", nowMs);
let folder: string;
let pairings: Pairings;
let token: string;
let door: HttpsDoor;
let asked: string[];
let answers: ((text: string) => void)[];
let clockMs: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tillway-door-"));
  pairings = openPairings(join(folder, "pairings.json"));
  token = pairings.pair("front", nowMs) ?? "";
  asked = [];
  answers = [];
  clockMs = 0;
  door = await openHttpsDoor({
    ...{ host: "127.0.0.1", port: 0, identity, pairings, now: () => clockMs, log: () => {} },
    desk: {
      answer: (text, from) =>
        new Promise((resolve) => {
          asked.push(`${from.door} ${from.name} ${text}`);
          answers.push(resolve);
          if (text !== "wait") resolve(`answer to ${text}`);
        }),
    },
  });
});
afterEach(async () => {
  await door.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Sent {
  readonly path?: string;
  readonly method?: string;
  readonly token?: string | null;
  readonly ca?: string;
}

/** What comes back: the status and its text, or the error's code. `gone` cuts the connection instead of waiting. */
function send(text: string | Buffer, sent: Sent = {}, gone = false): Promise<string> {
  const { path = "/nexo", method = "POST", ca = identity.certificatePem } = sent;
  const bearer = sent.token === undefined ? token : sent.token;
  return new Promise((resolve) => {
    const made = request(
      {
        ...{ host: "127.0.0.1", port: door.port, path, method, ca, agent: false },
        headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` },
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => (body += part));
        response.on("end", () => resolve(`${response.statusCode} ${body}`.trim()));
      },
    );
    made.on("error", (error: Error & { readonly code?: string }) => resolve(error.code ?? "error"));
    made.end(text);
    if (gone) void until("the desk is asked", () => asked.length > 0).then(() => made.destroy());
  });
}

describe("the certificate", () => {
  it("is this till's own for its address, signed by itself, and in force", () => {
    const certificate = new X509Certificate(identity.certificatePem);
    expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkIssued(certificate)).toBe(true);
    expect(Math.abs(certificate.validFromDate.getTime() - nowMs)).toBeLessThan(1_000);
    expect(identity.fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(makeIdentity("::1", nowMs).fingerprint).not.toBe(identity.fingerprint);
  });
});

describe("the door", () => {
  it("hands a message to the desk under the pairing's name and back its answer", async () => {
    expect(await send("{}")).toBe("200 answer to {}");
    expect(asked).toEqual(["https front {}"]);
  });

  it("lets nobody in without a token of today's, and asks the desk nothing", async () => {
    for (const wrong of [null, "", `${token}x`, token.toUpperCase(), "a".repeat(43)]) {
      expect(await send("{}", { token: wrong })).toBe("401");
    }
    const before = token;
    token = pairings.pair("front", nowMs) ?? "";
    expect(await send("{}", { token: before })).toBe("401");
    expect(await send("{}")).toBe("200 answer to {}");
    pairings.unpair("front");
    expect(await send("{}")).toBe("401");
    expect(asked).toEqual(["https front {}"]);
  });

  it("is nobody for a client that pins another certificate", async () => {
    const other = makeIdentity("127.0.0.1", nowMs).certificatePem;
    expect(await send("{}", { ca: other })).toMatch(/CERT|SIGNATURE/);
    expect(asked).toEqual([]);
  });

  it("hands what is no UTF-8 to the desk as nothing, and never with a letter replaced", async () => {
    expect(await send(Buffer.from([0x7b, 0xbd, 0xf0, 0x7d]))).toBe("200 answer to");
    expect(asked).toEqual(["https front "]);
  });

  it("refuses what is too large, elsewhere, or not sent to it", async () => {
    expect(await send("x".repeat(65_537))).toMatch(/^(?:413|ECONNRESET|EPIPE)$/);
    expect(await send("x".repeat(65_536))).toMatch(/^200/);
    expect([await send("{}", { path: "/" }), await send("", { method: "GET" })]).toEqual(["404", "405"]);
  });

  it("loses nothing with a connection that goes away, and answers the next one", async () => {
    expect(await send("wait", {}, true)).toBe("ECONNRESET");
    answers[0]?.("too late for this one");
    expect(await send("{}")).toBe("200 answer to {}");
  });

  it("bounds how often one old till asks, and lets it in again", async () => {
    for (let time = 0; time < 60; time += 1) await send("{}");
    expect(await send("{}")).toBe("429");
    clockMs += 10_000;
    expect(await send("{}")).toMatch(/^200/);
  });

  it("answers wrong tokens again and again by a bound, and an old till behind the same address all the same", async () => {
    const wrong = (): Promise<string> => send("{}", { token: "a".repeat(43) });
    for (let time = 0; time < 10; time += 1) expect(await wrong()).toBe("401");
    expect([await wrong(), await send("{}")]).toEqual(["429", "200 answer to {}"]);
    clockMs += 60_000;
    expect(await wrong()).toBe("401");
  });
});

describe("pairings", () => {
  it("are kept as hashes, found again after a restart, and at most sixteen", () => {
    const path = join(folder, "pairings.json");
    expect(readFileSync(path, "utf8")).not.toContain(token);
    const again = openPairings(path);
    expect([again.nameOf(token), again.nameOf("a".repeat(43))]).toEqual(["front", null]);
    for (let number = 2; number <= 16; number += 1) expect(again.pair(`till ${number}`, nowMs)).not.toBeNull();
    expect(again.pair("one too many", nowMs)).toBeNull();
    expect(again.pair("front", nowMs)).not.toBeNull();
    expect(openPairings(path).list()).toHaveLength(16);
  });

  it("of a damaged file are none", () => {
    writeFileSync(join(folder, "pairings.json"), "{");
    expect(openPairings(join(folder, "pairings.json")).list()).toEqual([]);
  });
});
