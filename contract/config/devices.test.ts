import { describe, expect, it } from "vitest";
import { printerSchema } from "./devices.ts";
import { printerProfiles } from "./printer-profiles.ts";

const transport = { kind: "virtual" } as const;

describe("a printer in terminal.json", () => {
  it("has what its profile says wherever the file says nothing", () => {
    const printer = printerSchema.parse({ id: "p", transport, profile: "zj-58", cut: "full", columns: 48 });
    expect(printer).toEqual({
      ...{ id: "p", transport, profile: "zj-58", columns: 48, chinese: "gbk", fourByte: false, codePage: "none" },
      ...{ otherCharacters: "raster", qr: "raster", barcode: "native", cut: "full" },
      ...{ answersStatus: false, confirms: "never", logo: "" },
    });
  });

  it("without a profile is the plain 80 mm printer, as `generic-80` is", () => {
    const plain = printerSchema.parse({ id: "p", transport });
    expect(printerSchema.parse({ id: "p", transport, profile: "generic-80" })).toEqual({
      ...plain,
      profile: "generic-80",
    });
  });

  it.each(Object.keys(printerProfiles))("of the profile %s is whole", (profile) => {
    expect(printerSchema.safeParse({ id: "p", transport, profile }).error).toBeUndefined();
  });

  it("of the operating system is the default one where it has no name, and opens no drawer", () => {
    const system = { kind: "system" };
    expect(printerSchema.parse({ id: "p", transport: system }).transport).toEqual({ kind: "system", name: "" });
    const { error } = printerSchema.safeParse({ id: "p", transport: system, drawer: {} });
    expect(error?.issues).toMatchObject([{ path: ["drawer"], message: /opens no drawer/ }]);
  });

  const wrong: readonly unknown[] = [
    ...[null, "printer", { id: "p", transport, profile: "toString" }, { id: "p", transport, columns: 40 }],
    // No name at all, and what cannot be made one.
    ...[
      { id: "p", transport, profile: {} },
      { id: "p", transport, profile: { toString: 1, valueOf: 1 } },
    ],
  ];
  it.each(wrong)("that is %j is refused", (given) => {
    // What a file may hold is not what the types allow.
    expect(printerSchema.safeParse(given as never).success).toBe(false);
  });
});
