import { expect } from "vitest";
import type { Attempt } from "#core/tender/attempt.ts";
import type { LedgerOrder } from "#simulators/gateway/ledger-view.ts";
import { readLedger } from "./books.ts";
import { showRequest, toPayment } from "./carried-story.ts";
import type { CutOffShop } from "./cut-off-shop.ts";
import { journalBodies } from "./journal-bodies.ts";
import { until } from "./poll.ts";
import { part, type } from "./sale-screen.ts";

/** What a cashier does at the till of a shop without a line, and its customer with the phone. */
export interface Hands {
  /** A cola, and its request on the customer display. */
  begin(): Promise<Attempt>;
  /** Holds what a phone shows to the scanner. */
  hold(text: string): Promise<void>;
  /** Held to the scanner until the sale is done: in the first moments after a start no proof is taken. */
  paidByScan(digits: string): Promise<void>;
  /** Held there until the till says why not: what has just counted is let pass for three seconds. */
  refusedAtScanner(digits: string): Promise<unknown>;
  paidByCode(code: string): Promise<void>;
  payOnPhone(attempt: Pick<Attempt, "codeUrl">): Promise<void>;
  /** Cancels the payment on the phone, and says yes when asked. */
  giveUp(): Promise<void>;
  takeCash(): Promise<void>;
  lastSale(): unknown;
  /** The order as the gateway has it. */
  orderOf(attempt: Pick<Attempt, "outTradeNo">): Promise<LedgerOrder | undefined>;
}

/** @param at read at every use, since tills are killed and started */
export function handsOf(at: CutOffShop): Hands {
  const refusals = () => journalBodies(at.dataDir, "carried-refused");
  const lastSale = () => journalBodies(at.dataDir, "sale-completed").at(-1);
  const isDone = async () => (await part(at.till.page, "done").count()) === 1;
  async function hold(text: string): Promise<void> {
    await until("the scanner reads it", () => at.shop.control("POST", "/scanner/scan", { text }).catch(() => null));
  }
  return {
    ...{ hold, lastSale },
    async begin() {
      await toPayment(at);
      return showRequest(at);
    },
    async paidByScan(digits) {
      await until("the sale is paid", async () => {
        await hold(digits);
        return until("it is taken", isDone, 3_000).catch(() => false);
      });
    },
    async refusedAtScanner(digits) {
      const before = refusals().length;
      return until("the till refuses it", async () => {
        await hold(digits);
        return until("it is in the journal", () => refusals()[before], 1_000).catch(() => null);
      });
    },
    async paidByCode(code) {
      await type(at.till.page, code.replace(" ", ""));
      await at.till.page.keyboard.press("Enter");
      await part(at.till.page, "done").waitFor();
    },
    async payOnPhone({ codeUrl }) {
      await at.phone.open(codeUrl ?? "", "ready");
      await at.phone.tap();
      await at.phone.answer(true);
      await at.phone.shows("paid");
    },
    async giveUp() {
      await at.till.page.keyboard.press("Escape");
      await part(at.till.page, "carried-cancel-yes").click();
      await part(at.till.page, "pay-static-code").waitFor();
    },
    async takeCash() {
      const { leftFen = 0 } = (await at.till.view()).payment ?? {};
      await at.till.send("pay-cash", { receivedFen: leftFen });
      await part(at.till.page, "done").waitFor();
      expect(lastSale()).toMatchObject({ totalFen: leftFen, tenders: [{ kind: "cash" }] });
    },
    async orderOf({ outTradeNo }) {
      const { orders } = await readLedger(at.shop);
      return orders.find((order) => order.outTradeNo === outTradeNo);
    },
  };
}
