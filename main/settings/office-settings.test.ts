import { expect, it } from "vitest";
import { benchConfig } from "#tests/support/bench-shop.ts";
import { officeStore, withOfficeStore } from "./office-settings.ts";

const config = benchConfig({});

it("head office's footer stands on the receipt, and what it may not set or what is too long changes nothing", () => {
  const settings = new Map<string, string | number | boolean>([
    ["store.footerZh", "欢迎光临"],
    ["store.footerEn", "x".repeat(201)],
    ["store.code", "XX99"],
    ["terminalId", "T99"],
  ]);
  expect(withOfficeStore(config, officeStore(settings))).toEqual({
    ...config,
    store: { ...config.store, footerZh: "欢迎光临" },
  });
});

it("a shop of which head office has set nothing is as terminal.json says", () => {
  expect(withOfficeStore(config, officeStore(new Map()))).toEqual(config);
});
