import fc from "fast-check";
import { expect, it } from "vitest";
import { type DaySide, daySideSchema, toldDay } from "./agreement.ts";

const count = fc.nat({ max: 1_000_000 });
const anyDay: fc.Arbitrary<DaySide> = fc.record({
  businessDate: fc.constant("2026-03-02"),
  ...{ saleCount: count, salesFen: count, cashFen: count, wechatFen: count },
  ...{ staticCodeFen: fc.oneof(fc.constant(0), count), refundCount: count, refundFen: count },
  lastSaleHash: fc.constant("a3f1".repeat(16)),
});

/** As it was when there was no static code. */
const firstVersion = daySideSchema.omit({ staticCodeFen: true });

it("a told day is read as it was, and by the first version too unless something was paid to a printed code", () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const told: unknown = JSON.parse(JSON.stringify(toldDay(day)));
      expect(daySideSchema.parse(told)).toEqual(day);
      expect(firstVersion.safeParse(told).success).toBe(day.staticCodeFen === 0);
    }),
  );
});
