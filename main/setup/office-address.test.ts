import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readOfficeAddress, readRelayAddress } from "./office-address.ts";

describe("The address of head office", () => {
  it.each([
    ["hq.example.com", "https://hq.example.com"],
    ["  https://HQ.example.com/ ", "https://hq.example.com"],
    ["hq.example.com:8443", "https://hq.example.com:8443"],
    ["http://127.0.0.1:8790", "http://127.0.0.1:8790"],
    ["http://localhost:8790/", "http://localhost:8790"],
    ["http://[::1]:8790", "http://[::1]:8790"],
    ["https://总部.example.cn", "https://xn--h9tn79h.example.cn"],
  ])("%j is %j", (typed, origin) => {
    expect(readOfficeAddress(typed)).toEqual({ ok: true, value: origin });
  });

  it.each([
    ["", "empty"],
    ["   ", "empty"],
    ["ftp://hq.example.com", "not-an-address"],
    ["file:///etc/passwd", "not-an-address"],
    ["hq example com", "not-an-address"],
    [`https://${"a".repeat(260)}.com`, "not-an-address"],
    ["http://hq.example.com", "not-secure"],
    ["http://127.0.0.1.example.com", "not-secure"],
    ["http://192.168.1.9:8790", "not-secure"],
    ["https://me:secret@hq.example.com", "has-credentials"],
    ["https://hq.example.com/v1", "has-path"],
    ["https://hq.example.com/?shop=1", "has-path"],
    ["https://hq.example.com/#x", "has-path"],
  ])("%j is refused: %s", (typed, problem) => {
    expect(readOfficeAddress(typed)).toEqual({ ok: false, fault: problem });
  });

  it("is never plain http to another machine, whatever is typed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string(), fc.ipV4(), fc.ipV6()), (typed) => {
        const read = readOfficeAddress(`http://${typed.replace(/^https?:\/\//, "")}`);
        if (!read.ok) return;
        const host = new URL(read.value).hostname;
        expect(host === "localhost" || host === "[::1]" || host.startsWith("127.")).toBe(true);
      }),
    );
  });

  it("is the same when it is read again", () => {
    fc.assert(
      fc.property(fc.domain(), fc.nat(65_535), (domain, port) => {
        const read = readOfficeAddress(`${domain}:${port}`);
        if (read.ok) expect(readOfficeAddress(read.value)).toEqual(read);
      }),
    );
  });
});

describe("The address of the shop's relay", () => {
  it.each([
    ["", null],
    ["  ", null],
    ["192.168.1.20:8460", "http://192.168.1.20:8460"],
    ["10.0.0.5", "http://10.0.0.5"],
    ["172.31.0.5:8460", "http://172.31.0.5:8460"],
    ["127.0.0.1:8460", "http://127.0.0.1:8460"],
    ["192.168.1.20:443", "http://192.168.1.20:443"],
    ["http://192.168.1.20:8460/", "http://192.168.1.20:8460"],
    ["https://192.168.1.20:8460", "https://192.168.1.20:8460"],
    ["relay.example.com", "https://relay.example.com"],
    ["172.32.0.5", "https://172.32.0.5"],
  ])("%j is %j", (typed, origin) => {
    expect(readRelayAddress(typed)).toEqual({ ok: true, value: origin });
  });

  it.each([
    ["http://relay.example.com", "not-secure"],
    ["http://8.8.8.8:8460", "not-secure"],
    ["http://172.32.0.5", "not-secure"],
    ["http://192.168.1.20.example.com", "not-secure"],
    ["ftp://192.168.1.20", "not-an-address"],
    ["192.168.1.20 8460", "not-an-address"],
    ["192.168.1.999", "not-an-address"],
    ["192.168.1.20:84600", "not-an-address"],
    [`https://${"a".repeat(260)}.com`, "not-an-address"],
    ["http://me:secret@192.168.1.20", "has-credentials"],
    ["192.168.1.20:8460/v1/relay", "has-path"],
  ])("%j is refused: %s", (typed, problem) => {
    expect(readRelayAddress(typed)).toEqual({ ok: false, fault: problem });
  });
});
