import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defaultRights } from "#core/access/rights.ts";
import type { PeoplePageView } from "#contract/ipc/people-intents.ts";
import { chips, people } from "#tests/support/bench-shop.ts";
import { type EntryOfTest, filesHold, journalEntries } from "#tests/support/journal-bodies.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

const { cashier, second, manager } = people;
const approvalPin = manager.pin;
let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

type Sent = Promise<{ readonly ok: boolean; readonly fault?: { readonly kind: string } }>;
const refused = async (sent: Sent): Promise<string> => {
  const result = await sent;
  return result.ok ? "done" : (result.fault?.kind ?? "");
};
const managerComes = () => bench.must("sign-in", { cashierId: manager.id, pin: manager.pin });
const cashierComes = () => bench.must("sign-in", { cashierId: cashier.id, pin: cashier.pin });
const named = (page: PeoplePageView, name: string) => page.people.find((one) => one.name === name);
const journal = (): readonly EntryOfTest[] => journalEntries(bench.directory);
const kinds = (): readonly string[] => journal().map(({ kind }) => kind);

describe("people", () => {
  it("are a manager's to change, by a manager's PIN even then", async () => {
    expect(await refused(bench.send("people-page", {}))).toBe("not-allowed");
    expect(await refused(bench.send("add-person", { name: "新人", role: "manager", approvalPin }))).toBe("not-allowed");
    await managerComes();
    const wrong = { name: "新人", role: "cashier", approvalPin: "0000" } as const;
    expect(await refused(bench.send("add-person", wrong))).toBe("approval-refused");
  });

  it("are added without a PIN, get one, and work", async () => {
    await managerComes();
    const page = await bench.must("add-person", { name: "周小兰", role: "lead", approvalPin });
    const added = named(page, "周小兰");
    expect(added).toMatchObject({ role: "lead", isOffice: false, isActive: true, hasPin: false, badgeSinceMs: null });
    const cashierId = added?.id ?? "";
    await bench.must("set-pin", { cashierId, pin: "4321", approvalPin });
    await bench.must("sign-in", { cashierId, pin: "4321" });
    expect(bench.shown.session).toMatchObject({ name: "周小兰", role: "lead" });
    expect(await refused(bench.send("people-page", {}))).toBe("not-allowed");
  });

  it("are renamed and given another role, which holds at once and over a restart", async () => {
    await managerComes();
    await bench.must("change-person", { cashierId: second.id, name: "陈晨晨", role: "manager", approvalPin });
    expect(journal().at(-1)).toMatchObject({
      kind: "person-changed",
      body: {
        before: { name: second.name, role: "cashier" },
        after: { name: "陈晨晨", role: "manager" },
        by: manager.id,
      },
    });
    await bench.crash();
    await bench.must("sign-in", { cashierId: second.id, pin: second.pin });
    expect(bench.shown.session).toMatchObject({ name: "陈晨晨", role: "manager" });
  });

  it("are sent away and let in again; what they sold stays theirs", async () => {
    await bench.scan(chips);
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 1000 });
    await managerComes();
    await bench.must("set-person-active", { cashierId: cashier.id, isActive: false, approvalPin });
    expect(bench.shown.people.map(({ id }) => id)).not.toContain(cashier.id);
    expect(await refused(bench.send("sign-in", { cashierId: cashier.id, pin: cashier.pin }))).toBe("not-allowed");
    expect(bench.sales()).toMatchObject([{ cashierName: cashier.name }]);
    await bench.must("set-person-active", { cashierId: cashier.id, isActive: true, approvalPin });
    await cashierComes();
  });

  it("always keep a manager who can sign in", async () => {
    await managerComes();
    const last = await bench.must("people-page", {});
    expect(last.people.filter(({ isLastManager }) => isLastManager).map(({ id }) => id)).toEqual([manager.id]);
    const away = { cashierId: manager.id, isActive: false, approvalPin };
    expect(await refused(bench.send("set-person-active", away))).toBe("last-manager");
    const demoted = { cashierId: manager.id, name: manager.name, role: "lead", approvalPin } as const;
    expect(await refused(bench.send("change-person", demoted))).toBe("last-manager");
    // A second manager counts once they have a PIN, and not before.
    const page = await bench.must("add-person", { name: "副店长", role: "manager", approvalPin });
    expect(await refused(bench.send("set-person-active", away))).toBe("last-manager");
    await bench.must("set-pin", { cashierId: named(page, "副店长")?.id ?? "", pin: "7777", approvalPin });
    expect(await refused(bench.send("set-person-active", away))).toBe("done");
    expect(bench.shown.session).toBeNull();
  });

  it("are told apart by name", async () => {
    await managerComes();
    expect(await refused(bench.send("add-person", { name: cashier.name, role: "cashier", approvalPin }))).toBe(
      "name-taken",
    );
  });

  it("of head office keep the name and role it gave them", async () => {
    bench.store.sync.applyFeed(
      "people",
      [{ kind: "person", id: "o1", rev: 1, value: { name: "总部人", role: "cashier" } }],
      1,
      false,
    );
    await managerComes();
    const away = { cashierId: "o1", isActive: false, approvalPin };
    expect(await refused(bench.send("set-person-active", away))).toBe("person-of-office");
    expect(named(await bench.must("people-page", {}), "总部人")).toMatchObject({ isOffice: true });
    await bench.must("set-pin", { cashierId: "o1", pin: "5151", approvalPin });
  });
});

describe("rights", () => {
  const save = (
    right: "refund-sale" | "void-sale" | "reprint-receipt" | "see-reports",
    grant: "yes" | "no",
    limit: number | null,
  ) => bench.send("save-rights", { changes: [{ role: "cashier", right, grant, limit }], approvalPin });

  it("hold from the moment they are set, over a restart too, and are journaled with what was before", async () => {
    await bench.scan(chips);
    expect(await refused(bench.send("void-sale", {}))).toBe("approval-needed");
    await managerComes();
    await save("void-sale", "yes", null);
    expect(journal().at(-1)).toMatchObject({
      kind: "rights-changed",
      body: {
        changes: [
          { role: "cashier", right: "void-sale", before: { grant: "needs-approval" }, after: { grant: "yes" } },
        ],
      },
    });
    await bench.crash();
    await cashierComes();
    expect(await refused(bench.send("void-sale", {}))).toBe("done");
  });

  it("that are taken away are refused even with a manager's PIN", async () => {
    await managerComes();
    await save("void-sale", "no", null);
    await cashierComes();
    await bench.scan(chips);
    expect(await refused(bench.send("void-sale", { approvalPin }))).toBe("not-allowed");
  });

  it("let a cashier give back up to the limit alone, and not a fen more", async () => {
    await bench.scan(chips);
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 1000 });
    const [sale] = bench.sales();
    await managerComes();
    await save("refund-sale", "yes", 300);
    await cashierComes();
    const refund = (amountFen: number) =>
      bench.send("refund-sale", {
        ...{ requestId: `r${amountFen}`, saleId: sale?.saleId ?? "", tenderId: sale?.tenders[0]?.tenderId ?? "" },
        ...{ amountFen, reason: "" },
      });
    expect(await refused(refund(301))).toBe("approval-needed");
    expect(await refused(refund(300))).toBe("done");
  });

  it("decide over reprints and the day's figures", async () => {
    await bench.scan(chips);
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 1000 });
    const saleId = bench.sales()[0]?.saleId ?? "";
    expect(bench.shown.session?.seesReports).toBe(false);
    await managerComes();
    await save("reprint-receipt", "no", null);
    await save("see-reports", "yes", null);
    await cashierComes();
    expect(await refused(bench.send("reprint-receipt", { saleId }))).toBe("not-allowed");
    expect(await refused(bench.send("day", { businessDate: null }))).toBe("done");
    expect(bench.shown.session?.seesReports).toBe(true);
  });

  it("change all together or not at all", async () => {
    await managerComes();
    const changes = [
      { role: "lead", right: "void-sale", grant: "no", limit: null },
      { role: "lead", right: "pay-out", grant: "yes", limit: null },
    ] as const;
    expect(await refused(bench.send("save-rights", { changes: [...changes], approvalPin }))).toBe("limit-out-of-range");
    expect((await bench.must("people-page", {})).rights).toEqual(defaultRights);
  });
});

describe("a manager's word", () => {
  const off = (basisPoints: number, pin?: string) =>
    bench.send("discount-sale", {
      discount: { kind: "percent", basisPoints },
      ...(pin === undefined ? {} : { approvalPin: pin }),
    });

  it("covers the one amount it was given for, once: another one, or the same again, asks anew", async () => {
    await bench.scan(chips);
    expect(await refused(off(5_000))).toBe("approval-needed");
    expect(await refused(off(5_000, approvalPin))).toBe("done");
    expect(await refused(off(6_000))).toBe("approval-needed");
    await bench.must("discount-sale", { discount: null });
    expect(await refused(off(5_000))).toBe("approval-needed");
  });

  it("is not a cashier's or a lead's", async () => {
    await bench.scan(chips);
    expect(await refused(off(5_000, second.pin))).toBe("approval-refused");
  });

  it("does not reach a cart that changed while it was given", async () => {
    await bench.scan(chips);
    const [granted] = await Promise.all([off(5_000, approvalPin), bench.scan(chips)]);
    expect(granted).toMatchObject({ ok: false, fault: { kind: "cart-busy" } });
  });
});

describe("a badge", () => {
  const badgeFor = async (cashierId: string): Promise<string> => {
    await managerComes();
    await bench.must("make-badge", { cashierId, approvalPin });
    const code = bench.slips.at(-1)?.find((line) => line.kind === "barcode");
    return code?.kind === "barcode" ? code.text : "";
  };

  it("signs in, and over whoever is signed in, with the cart kept", async () => {
    const badge = await badgeFor(second.id);
    await cashierComes();
    await bench.scan(chips);
    await bench.scan(badge);
    expect(bench.shown.session).toMatchObject({ cashierId: second.id });
    expect(bench.shown.sale.lines).toHaveLength(1);
    await bench.must("sign-out", {});
    await bench.scan(badge.toLowerCase());
    expect(bench.shown.session).toMatchObject({ cashierId: second.id });
  });

  it("is taken for no product, shown on no screen, and stands in no book", async () => {
    const badge = await badgeFor(cashier.id);
    await bench.scan(badge);
    await bench.scan("TWB9999999999999999");
    expect(bench.shown.notices).toMatchObject([{ kind: "badge-refused", why: "unknown" }]);
    const said = JSON.stringify([bench.patches, bench.displays, journal(), bench.logged, bench.faults]);
    expect(said).not.toMatch(/TWB\d/);
    expect(filesHold(bench.directory, badge.slice(3))).toBe(false);
  });

  it("that was lost opens nothing any more, nor does one that was made anew", async () => {
    const old = await badgeFor(cashier.id);
    const fresh = await badgeFor(cashier.id);
    await bench.must("sign-out", {});
    await bench.scan(old);
    expect(bench.shown.session).toBeNull();
    await bench.scan(fresh);
    expect(bench.shown.session).toMatchObject({ cashierId: cashier.id });
    await managerComes();
    await bench.must("revoke-badge", { cashierId: cashier.id, approvalPin });
    await bench.must("sign-out", {});
    await bench.scan(fresh);
    expect(bench.shown.session).toBeNull();
    await managerComes();
    expect(await refused(bench.send("revoke-badge", { cashierId: cashier.id, approvalPin }))).toBe("no-badge");
  });

  it("of somebody who was sent away opens nothing", async () => {
    const badge = await badgeFor(second.id);
    await bench.must("set-person-active", { cashierId: second.id, isActive: false, approvalPin });
    await bench.must("sign-out", {});
    await bench.scan(badge);
    expect(bench.shown.session).toBeNull();
  });

  it("asks for the PIN too where the shop wants both", async () => {
    const badge = await badgeFor(second.id);
    await bench.must("save-access", { lockMinutes: 0, badgeNeedsPin: true, approvalPin });
    await cashierComes();
    await bench.scan(badge);
    expect(bench.shown.session).toMatchObject({ cashierId: cashier.id, isLocked: true });
    expect(bench.shown.people.find(({ hasShownBadge }) => hasShownBadge)?.id).toBe(second.id);
    await bench.must("sign-in", { cashierId: second.id, pin: second.pin });
    expect(bench.shown.session).toMatchObject({ cashierId: second.id, isLocked: false });
  });

  it("does not take the till from a payment that is under way", async () => {
    const badge = await badgeFor(second.id);
    await cashierComes();
    await bench.scan(chips);
    await bench.must("take-payment", {});
    await bench.must("show-qr", { amountFen: null });
    await bench.scan(badge);
    expect(bench.shown.session).toMatchObject({ cashierId: cashier.id });
    expect(bench.shown.notices).toMatchObject([{ kind: "badge-refused", why: "paying" }]);
  });

  it("is not made where the printer does not take it", async () => {
    await managerComes();
    bench.slipEnds = "not-sent";
    expect(await refused(bench.send("make-badge", { cashierId: second.id, approvalPin }))).toBe("badge-not-printed");
    expect(named(await bench.must("people-page", {}), second.name)).toMatchObject({ badgeSinceMs: null });
  });

  it("that is nobody's is looked at five times, then not for a minute, also where the next is right", async () => {
    const badge = await badgeFor(second.id);
    await bench.must("sign-out", {});
    for (const digit of [1, 2, 3, 4, 5]) await bench.scan(`TWB${String(digit).repeat(16)}`);
    await bench.scan(badge);
    expect(bench.shown.session).toBeNull();
    await bench.clock.advance(60_000);
    await bench.scan(badge);
    expect(bench.shown.session).toMatchObject({ cashierId: second.id });
  });
});

describe("the lock", () => {
  const locked = (): boolean => bench.shown.session?.isLocked === true;
  const lockAfter = async (lockMinutes: number): Promise<void> => {
    await managerComes();
    await bench.must("save-access", { lockMinutes, badgeNeedsPin: false, approvalPin });
    await cashierComes();
  };

  it("comes after so many minutes without a touch, and a touch puts it off", async () => {
    await lockAfter(10);
    await bench.clock.advance(9 * 60_000);
    await bench.must("touch", {});
    await bench.clock.advance(9 * 60_000);
    expect(locked()).toBe(false);
    await bench.clock.advance(60_000);
    expect(locked()).toBe(true);
    expect(journal().at(-1)).toMatchObject({ kind: "screen-locked", body: { cashierId: cashier.id, why: "idle" } });
  });

  it("lets nobody act, sell or read until somebody says who they are", async () => {
    await bench.scan(chips);
    await bench.must("lock-screen", {});
    for (const sent of [bench.send("take-payment", {}), bench.send("day", { businessDate: null })])
      expect(await refused(sent)).toBe("screen-locked");
    await bench.scan(chips);
    expect(bench.shown.sale.lines).toHaveLength(1);
    expect(await refused(bench.send("sign-in", { cashierId: cashier.id, pin: "0000" }))).toBe("wrong-pin");
    expect(locked()).toBe(true);
  });

  it("opens to the same cashier, with the sale as it was and no new turn in the journal", async () => {
    await bench.scan(chips);
    await bench.must("lock-screen", {});
    await cashierComes();
    expect(bench.shown.sale.lines).toHaveLength(1);
    expect(kinds().slice(-2)).toEqual(["screen-locked", "screen-unlocked"]);
  });

  it("opens to somebody else, who goes on with the sale", async () => {
    await bench.scan(chips);
    await bench.must("lock-screen", {});
    await bench.must("sign-in", { cashierId: second.id, pin: second.pin });
    expect(kinds().at(-1)).toBe("signed-in");
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 1000 });
    expect(bench.sales()).toMatchObject([{ cashierId: second.id }]);
  });

  it("never comes over a payment, and comes once that is over", async () => {
    await lockAfter(1);
    await bench.scan(chips);
    await bench.must("take-payment", {});
    await bench.clock.advance(10 * 60_000);
    expect(locked()).toBe(false);
    expect(await refused(bench.send("lock-screen", {}))).toBe("payment-under-way");
    await bench.must("leave-payment", {});
    await bench.clock.advance(2 * 60_000);
    expect(locked()).toBe(true);
  });

  it("never comes by itself where the shop wants none", async () => {
    await lockAfter(0);
    await bench.clock.advance(240 * 60_000);
    expect(locked()).toBe(false);
  });
});
