import { legacyConfig, type LegacyConfig } from "#contract/config/legacy.ts";
import { nexoAnswerSchema } from "#contract/nexo/responses.ts";
import { openTillBench } from "./till-bench.ts";
import type { TillBenchOptions } from "./till-bench-options.ts";
import { answersArrive } from "./virtual-clock.ts";

export type LegacyBench = Awaited<ReturnType<typeof openLegacyBench>>;

/** What the old till of a test calls itself. */
const ids = { SaleID: "POS1", POIID: "T01" };

/** A message as an old till writes it; `amount` stands in it exactly as given. */
export function nexoRequest(category: string, ServiceID: string, body: object, SaleID = ids.SaleID): string {
  const MessageHeader = {
    ...{ ProtocolVersion: "3.0", MessageClass: "Service", MessageCategory: category, MessageType: "Request" },
    ...{ ServiceID, SaleID, POIID: ids.POIID },
  };
  const text = JSON.stringify({ SaleToPOIRequest: { MessageHeader, [`${category}Request`]: body } });
  return text.replaceAll(/"yuan:([^"]*)"/g, "$1");
}

export interface PaymentWords {
  readonly service?: string;
  readonly sale?: string;
  readonly amount?: string;
  readonly at?: string;
  readonly saleSystem?: string;
}

export function paymentRequest(words: PaymentWords = {}): string {
  const { service = "1", sale = "S-1", amount = "12.50", at = "2026-03-02T09:00:00+08:00", saleSystem } = words;
  const body = {
    SaleData: { SaleTransactionID: { TransactionID: sale, TimeStamp: at } },
    PaymentTransaction: { AmountsReq: { Currency: "CNY", RequestedAmount: `yuan:${amount}` } },
  };
  return nexoRequest("Payment", service, body, saleSystem);
}

export function reversalRequest(service: string, saleId: string, amount?: string): string {
  return nexoRequest("Reversal", service, {
    OriginalPOITransaction: { POITransactionID: { TransactionID: saleId, TimeStamp: "2026-03-02T09:00:00+08:00" } },
    ReversalReason: "MerchantCancel",
    ...(amount === undefined ? {} : { ReversedAmount: `yuan:${amount}` }),
  });
}

export const statusRequest = (service: string, about: string, MessageCategory = "Payment"): string =>
  nexoRequest("TransactionStatus", service, { MessageReference: { MessageCategory, ServiceID: about } });

export const abortRequest = (service: string, about: string, SaleID = ids.SaleID): string =>
  nexoRequest(
    "Abort",
    service,
    { MessageReference: { MessageCategory: "Payment", ServiceID: about }, AbortReason: "left" },
    SaleID,
  );

export type Answer = ReturnType<typeof readAnswer>;

/** The one body of an answer, read by its schema, and what it says. */
export function readAnswer(text: string) {
  const answer = nexoAnswerSchema.parse(JSON.parse(text));
  if ("SaleToPOIRequest" in answer) {
    const { EventToNotify } = answer.SaleToPOIRequest.EventNotification;
    return { answer, body: null, word: EventToNotify, saleId: null };
  }
  const { MessageHeader: _, ...body } = answer.SaleToPOIResponse;
  const [part] = Object.values(body) as { Response?: { Result: string; ErrorCondition?: string } }[];
  const response = part?.Response;
  const saleId =
    "PaymentResponse" in body ? (body.PaymentResponse.POIData?.POITransactionID.TransactionID ?? null) : null;
  return { answer, body, word: response?.ErrorCondition ?? response?.Result ?? "none", saleId };
}

/** A till at work that old tills use, with everything real but hardware, network and clock. */
export async function openLegacyBench(
  words: Partial<NonNullable<LegacyConfig>> = {},
  options: Omit<TillBenchOptions, "config"> = {},
) {
  const legacy = legacyConfig.parse(words);
  const bench = await openTillBench({ ...options, config: { legacy } }).atWork();
  return {
    bench,
    /** Hands a message in, and lets everything happen that happens at once. */
    async say(text: string): Promise<Answer> {
      return readAnswer(await bench.till.legacyDesk.answer(text, { door: "https", name: "old till" }));
    },
    /** As above for what is answered later; `now` is null as long as it is not. */
    async ask(text: string) {
      const asked: { now: Answer | null } = { now: null };
      void bench.till.legacyDesk.answer(text, { door: "https", name: "old till" }).then((answer) => {
        asked.now = readAnswer(answer);
      });
      await answersArrive();
      return asked;
    },
    close: () => bench.close(),
  };
}
