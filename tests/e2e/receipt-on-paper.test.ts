import { afterEach, describe, expect, it } from "vitest";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { openSerialPrinter, type SerialPrinter } from "#tests/support/serial-printer.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";

let shop: Shop;
let printer: SerialPrinter;
let till: TillUnderTest;

afterEach(async () => {
  await till.close();
  await printer.unplug();
  await shop.close();
});

/**
 * The lines below are what the eye sees, character by character; `×` and `·` are as wide as a Chinese character on the
 * paper, so their lines seem one short. `isFlush` looks at the dots.
 *
 * Two cans and a bag of apples, ¥1.00 off the cans, the jiao kept, paid with a ¥50 note. What a person would work out:
 * 2 × 2.80 = 5.60, less 1.00; 0.856 kg at 13.80 is 11.81 as the scale's label says; a long name at 15.80. In all 32.21,
 * 抹零 takes 0.01, so 32.20 and 17.80 back.
 */
async function sellOnPaperOf(
  columns: 48 | 42 | 32,
): Promise<{ readonly number: string; readonly time: string; readonly hash: string }> {
  printer = await openSerialPrinter(columns);
  const transport = { kind: "serial", path: printer.path, baudRate: 115_200 } as const;
  shop = await openShop({ devices: { printer: { id: "printer-1", transport, columns, drawer: {} } } });
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till);
  await ringUp(till, "6920536011247", "6920536011247", "2110001011818", "6910111010871");
  const [cans] = (await till.view()).sale.lines;
  await till.send("discount-line", { lineId: cans?.lineId ?? "", discount: { kind: "amount", amountFen: 100 } });
  await till.send("set-rounding", { rounding: "jiao" });
  await till.send("take-payment", {});
  expect(await till.send("pay-cash", { receivedFen: 5_000 })).toEqual({ ok: true, value: null });
  await until("the receipt is on paper", async () => (await till.view()).payment?.done?.receipt === "printed");

  const saleId = (await till.view()).payment?.done?.saleId ?? "";
  const pin = till.pins.get("manager-1") ?? "";
  await till.send("sign-in", { cashierId: "manager-1", pin });
  const detail = await till.send("sale-detail", { saleId });
  if (!detail.ok) throw new Error(JSON.stringify(detail.fault));
  const { sale, journalHash } = detail.value;
  return { number: sale.saleNumber, time: sale.completedAt.slice(0, 19).replace("T", " "), hash: journalHash };
}

/** Whether every line that ends in an amount ends at the paper's edge. */
function isFlush(columns: number): boolean {
  const amounts = printer
    .decoded()
    .filter((one) => one.kind === "text" && /\d\.\d\d$/.test(one.runs.map((run) => run.text).join("")));
  return amounts.length === 9 && amounts.every((one) => one.kind === "text" && one.widthDots === columns * 12);
}

describe("A cash sale's receipt, read from the serial printer's bytes", () => {
  it("is on 80 mm paper what a person would read, with barcode, QR code, drawer pulse and cut", async () => {
    const { number, time, hash } = await sellOnPaperOf(48);
    const elements = printer.decoded();

    expect(number).toMatch(/^T01-\d{6,}$/);
    expect(plainLines(elements, 48)).toEqual([
      "              蜂鸟便利 · 人民路店",
      "              青禾区人民路 218 号",
      "              电话 0000-6218 0218",
      "",
      `单号${number.padStart(44)}`,
      `时间                         ${time}`,
      "收银机                                       T01",
      "收银员                                  收银员 1",
      "------------------------------------------------",
      "可口可乐 330ml罐",
      "  2 × 2.80                                 5.60",
      "  优惠                                     -1.00",
      "红富士苹果",
      "  0.856kg × 13.80                         11.81",
      "星巴克星冰乐咖啡饮料抹茶味 281ml瓶",
      "  1 × 15.80                               15.80",
      "------------------------------------------------",
      "件数                                           4",
      "小计                                       32.21",
      "抹零                                       -0.01",
      "合计             ￥32.20",
      "现金                                     ￥50.00",
      "找零                                     ￥17.80",
      "------------------------------------------------",
      "             谢谢惠顾，欢迎再次光临",
      `${" ".repeat((48 - number.length) >> 1)}${number}`,
      `               流水校验 ${hash.slice(0, 8)}`,
      ...["", "", "", "", ""],
    ]);
    expect(isFlush(48)).toBe(true);
    expect(elements.filter((element) => element.kind === "barcode")).toMatchObject([
      { symbology: "code128", text: number, align: "center", hri: "below" },
    ]);
    expect(elements.filter((element) => element.kind === "qr")).toMatchObject([
      { text: `tillway:${number}:3220:${hash.slice(0, 16)}`, level: "M", align: "center" },
    ]);
    expect(elements.filter((element) => element.kind === "drawer-pulse")).toEqual([
      { kind: "drawer-pulse", pin: 2, onMs: 50, offMs: 500 },
    ]);
    expect(elements.filter((element) => element.kind === "cut")).toEqual([{ kind: "cut", cut: "partial" }]);
    expect(elements.at(-1)?.kind === "cut" || elements.at(-1)?.kind === "drawer-pulse").toBe(true);
  });

  it("is on 58 mm paper the same in 32 columns", async () => {
    const { number, time, hash } = await sellOnPaperOf(32);

    expect(plainLines(printer.decoded(), 32)).toEqual([
      "      蜂鸟便利 · 人民路店",
      "      青禾区人民路 218 号",
      "      电话 0000-6218 0218",
      "",
      `单号${number.padStart(28)}`,
      `时间         ${time}`,
      "收银机                       T01",
      "收银员                  收银员 1",
      "--------------------------------",
      "可口可乐 330ml罐",
      "  2 × 2.80                 5.60",
      "  优惠                     -1.00",
      "红富士苹果",
      "  0.856kg × 13.80         11.81",
      "星巴克星冰乐咖啡饮料抹茶味 281ml",
      "瓶",
      "  1 × 15.80               15.80",
      "--------------------------------",
      "件数                           4",
      "小计                       32.21",
      "抹零                       -0.01",
      "合计     ￥32.20",
      "现金                     ￥50.00",
      "找零                     ￥17.80",
      "--------------------------------",
      "     谢谢惠顾，欢迎再次光临",
      `${" ".repeat((32 - number.length) >> 1)}${number}`,
      `       流水校验 ${hash.slice(0, 8)}`,
      ...["", "", "", "", ""],
    ]);
    expect(isFlush(32)).toBe(true);
    expect(printer.drawerKicks()).toBe(1);
  });
});
