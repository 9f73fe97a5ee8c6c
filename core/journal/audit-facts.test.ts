import fc from "fast-check";
import { expect, it } from "vitest";
import { auditFacts } from "./audit-facts.ts";

const nobody = { personId: null, approverId: null, aboutId: null };
const nothing = { ...nobody, saleId: null, saleNumber: null, amountFen: null, note: null, noteEn: null };

it("says who gave a discount, by whose word, off which sale", () => {
  const event = { kind: "sale-discounted", discount: { kind: "percent", basisPoints: 5_000 } };
  const body = { saleId: "s1", cashierId: "c1", approvedBy: "m1", event };
  expect(auditFacts("discount-granted", body)).toEqual({
    ...nothing,
    ...{ personId: "c1", approverId: "m1", saleId: "s1", note: "5000‱", noteEn: "5000‱" },
  });
});

it("says of a change of somebody whom it was about and whose PIN it was", () => {
  const body = { cashierId: "c1", before: { name: "a" }, after: { name: "b" }, by: "m1" };
  expect(auditFacts("person-changed", body)).toEqual({ ...nothing, personId: "m1", aboutId: "c1", note: "b" });
});

it("names goods in both languages, and no sale by its id", () => {
  const line = { nameZh: "可乐", nameEn: "Cola" };
  expect(auditFacts("line-voided", { saleId: "s1", cashierId: "c1", line })).toMatchObject({
    note: "可乐",
    noteEn: "Cola",
  });
  const reason = "01890f4e-9c1b-7cc0-98c4-dc0c0c07398f";
  expect(auditFacts("drawer-opened", { jobId: "j", reason, cashierId: "c1" })).toMatchObject({ note: null });
  expect(auditFacts("drawer-opened", { jobId: "j", reason: "no-sale", cashierId: "c1" })).toMatchObject({
    note: "no-sale",
  });
});

it("makes something of whatever a body holds, and never more than a line", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (body, reason) => {
      const facts = auditFacts("any", typeof body === "object" && body !== null ? { ...body, reason } : body);
      expect(facts.note?.length ?? 0).toBeLessThanOrEqual(120);
      expect(facts.amountFen === null || Number.isSafeInteger(facts.amountFen)).toBe(true);
    }),
  );
});
