import { describe, expect, it } from "vitest";
import { mayShareLine, packStateOn, plainPack, saysAnything } from "./pack.ts";

describe("a pack on a shop's business day", () => {
  it.each([
    [{}, "good"],
    [{ expiresOn: "2026-11-26" }, "good"],
    [{ expiresOn: "2026-11-25" }, "expired"],
    [{ bestBefore: "2026-11-26" }, "good"],
    [{ bestBefore: "2026-11-25" }, "past-best-before"],
    [{ bestBefore: "2026-11-25", expiresOn: "2026-11-30" }, "past-best-before"],
    [{ bestBefore: "2026-11-30", expiresOn: "2025-12-31" }, "expired"],
    [{ expiresOn: "2099-01-01" }, "good"],
  ] as const)("with %j is %s", (dates, state) => {
    expect(packStateOn({ ...plainPack, ...dates }, "2026-11-26")).toBe(state);
  });

  it("stands on one line with its like, and alone where it has a number of its own", () => {
    const lotted = { ...plainPack, lot: "L1" };
    expect([
      mayShareLine(undefined, plainPack),
      mayShareLine(lotted, { ...lotted }),
      mayShareLine(lotted, undefined),
      mayShareLine(lotted, { ...lotted, expiresOn: "2026-11-26" }),
      mayShareLine({ ...lotted, serial: "1" }, { ...lotted, serial: "1" }),
    ]).toEqual([true, true, false, false, false]);
    expect([saysAnything(plainPack), saysAnything(lotted)]).toEqual([false, true]);
  });
});
