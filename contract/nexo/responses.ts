import { z } from "zod";
import { eventHeaderSchema, messageReferenceSchema, responseHeaderSchema, transactionIdSchema } from "./header.ts";

/**
 * Why a request was not done. docs/LEGACY.md says which is answered when; an old till must take any of them.
 * `InProgress` alone says nothing about the end: ask for the status until another answer comes.
 */
export const errorConditions = [
  "Aborted",
  "Busy",
  "Cancel",
  "DeviceOut",
  "InProgress",
  "InsertedCard",
  "InvalidCard",
  "LoggedOut",
  "MessageFormat",
  "NotAllowed",
  "NotFound",
  "PaymentRestriction",
  "Refusal",
  "UnavailableDevice",
  "UnavailableService",
  "UnreachableHost",
  "WrongPIN",
] as const;

/** With `Failure` there is always a condition. */
export const responseSchema = z.object({
  Result: z.enum(["Success", "Failure"]),
  ErrorCondition: z.enum(errorConditions).optional(),
  /** For the old till's log: `key=value` pairs joined by `&`, percent-encoded. */
  AdditionalResponse: z.string().max(1_000).optional(),
});
export type NexoResponse = z.infer<typeof responseSchema>;

/** Yuan with two decimals, written as a JSON number. */
const amount = z.number().min(0).max(99_999_999.99);
const poiData = z.object({ POITransactionID: transactionIdSchema });

export const paymentResponseSchema = z.object({
  Response: responseSchema,
  /** Both are left out where the request could not be read. */
  SaleData: z.object({ SaleTransactionID: transactionIdSchema }).optional(),
  /** `TransactionID` is this till's own for the sale, by which it is reversed. */
  POIData: poiData.optional(),
  /** With `Success` alone. */
  PaymentResult: z
    .object({
      PaymentType: z.literal("Normal"),
      PaymentInstrumentData: z.object({
        PaymentInstrumentType: z.literal("Mobile"),
        AlternativePaymentInstrument: z.object({ PaymentBrand: z.literal("WeChatPay") }).optional(),
      }),
      AmountsResp: z.object({ Currency: z.literal("CNY"), AuthorizedAmount: amount }),
      OnlineFlag: z.boolean(),
      PaymentAcquirerData: z.object({
        MerchantID: z.string(),
        AcquirerPOIID: z.string(),
        /** The gateway's own number. */
        AcquirerTransactionID: transactionIdSchema,
      }),
    })
    .optional(),
});
export type PaymentResponse = z.infer<typeof paymentResponseSchema>;

export const reversalResponseSchema = z.object({
  Response: responseSchema,
  POIData: poiData.optional(),
  OriginalPOITransaction: z.object({ POITransactionID: transactionIdSchema }).optional(),
  ReversedAmount: amount.optional(),
});
export type ReversalResponse = z.infer<typeof reversalResponseSchema>;

export const transactionStatusResponseSchema = z.object({
  Response: responseSchema,
  MessageReference: messageReferenceSchema.optional(),
  /** With `Success`: the answer to the request that was asked about, word for word. */
  RepeatedMessageResponse: z
    .object({
      MessageHeader: responseHeaderSchema,
      RepeatedResponseMessageBody: z.union([
        z.object({ PaymentResponse: paymentResponseSchema }),
        z.object({ ReversalResponse: reversalResponseSchema }),
      ]),
    })
    .optional(),
});
export type TransactionStatusResponse = z.infer<typeof transactionStatusResponseSchema>;

export const printResponseSchema = z.object({ DocumentQualifier: z.string(), Response: responseSchema });
export type PrintResponse = z.infer<typeof printResponseSchema>;

/** One result for each output of the request, in its order. */
export const displayResponseSchema = z.object({
  OutputResult: z.array(z.object({ Device: z.string(), InfoQualify: z.string(), Response: responseSchema })),
});
export type DisplayResponse = z.infer<typeof displayResponseSchema>;

export const diagnosisResponseSchema = z.object({
  Response: responseSchema,
  POIStatus: z
    .object({
      GlobalStatus: z.enum(["OK", "Busy", "Maintenance", "Unreachable"]),
      PrinterStatus: z.enum(["OK", "PaperLow", "NoPaper", "PaperJam", "OutOfOrder"]).optional(),
      CommunicationOKFlag: z.boolean(),
    })
    .optional(),
  HostStatus: z.array(z.object({ AcquirerID: z.string(), IsReachableFlag: z.boolean() })).optional(),
});
export type DiagnosisResponse = z.infer<typeof diagnosisResponseSchema>;

/**
 * `Reject`: not understood, or nothing there to abort. `Abort`: an abort is on its way; the end is in the aborted request's
 * own answer. `Completed`: it had ended before the abort came.
 */
export const eventNotificationSchema = z.object({
  TimeStamp: z.iso.datetime({ offset: true }),
  EventToNotify: z.enum(["Reject", "Abort", "Completed"]),
  EventDetails: z.string().max(1_000).optional(),
  /** With `Reject`: what was rejected, base64, cut at 1 KiB. */
  RejectedMessage: z.base64().optional(),
});
export type EventNotification = z.infer<typeof eventNotificationSchema>;

export type NexoBody =
  | { readonly PaymentResponse: PaymentResponse }
  | { readonly ReversalResponse: ReversalResponse }
  | { readonly TransactionStatusResponse: TransactionStatusResponse }
  | { readonly PrintResponse: PrintResponse }
  | { readonly DisplayResponse: DisplayResponse }
  | { readonly DiagnosisResponse: DiagnosisResponse };

const header = { MessageHeader: responseHeaderSchema };

/** What this till answers: an answer to the request, or an event where there can be none. */
export const nexoAnswerSchema = z.union([
  z.object({
    SaleToPOIResponse: z.union([
      z.object({ ...header, PaymentResponse: paymentResponseSchema }),
      z.object({ ...header, ReversalResponse: reversalResponseSchema }),
      z.object({ ...header, TransactionStatusResponse: transactionStatusResponseSchema }),
      z.object({ ...header, PrintResponse: printResponseSchema }),
      z.object({ ...header, DisplayResponse: displayResponseSchema }),
      z.object({ ...header, DiagnosisResponse: diagnosisResponseSchema }),
    ]),
  }),
  z.object({
    SaleToPOIRequest: z.object({ MessageHeader: eventHeaderSchema, EventNotification: eventNotificationSchema }),
  }),
]);
