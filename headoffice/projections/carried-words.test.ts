import { beforeEach, describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import { engines, type OfficeBench } from "#tests/support/office-bench.ts";
import { officePerTest } from "#tests/support/office-per-test.ts";
import { openDay, saleByCode } from "#tests/support/office-sales.ts";
import type { OfficeTill } from "#tests/support/office-till.ts";
import { rebuildProjections } from "./rebuild.ts";

const nonce = "AAECAwQFBgcICQoL";

describe.each(engines)("what a till's journal tells of carried payments, on %s", (engine) => {
  const office = officePerTest(engine);
  let bench: OfficeBench;
  let till: OfficeTill;
  beforeEach(async () => {
    bench = office();
    till = await bench.enrolledTill("T01");
    openDay(till);
  });

  const sellCarried = (outTradeNo: string) => {
    const sale = saleByCode(till);
    const tender = {
      ...{ kind: "wechat", tenderId: `${sale.saleId}-carried`, amountFen: sale.totalFen, method: "carried" },
      ...{ outTradeNo, transactionId: null, payerTotalFen: sale.totalFen, proof: { by: "scan", confirmation: "7701" } },
    };
    till.append("sale-completed", { ...sale, tenders: [tender], changeFen: fen(0) }, { v: 4 });
  };
  const rows = async () => ({
    orders: await bench.office.sql.rows(
      "SELECT out_trade_no, money, till, amount_fen, nonce, told_seq FROM carried_orders ORDER BY out_trade_no",
      [],
    ),
    refusals: await bench.office.sql.rows("SELECT * FROM carried_refusals ORDER BY seq", []),
    reviews: await bench.office.sql.rows(
      "SELECT seq, reason, detail, noticed_ms FROM review_items ORDER BY seq, reason",
      [],
    ),
  });

  it("moves the orders, puts sales without money on the review list, and is the same when it is built anew", async () => {
    till.append("carried-abandoned", { outTradeNo: "BJ01T01A", amountFen: 500, nonce, saleId: "s", reason: "cashier" });
    sellCarried("BJ01T01B");
    till.append("carried-refused", { why: "replayed", outTradeNo: "BJ01T01B" });
    sellCarried("BJ01T01A");
    expect((await till.upload(till.entries)).status).toBe(200);
    const before = await rows();
    expect(before).toMatchObject({
      orders: [
        { out_trade_no: "BJ01T01A", money: "none", till: "abandoned", amount_fen: 500, nonce },
        { out_trade_no: "BJ01T01B", money: "none", till: "sold", nonce: "" },
      ],
      refusals: [{ out_trade_no: "BJ01T01B", why: "replayed" }],
      reviews: [
        { reason: "carried-not-paid", detail: "BJ01T01B" },
        { reason: "carried-other-request", detail: "BJ01T01A: sold after abandoned" },
      ],
    });
    await rebuildProjections(bench.office);
    expect(await rows()).toEqual(before);
  });

  it("is for a person where it cannot be read", async () => {
    till.append("carried-abandoned", { outTradeNo: "BJ01T01A", amountFen: 0, nonce });
    await till.upload(till.entries);
    expect((await rows()).reviews).toMatchObject([{ reason: "unreadable-body", detail: "amountFen" }]);
    expect((await rows()).orders).toEqual([]);
  });
});
