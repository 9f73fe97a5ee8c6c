import type { NexoCategory, RequestHeader } from "#contract/nexo/header.ts";
import type { EventNotification, NexoBody, NexoResponse } from "#contract/nexo/responses.ts";
import type { NotDone } from "#core/nexo/payment-end.ts";

/** Of a rejected message as much as shows what it was. */
const mostRejectedBytes = 1_024;

export const success = (facts: Readonly<Record<string, string>> = {}): NexoResponse => ({
  Result: "Success",
  ...additional(facts),
});

export const failure = (
  ErrorCondition: NotDone | "InProgress",
  message: string,
  facts: Readonly<Record<string, string>> = {},
): NexoResponse => ({ Result: "Failure", ErrorCondition, ...additional({ message, ...facts }) });

function additional(facts: Readonly<Record<string, string>>): Pick<NexoResponse, "AdditionalResponse"> {
  const pairs = Object.entries(facts).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? {} : { AdditionalResponse: pairs.join("&").slice(0, 1_000) };
}

/** The refusal of a request of which nothing was begun. */
export function refusalBody(category: Exclude<NexoCategory, "Abort">, response: NexoResponse): NexoBody {
  switch (category) {
    case "Payment":
      return { PaymentResponse: { Response: response } };
    case "Reversal":
      return { ReversalResponse: { Response: response } };
    case "TransactionStatus":
      return { TransactionStatusResponse: { Response: response } };
    case "Print":
      return { PrintResponse: { DocumentQualifier: "Document", Response: response } };
    case "Display":
      return {
        DisplayResponse: {
          OutputResult: [{ Device: "CustomerDisplay", InfoQualify: "Display", Response: response }],
        },
      };
    case "Diagnosis":
      return { DiagnosisResponse: { Response: response } };
  }
}

/** An answer as it goes over the line: the request's header, turned round, and the body. */
export function answerText(header: RequestHeader, body: NexoBody): string {
  return JSON.stringify({ SaleToPOIResponse: { MessageHeader: { ...header, MessageType: "Response" }, ...body } });
}

/** Where there can be no answer: of an abort, and of what cannot be read. */
export function eventText(
  header: Pick<RequestHeader, "ServiceID" | "SaleID" | "POIID">,
  event: Pick<EventNotification, "EventToNotify"> & { readonly details: string; readonly rejected?: string },
  now: string,
): string {
  const { ServiceID, SaleID, POIID } = header;
  const { EventToNotify, details, rejected } = event;
  const notification: EventNotification = {
    TimeStamp: now,
    EventToNotify,
    EventDetails: `message=${encodeURIComponent(details)}`.slice(0, 1_000),
    ...(rejected === undefined
      ? {}
      : { RejectedMessage: Buffer.from(rejected).subarray(0, mostRejectedBytes).toString("base64") }),
  };
  return JSON.stringify({
    SaleToPOIRequest: {
      MessageHeader: {
        ...{ ProtocolVersion: "3.0", MessageClass: "Event", MessageCategory: "Event", MessageType: "Notification" },
        ...{ ServiceID, SaleID, POIID },
      },
      EventNotification: notification,
    },
  });
}
