import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScrubber } from "./scrub.ts";

const personal = ["王小明", "Alice Sun", "13812341234", "M20000000000001"];
const scrub = createScrubber({ personal, errorCodes: new Set(["ENOSPC", "ECONNREFUSED"]) });
const at = "2026-11-27T03:00:00.000Z";
const line = (facts: object): string =>
  JSON.stringify({ at, level: "warn", area: "till", what: "worker lost", ...facts });
const scrubbed = (facts: object): unknown => JSON.parse(scrub(line(facts)) ?? "null");

describe("A line that is worth reading", () => {
  it("keeps what happened, how often and by which error", () => {
    const facts = { job: "verify-journal", tries: 2, reason: "silent for 20000ms", durationMs: 20_153 };
    expect(scrubbed(facts)).toEqual({ at, level: "warn", area: "till", what: "worker lost", ...facts });
  });

  it("keeps an error's kind, words and frames, without where the till lies", () => {
    const stack = [
      "Error: Cannot write /srv/alice/till",
      "    at StoredPrintQueue.#sendNext (file:///srv/alice/tillway/out/main/app.js:120:7)",
      "    at async open (/srv/alice/tillway/out/main/parts/store-a1.js:9:13)",
      "    at node:internal/main.js:4:5",
    ].join("\n");
    expect(
      scrubbed({ cause: { name: "Error", message: "ENOSPC: no space left on device, write", stack } }),
    ).toMatchObject({
      cause: {
        name: "Error",
        message: "ENOSPC: no space left on device, write",
        stack: "at StoredPrintQueue.#sendNext (app.js:120:7)\nat open (store-a1.js:9:13)\nat  (main.js:4:5)",
      },
    });
  });

  it("keeps versions and days", () => {
    expect(scrubbed({ from: "1.2.3", to: "1.10.0", day: "2026-11-26" })).toMatchObject({
      ...{ from: "1.2.3", to: "1.10.0", day: "2026-11-26" },
    });
  });
});

describe("What is nobody's business", () => {
  it("is a fact of a name that is not on the list, whatever it holds", () => {
    expect(
      scrubbed({ outTradeNo: "abc", serials: ["x"], url: "https://shop", pin: "a", hidden: { deep: "word" } }),
    ).toEqual(scrubbed({}));
  });

  it.each([
    ["a payment code", "134567890123456789"],
    ["a phone number", "13900001111"],
    ["a PIN", "4821"],
    ["an API v3 key", "abcdefghijklmnopqrstuvwxyzabcdef"],
    ["a v2 key", "0123456789ABCDEF0123456789ABCDEF"],
    ["a badge", "TWB0000000000000042"],
    ["an openid", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"],
    ["an enrolment code", "QWERTZUIOP"],
    ["an authorization header", 'WECHATPAY2-SHA256-RSA2048 mchid="1900000109",signature="dGhpcw=="'],
    ["a bearer's token", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc"],
    ["a name in Chinese", "李雷"],
    ["a name of a member", "Alice"],
    ["a name in small letters", "alice"],
    ["somebody unknown", "Robert"],
    ["an e-mail address", "someone@shop.example"],
    ["a bank card", "6222020200112230000"],
    ["a file of somebody's", "/srv/robert/desktop"],
  ])("is %s, in any fact and event", (_what, secret) => {
    const stack = `Error: ${secret}\n    at ${secret} (file:///x/${secret}:1:2)\n    at ${secret} (x.js:1:2)`;
    for (const facts of [
      { what: `heard ${secret} there` },
      { area: secret, level: secret, at: secret },
      { message: `it was ${secret}.`, detail: secret, code: secret, reason: [`(${secret})`] },
      { cause: { name: secret, message: secret, stack, cause: { message: `"${secret}"` } } },
      { [secret]: secret },
    ]) {
      const text = scrub(line(facts)) ?? "";
      expect(text).not.toContain(secret);
      expect(text).not.toContain(secret.slice(0, 10));
    }
  });

  it("is a PIN or a phone number as a number, but not how long something took", () => {
    expect(scrubbed({ reason: 4_821, count: 13_812_341_234, tookMs: 12_345 })).toEqual({
      ...(scrubbed({}) as object),
      tookMs: 12_345,
    });
  });

  it("is a line that is none of ours", () => {
    expect([scrub("plain words 13812341234"), scrub('["13812341234"]'), scrub("{"), scrub("")]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

it("No digits of five and more, and no key, get through in any encoding", () => {
  const digits = fc.stringMatching(/^\d{5,20}$/);
  const key = fc.stringMatching(/^[A-Za-z0-9+/]{16,64}$/).filter((text) => /[A-Z0-9+/]/.test(text.slice(1)));
  const around = fc.stringMatching(/^[a-z :,."'()]{0,12}$/);
  fc.assert(
    fc.property(fc.oneof(digits, key), around, around, (secret, before, after) => {
      const hex = [...secret].map((letter) => letter.charCodeAt(0).toString(16)).join("");
      const base64 = btoa(secret);
      for (const form of [secret, hex, base64]) {
        const text =
          scrub(line({ message: `${before} ${form} ${after}`, cause: { message: `${before}=${form}` } })) ?? "";
        // The line's own time has digits, too.
        expect(text.replace(at, "")).not.toContain(form.slice(0, 8));
      }
    }),
    { numRuns: 500 },
  );
});
