import { afterEach, describe, expect, it } from "vitest";
import { devicesSchema } from "#contract/config/devices.ts";
import { chips, cola } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

const pole = (chinese: "none" | "gb18030") =>
  devicesSchema.parse({
    poleDisplay: { id: "p", transport: { kind: "tcp", host: "127.0.0.1", port: 1 }, protocol: "cd5220", chinese },
    scale: { id: "s", transport: { kind: "tcp", host: "127.0.0.1", port: 1 }, protocol: "cas-22" },
  });

let bench: TillBench;
afterEach(() => bench.close());
const shown = () => bench.poleShows.at(-1);

describe("the pole display", () => {
  it("follows a sale from the shop's name to the change, in the words of the customer's window", async () => {
    bench = await openTillBench({ config: { devices: pole("none") } }).atWork();
    expect(shown()).toEqual({ upper: "Lin's Store", lower: "", digits: "", lamp: "none" });
    await bench.scan(chips);
    await bench.scan(cola);
    const total = "Total          13.50";
    expect(shown()).toEqual({ upper: "Coca-Cola 500 m 3.50", lower: total, digits: "3.50", lamp: "price" });
    await bench.scan(chips);
    expect(shown()).toMatchObject({ upper: "Lay's Classic  20.00", lower: "Total          23.50", digits: "20.00" });
    await bench.must("take-payment", {});
    const due = { upper: "Total          23.50", lower: "To pay         23.50", digits: "23.50", lamp: "total" };
    expect(shown()).toEqual(due);
    await bench.must("pay-cash", { receivedFen: 5000 });
    expect(shown()).toEqual({ upper: "Change         26.50", lower: "Thank you", digits: "26.50", lamp: "change" });
    await bench.must("next-sale", {});
    expect(shown()).toMatchObject({ upper: "Lin's Store", lamp: "none" });
    expect(bench.poleShows.flatMap(({ upper, lower }) => [upper, lower]).filter((row) => row.length > 20)).toEqual([]);
  });

  it("shows goods on the scale with their weight and price before they are rung up", async () => {
    bench = await openTillBench({ config: { devices: pole("none") } }).atWork();
    await bench.must("add-item", { sku: "apple", quantity: 1000, by: "tile" });
    await bench.weigh(845);
    await bench.weigh(845);
    expect(shown()).toEqual({ upper: "Apples", lower: "0.845kg        10.98", digits: "10.98", lamp: "price" });
  });

  it("speaks Chinese only where its firmware does, two columns a character", async () => {
    bench = await openTillBench({ config: { devices: pole("gb18030") } }).atWork();
    await bench.scan(cola);
    expect(shown()).toMatchObject({ upper: "可口可乐 500ml  3.50", lower: "合计            3.50" });
  });

  it("is told nothing where there is none, and nothing twice", async () => {
    bench = await openTillBench().atWork();
    await bench.scan(cola);
    expect(bench.poleShows).toEqual([]);
    bench.close();
    bench = await openTillBench({ config: { devices: pole("none") } }).atWork();
    const before = bench.poleShows.length;
    await bench.must("set-locale", { locale: "en" });
    expect(bench.poleShows.length).toBe(before);
  });
});
