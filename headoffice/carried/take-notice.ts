import { z } from "zod";
import type { Office } from "../office.ts";
import type { CarriedGateway } from "./carried.ts";
import { advance, holdOrder, ordersOfNumber } from "./orders.ts";

/** What was made of a notification: `refused` has the gateway send it again. */
export type NoticeOutcome = "taken" | "not-ours" | "refused";

const numberSchema = z.looseObject({ out_trade_no: z.string().max(64) });

/**
 * Takes the gateway's word of a payment: verified on the bytes as they came, opened with the merchant's key, and compared with
 * the order's number, amount, merchant and app. The same one again changes nothing. A refund's only has it looked at soon.
 */
export async function takeNotice(
  { sql, clock, log }: Pick<Office, "sql" | "clock" | "log">,
  gateway: CarriedGateway,
  headers: Readonly<Record<string, string | undefined>>,
  body: Buffer,
): Promise<NoticeOutcome> {
  const notice = gateway.readNotice(headers, body);
  if (!notice.ok) {
    log({ event: "notice-refused", why: notice.fault });
    return "refused";
  }
  const { event, told } = notice.value;
  const named = numberSchema.safeParse(told);
  const [order, another] = named.success ? await ordersOfNumber(sql, named.data.out_trade_no) : [];
  // Of a till's own payment under the same address, or of before a restored backup: nobody here can use it.
  if (order === undefined || another !== undefined) return "not-ours";
  const { storeCode, outTradeNo } = order;
  if (event !== "TRANSACTION.SUCCESS") {
    await sql.transaction(
      (tx) =>
        tx.run("UPDATE carried_orders SET next_ms = ? WHERE store_code = ? AND out_trade_no = ? AND next_ms > ?", [
          clock.now(),
          storeCode,
          outTradeNo,
          clock.now(),
        ]),
      { mayBeLost: true },
    );
    return "taken";
  }
  const payment = gateway.paymentIn(told, order);
  if (payment === null) {
    log({ event: "notice-of-other-payment" });
    return "refused";
  }
  await sql.transaction(async (tx) => {
    const now = await holdOrder(tx, storeCode, outTradeNo);
    if (now !== null) await advance(tx, now, "paid", clock.now(), payment);
  });
  return "taken";
}
