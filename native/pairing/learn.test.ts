import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { learnFrom } from "./learn.ts";

const code = "TILLWAY-7K3Q";

function bytes(text: string): Uint8Array {
  return Buffer.from(text, "latin1");
}

/** As a line of seven data bits and a parity bit is heard with eight and none. */
function sevenBits(text: string, parity: "even" | "odd"): Uint8Array {
  return bytes(text).map((byte) => {
    const ones = byte.toString(2).replaceAll("0", "").length;
    return (ones % 2 === 0) === (parity === "even") ? byte : byte | 0x80;
  });
}

const plain = { kind: "match", dataBits: 8, parity: "none", aim: null, prefix: "", suffix: "none" } as const;

describe("What one scan of the pairing code says about the scanner", () => {
  it("is its suffix, its prefix and whether it sends identifiers, in either order", () => {
    expect(learnFrom(bytes(code), code)).toEqual(plain);
    expect(learnFrom(bytes(`${code}\r`), code)).toEqual({ ...plain, suffix: "cr" });
    expect(learnFrom(bytes(`${code}\r\n`), code)).toEqual({ ...plain, suffix: "crlf" });
    expect(learnFrom(bytes(`\u0002${code}\u0003`), code)).toEqual({ ...plain, suffix: "etx" });
    expect(learnFrom(bytes(`]C0${code}\t`), code)).toEqual({ ...plain, aim: "]C0", suffix: "tab" });
    expect(learnFrom(bytes(`#]Q1${code}\n`), code)).toEqual({ ...plain, aim: "]Q1", prefix: "#", suffix: "lf" });
    expect(learnFrom(bytes(`]Q1#${code}\n`), code)).toEqual({ ...plain, aim: "]Q1", prefix: "#", suffix: "lf" });
  });

  it("is the last of several scans, also after the rest of another code", () => {
    expect(learnFrom(bytes(`01234\r${code}\r${code}\r`), code)).toEqual({ ...plain, suffix: "cr" });
  });

  it.each(["even", "odd"] as const)("is its parity, where it sends seven bits and %s parity", (parity) => {
    expect(learnFrom(sevenBits(`]C0${code}\r\n`, parity), code)).toEqual({
      ...{ kind: "match", dataBits: 7, parity, aim: "]C0", prefix: "", suffix: "crlf" },
    });
  });

  it("is what cannot be taken away: a long prefix, or letters after the code", () => {
    expect(learnFrom(bytes(`SCANNER-01:${code}\r`), code)).toEqual({
      ...{ kind: "unfit", why: "long-prefix", extra: "SCANNER-01:" },
    });
    expect(learnFrom(bytes(`${code}*\r`), code)).toEqual({ kind: "unfit", why: "printable-suffix", extra: "*\r" });
  });

  it("is only that it reads another code, or nothing at this speed", () => {
    expect(learnFrom(bytes("6920536012350\r"), code)).toEqual({ kind: "another-code" });
    expect(learnFrom(sevenBits("6920536012350\r", "even"), code)).toEqual({ kind: "another-code" });
    expect(learnFrom(Uint8Array.of(0x00, 0xf8, 0x80, 0x00, 0xe6), code)).toEqual({ kind: "noise" });
    expect(learnFrom(Uint8Array.of(), code)).toEqual({ kind: "noise" });
  });

  it("never throws, and finds the code only where it is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (noise) => {
        const learned = learnFrom(noise, code);
        expect(learned.kind === "match" || learned.kind === "unfit").toBe(
          Buffer.from(noise.map((byte) => byte & 0x7f))
            .toString("latin1")
            .includes(code),
        );
      }),
    );
  });
});
