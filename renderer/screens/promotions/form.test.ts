import { describe, expect, it } from "vitest";
import type { ItemView } from "#contract/ipc/manager-view.ts";
import { promotionSchema } from "#contract/promotion/promotion-schema.ts";
import { fen } from "#core/money/fen.ts";
import { exampleOf } from "./example.ts";
import { dealKinds, emptyForm, formOf, type PromotionForm, readForm } from "./form.ts";

const filled: PromotionForm = {
  ...emptyForm("p1"),
  ...{ nameZh: "促销", nameEn: "Offer", count: "3", payFor: "2", percent: "12.5", amount: "9.90", threshold: "40" },
  ...{ isForAll: true, fromDate: "2026-11-01", toDate: "2026-11-30", weekdays: [7, 6], fromTime: "18:00" },
  ...{ toTime: "00:00", isMemberOnly: true, couponKind: "numbered", couponText: "YH05" },
};

const item = (sku: string, priceFen: number): ItemView => {
  return { sku, nameZh: sku, nameEn: sku, categoryId: "drinks", unit: "piece", priceFen: fen(priceFen) };
};

describe("a promotion's form", () => {
  it.each(dealKinds)("of kind %s is a promotion that main takes, and the same form again", (kind) => {
    const read = readForm({ ...filled, kind });
    if (!read.ok) throw new Error(read.fault);
    expect(promotionSchema.safeParse(read.value).success).toBe(true);
    expect(readForm(formOf(read.value))).toEqual(read);
  });

  it.each([
    ["name", { nameZh: " ", nameEn: "" }],
    ["count", { kind: "n-for-m", count: "1" }],
    ["count", { kind: "n-for-price", count: "two" }],
    ["pay-for", { kind: "n-for-m", payFor: "3" }],
    ["percent", { kind: "percent-off", percent: "100.01" }],
    ["percent", { kind: "nth-off", percent: "" }],
    ["amount", { kind: "fixed-price", amount: "0" }],
    ["threshold", { kind: "spend-off", threshold: "" }],
    ["scope", { isForAll: false }],
    ["dates", { toDate: "2026-10-31" }],
    ["hours", { toTime: "" }],
    ["hours", { toTime: "18:00" }],
    ["coupon", { couponText: "券" }],
  ] as const)("says that its %s is wrong", (fault, part) => {
    expect(readForm({ ...filled, ...part })).toEqual({ ok: false, fault });
  });
});

describe("the example beside it", () => {
  const of = (kind: PromotionForm["kind"], ...items: readonly ItemView[]) => {
    const read = readForm({ ...filled, kind });
    return read.ok ? exampleOf(read.value, items) : null;
  };

  it.each(dealKinds)(
    "shows that kind %s saves something, also where it needs a member, a coupon or another hour",
    (kind) => {
      const example = of(kind, item("a", 1_500), item("b", 1_200));
      expect(example?.savedFen).toBeGreaterThan(0);
      expect(example?.totalFen).toBe((example?.grossFen ?? 0) - (example?.savedFen ?? 0));
    },
  );

  it("needs goods", () => {
    expect(of("percent-off")).toBeNull();
  });
});
