import { fen } from "#core/money/fen.ts";
import { describe, expect, it } from "vitest";
import { type Action, may, type Permission } from "./permissions.ts";

const discount = (kind: "discount-line" | "discount-sale", off: number, of: number): Action => {
  return { kind, discountFen: fen(off), ofFen: fen(of) };
};

const override = (from: number, to: number, isDiscounted = false): Action => {
  return { kind: "override-price", fromFen: fen(from), toFen: fen(to), isDiscounted };
};

const cases: readonly (readonly [string, Action, Permission])[] = [
  ["sell", { kind: "sell" }, "yes"],
  ["void an empty sale", { kind: "void-sale", lineCount: 0 }, "yes"],
  ["void a sale with a line", { kind: "void-sale", lineCount: 1 }, "needs-approval"],
  ["take exactly 20 % off a line", discount("discount-line", 200, 1_000), "yes"],
  ["take a fen more than 20 % off a line", discount("discount-line", 201, 1_000), "needs-approval"],
  ["take 20 % off a line where a fen cannot be split", discount("discount-line", 1, 4), "needs-approval"],
  ["take exactly 10 % off the sale", discount("discount-sale", 100_000_000, 1_000_000_000), "yes"],
  ["take a fen more than 10 % off the sale", discount("discount-sale", 100_000_001, 1_000_000_000), "needs-approval"],
  ["take anything off nothing", discount("discount-line", 1, 0), "needs-approval"],
  [
    "discount a line whose price was set by hand",
    { kind: "discount-line", discountFen: fen(1), ofFen: fen(100), isOverridden: true },
    "needs-approval",
  ],
  ["set a price a fifth lower", override(1_000, 800), "yes"],
  ["set a price more than a fifth lower", override(1_000, 799), "needs-approval"],
  ["set a higher price", override(1_000, 1_001), "needs-approval"],
  ["set a price beside a discount", override(1_000, 999, true), "needs-approval"],
  ["open a shift", { kind: "open-shift" }, "yes"],
  ["close the own shift", { kind: "close-shift", isOwn: true }, "yes"],
  ["close somebody's shift", { kind: "close-shift", isOwn: false }, "needs-approval"],
  ["see the own shift's totals", { kind: "see-shift-totals", isOwn: true }, "yes"],
  ["see somebody's shift totals", { kind: "see-shift-totals", isOwn: false }, "no"],
  ["give money back", { kind: "refund-sale", amountFen: fen(1) }, "needs-approval"],
  ["take goods back without a receipt", { kind: "return-without-receipt", amountFen: fen(1) }, "needs-approval"],
  ["reprint a receipt", { kind: "reprint-receipt" }, "yes"],
  ["open the drawer without a sale", { kind: "open-drawer" }, "needs-approval"],
  ["take a static code while the gateway is away", { kind: "take-static-code", isGatewayAway: true }, "yes"],
  ["take a static code otherwise", { kind: "take-static-code", isGatewayAway: false }, "needs-approval"],
  ["say what became of a static code", { kind: "settle-static-code" }, "needs-approval"],
  ["sell an expired pack", { kind: "sell-expired" }, "needs-approval"],
  ["put money into the drawer", { kind: "move-cash", move: "pay-in", amountFen: fen(100) }, "yes"],
  ["pay something from the drawer", { kind: "move-cash", move: "pay-out", amountFen: fen(100) }, "needs-approval"],
  ["carry cash to the safe", { kind: "move-cash", move: "safe-drop", amountFen: fen(100) }, "needs-approval"],
  ["read an X where counts are blind", { kind: "read-x-report", isOwn: true, isBlind: true }, "needs-approval"],
  ["read the own X where they are not", { kind: "read-x-report", isOwn: true, isBlind: false }, "yes"],
  ["read somebody's X", { kind: "read-x-report", isOwn: false, isBlind: false }, "needs-approval"],
  ["accept a count beyond the limit", { kind: "accept-variance" }, "needs-approval"],
  ["correct a closed shift", { kind: "correct-shift" }, "no"],
  ["see reports", { kind: "see-reports" }, "no"],
  ["export sales", { kind: "export-sales" }, "no"],
  ["resolve an attempt", { kind: "resolve-attempt" }, "no"],
  ["change the catalogue", { kind: "manage-catalog" }, "no"],
  ["change cashiers", { kind: "manage-cashiers" }, "no"],
  ["change settings", { kind: "change-settings" }, "no"],
];

describe("who may do what", () => {
  it.each(cases)("a cashier who wants to %s is answered as the shop decided", (_name, action, permission) => {
    expect(may("cashier", action)).toBe(permission);
  });

  it("lets a manager do everything", () => {
    expect(cases.filter(([, action]) => may("manager", action) !== "yes")).toEqual([]);
  });
});
