import type { Locale } from "#contract/config/terminal.ts";
import type { LineView, SaleView, TillView } from "#contract/ipc/till-view.ts";
import { addFen, fen, subtractFen, zeroFen, type Fen } from "#core/money/fen.ts";
import { priceOf } from "#core/quantity/price-of.ts";
import { milli, pieceCountOf, pieces, type Milli } from "#core/quantity/quantity.ts";
import { items } from "./answers.ts";

/** Views as main would send them, made of the demo store's goods. */

const nowMs = Date.now();

export function baseView(locale: Locale): TillView {
  return {
    shop: {
      nameZh: "蜂鸟便利 · 人民路店",
      nameEn: "Hummingbird Mart · Renmin Road",
      terminalId: "T01",
      locale,
      utcOffsetMinutes: 480,
      isDemo: true,
      isTraining: false,
      takesWechat: true,
      isWechatBroken: false,
      hasPrinter: true,
      hasDrawer: true,
    },
    session: {
      cashierId: "c1",
      name: locale === "en" ? "Li Na" : "李娜",
      role: "manager",
      isLocked: false,
      seesReports: true,
    },
    people: [
      {
        id: "c1",
        name: "李娜",
        role: "cashier",
        demoPin: "1111",
        lockedUntilMs: 0,
        hasPin: true,
        hasShownBadge: false,
      },
      {
        id: "c2",
        name: "陈大海",
        role: "manager",
        demoPin: "8888",
        lockedUntilMs: 0,
        hasPin: true,
        hasShownBadge: false,
      },
    ],
    shift: {
      shiftId: "shift-1",
      openedAtMs: nowMs - 3 * 3_600_000 - 12 * 60_000,
      openedByName: "李娜",
      businessDate: "2026-03-02",
      floatFen: fen(50_000),
    },
    sale: saleOf(0),
    payment: null,
    weighing: null,
    askedPrice: null,
    notices: [],
    held: [held("h1", "穿红衣的顾客", 4, 5680, 0, false), held("h2", "", 12, 23_450, 10_000, true)],
    lastSales: [
      {
        saleId: "s3",
        saleNumber: "T01-000122",
        completedAt: "2026-03-02T14:21:07+08:00",
        totalFen: fen(3500),
        changeFen: fen(1500),
      },
      {
        saleId: "s2",
        saleNumber: "T01-000121",
        completedAt: "2026-03-02T14:17:44+08:00",
        totalFen: fen(128_90),
        changeFen: zeroFen,
      },
      {
        saleId: "s1",
        saleNumber: "T01-000120",
        completedAt: "2026-03-02T14:09:13+08:00",
        totalFen: fen(680),
        changeFen: fen(320),
      },
    ],
    status: {
      devices: [
        { deviceId: "scanner", role: "scanner", state: "ready", reason: null, trouble: null },
        { deviceId: "printer", role: "printer", state: "ready", reason: null, trouble: null },
      ],
      drawer: null,
      receiptsWaiting: 0,
      gateway: { state: "online", sinceMs: nowMs - 60_000, clockOffsetMs: 0 },
      journalWaiting: 12,
    },
    openAttempts: [],
    connectionTest: { kind: "none" },
    reconciliation: null,
    reports: { exportShare: null, alarms: [] },
    sync: {
      ...{ state: "alone", sinceMs: 0, waiting: 0, lastAgreedAtMs: null, disagreedDates: [], trouble: null },
      ...{ withRelay: null, alarm: null, officeName: null, officeHost: null, keyGuard: null },
    },
  };
}

/** So many different items; the second is weighed, the third discounted. */
export function saleOf(count: number): SaleView {
  const lines = Array.from({ length: count }, (_, index) => {
    const item = items[(index * 37) % items.length];
    if (item === undefined) throw new Error("broken promise: the demo store has items");
    const quantity = item.unit === "kg" ? milli(845) : pieces((index % 3) + 1);
    const line = lineOf(index, item.nameZh, item.nameEn, item.unit, item.priceFen, quantity);
    return index % 7 === 2 ? discounted(line) : line;
  });
  return saleWith(lines);
}

export const longNameSale: SaleView = saleWith([
  lineOf(
    0,
    "特级初榨冷压有机橄榄油西班牙安达卢西亚原瓶进口家庭装礼盒大容量七百五十毫升两瓶装限量",
    "Extra virgin cold-pressed organic olive oil gift box 2 x 750 ml",
    "piece",
    fen(25_800),
    pieces(2),
  ),
  lineOf(1, "香", "X", "piece", fen(1), pieces(1)),
  discounted(
    lineOf(
      2,
      "农家散养土鸡蛋三十枚礼盒装新鲜直供当日达冷链配送包邮正宗散养柴鸡蛋",
      "Free-range country eggs, thirty in a gift box, delivered cold today",
      "piece",
      fen(5_990),
      pieces(12),
    ),
  ),
  lineOf(
    3,
    "进口智利车厘子特大果双层甄选",
    "Imported Chilean cherries, extra large, hand picked",
    "kg",
    fen(12_999),
    milli(12_345),
  ),
]);

export const thousandsSale: SaleView = saleWith([
  lineOf(0, "飞天茅台 53度 500ml", "Moutai 53% 500 ml", "piece", fen(149_900), pieces(667)),
  lineOf(1, "购物袋", "Carrier bag", "piece", fen(16_699), pieces(1)),
]);

export const sale = { times3: milli(3000) };

function lineOf(
  index: number,
  nameZh: string,
  nameEn: string,
  unit: "piece" | "kg",
  unitPriceFen: Fen,
  quantity: Milli,
): LineView {
  const grossFen = priceOf(unitPriceFen, quantity);
  return {
    lineId: `l${index}`,
    number: index + 1,
    nameZh,
    nameEn,
    unit,
    unitPriceFen,
    quantity,
    source: unit === "kg" ? "weighed-label" : "scan",
    isQuantityFixed: unit === "kg",
    weighing: null,
    discount: null,
    grossFen,
    discountFen: zeroFen,
    amountFen: grossFen,
  };
}

function discounted(line: LineView): LineView {
  const discountFen = fen(Math.floor(line.grossFen / 10));
  return {
    ...line,
    discount: { kind: "percent", basisPoints: 1000 },
    discountFen,
    amountFen: subtractFen(line.grossFen, discountFen),
  };
}

function saleWith(lines: readonly LineView[]): SaleView {
  const grossFen = addFen(...lines.map((line) => line.grossFen));
  const lineDiscountFen = addFen(...lines.map((line) => line.discountFen));
  return {
    saleId: "sale-1",
    lines,
    currentLineId: lines.at(-1)?.lineId ?? null,
    scanCount: lines.length,
    multiplier: null,
    pieceCount: lines.reduce((sum, line) => sum + pieceCountOf(line.quantity, line.unit), 0),
    grossFen,
    lineDiscountFen,
    saleDiscount: null,
    saleDiscountFen: zeroFen,
    rounding: "none",
    roundingFen: zeroFen,
    totalFen: subtractFen(grossFen, lineDiscountFen),
  };
}

function held(saleId: string, label: string, lineCount: number, total: number, paid: number, hasOpenAttempt: boolean) {
  return {
    saleId,
    label,
    heldAtMs: nowMs - 900_000,
    cashierName: "李娜",
    lineCount,
    totalFen: fen(total),
    paidFen: fen(paid),
    hasOpenAttempt,
    move: null,
  };
}
