import { isDeepStrictEqual } from "node:util";

/*
 * An old till's own messages, written from docs/LEGACY.md and the nexo specification alone: nothing here knows the till's
 * schemas, so that a mistake in them is a mistake that is seen.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A member of a member…; undefined where one of them is not there. */
export function at(json: Json | undefined, path: string): Json | undefined {
  return path.split(".").reduce<Json | undefined>((of, key) => {
    // An array has its places for keys; anything else that is no object has none.
    return typeof of === "object" && of !== null ? (of as { readonly [key: string]: Json })[key] : undefined;
  }, json);
}

export function message(category: string, service: string, body: Json, saleId = "OLD-1"): string {
  const MessageHeader = {
    ...{ ProtocolVersion: "3.0", MessageClass: "Service", MessageCategory: category, MessageType: "Request" },
    ...{ ServiceID: service, SaleID: saleId, POIID: "TILLWAY" },
  };
  return JSON.stringify({ SaleToPOIRequest: { MessageHeader, [`${category}Request`]: body } });
}

export interface Payment {
  readonly service: string;
  readonly sale: string;
  readonly yuan: number;
  readonly saleId?: string;
}

export const payment = ({ service, sale, yuan, saleId }: Payment): string =>
  message(
    "Payment",
    service,
    {
      SaleData: { SaleTransactionID: { TransactionID: sale, TimeStamp: "2026-03-02T09:00:00+08:00" } },
      PaymentTransaction: { AmountsReq: { Currency: "CNY", RequestedAmount: yuan } },
    },
    saleId,
  );

export const status = (service: string, about: string, MessageCategory = "Payment"): string =>
  message("TransactionStatus", service, { MessageReference: { MessageCategory, ServiceID: about } });

export const abort = (service: string, about: string): string =>
  message("Abort", service, {
    MessageReference: { MessageCategory: "Payment", ServiceID: about },
    AbortReason: "MerchantAbort",
  });

export const reversal = (service: string, transactionId: string): string =>
  message("Reversal", service, {
    OriginalPOITransaction: {
      POITransactionID: { TransactionID: transactionId, TimeStamp: "2026-03-02T09:00:00+08:00" },
    },
    ReversalReason: "MerchantCancel",
  });

const text = { OutputFormat: "Text", OutputText: [{ Text: "会员积分 120" }] };
export const print = (service: string): string =>
  message("Print", service, {
    PrintOutput: { DocumentQualifier: "Document", ResponseMode: "PrintEnd", OutputContent: text },
  });
export const display = (service: string): string =>
  message("Display", service, {
    DisplayOutput: [{ Device: "CustomerDisplay", InfoQualify: "Display", OutputContent: text }],
  });
export const diagnosis = (service: string): string => message("Diagnosis", service, {});

const words = (json: Json | undefined): string => (typeof json === "string" ? json : "none");

/** The word that an answer comes down to: its condition, `Success`, or an event's name. */
export function wordOf(answer: Json): string {
  const event = at(answer, "SaleToPOIRequest.EventNotification.EventToNotify");
  if (typeof event === "string") return event;
  const response = at(answer, "SaleToPOIResponse");
  const category = at(response, "MessageHeader.MessageCategory");
  const body = at(response, `${words(category)}Response`);
  const said = at(body, "Response") ?? at(body, "OutputResult.0.Response");
  return words(at(said, "ErrorCondition") ?? at(said, "Result"));
}

/** Which request it is for. */
export function serviceOf(answer: Json): string {
  const header = at(answer, "SaleToPOIResponse.MessageHeader") ?? at(answer, "SaleToPOIRequest.MessageHeader");
  return words(at(header, "ServiceID"));
}

export const poiTransaction = (answer: Json): string =>
  words(at(answer, "SaleToPOIResponse.PaymentResponse.POIData.POITransactionID.TransactionID"));

export const isSame = (one: Json, other: Json): boolean => isDeepStrictEqual(one, other);
