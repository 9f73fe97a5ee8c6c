import { z } from "zod";
import { messageReferenceSchema, nexoName, requestHeaderSchema, transactionIdSchema } from "./header.ts";

/**
 * An amount as it stands in the message, digit for digit: whoever reads one must not turn it into a binary fraction first.
 * Yuan, at most two decimals; core/nexo/amount.ts makes fen of it.
 */
export const amountText = z.string().regex(/^(?:0|[1-9]\d{0,7})(?:\.\d{1,2})?$/);

/** Members of a request that are amounts: their number's own text is kept. */
export const amountMembers = ["RequestedAmount", "ReversedAmount"] as const;

export const paymentRequestSchema = z.object({
  SaleData: z.object({
    /** Who stands at the old till. */
    OperatorID: nexoName(32).optional(),
    SaleTransactionID: transactionIdSchema,
  }),
  PaymentTransaction: z.object({
    AmountsReq: z.object({ Currency: z.literal("CNY"), RequestedAmount: amountText }),
  }),
  /** This till takes money; a refund of no payment of its own is no payment. */
  PaymentData: z.object({ PaymentType: z.literal("Normal").optional() }).optional(),
});
export type PaymentRequest = z.infer<typeof paymentRequestSchema>;

export const reversalRequestSchema = z.object({
  OriginalPOITransaction: z.object({
    /** As this till answered it: POIData.POITransactionID. */
    POITransactionID: transactionIdSchema,
  }),
  ReversalReason: z.enum(["CustCancel", "MerchantCancel", "Malfunction", "Unable2Compl"]),
  /** Left out: all of it. */
  ReversedAmount: amountText.optional(),
});
export type ReversalRequest = z.infer<typeof reversalRequestSchema>;

export const transactionStatusRequestSchema = z.object({
  /** Left out: the last payment or reversal of this SaleID. */
  MessageReference: messageReferenceSchema.optional(),
});
export type TransactionStatusRequest = z.infer<typeof transactionStatusRequestSchema>;

export const abortRequestSchema = z.object({
  MessageReference: messageReferenceSchema,
  AbortReason: nexoName(200),
});
export type AbortRequest = z.infer<typeof abortRequestSchema>;

/** What is printed or shown: lines, or one code. */
const outputContent = z.discriminatedUnion("OutputFormat", [
  z.object({
    OutputFormat: z.literal("Text"),
    OutputText: z
      .array(
        z.object({
          Text: z.string().max(500),
          Alignment: z.enum(["Left", "Centred", "Right", "Justified"]).optional(),
          CharacterStyle: z.enum(["Normal", "Bold", "Italic", "Underlined"]).optional(),
          CharacterHeight: z.enum(["SingleHeight", "DoubleHeight", "HalfHeight"]).optional(),
        }),
      )
      .min(1)
      .max(200),
  }),
  z.object({
    OutputFormat: z.literal("BarCode"),
    OutputBarcode: z.object({ BarcodeType: z.literal("QRCode"), BarcodeValue: nexoName(300) }),
  }),
]);
export type OutputContent = z.infer<typeof outputContent>;

export const printRequestSchema = z.object({
  PrintOutput: z.object({
    DocumentQualifier: z.enum(["CustomerReceipt", "CashierReceipt", "SaleReceipt", "Document", "Journal", "Voucher"]),
    ResponseMode: z.enum(["Immediate", "NotRequired", "PrintEnd"]),
    OutputContent: outputContent,
  }),
});
export type PrintRequest = z.infer<typeof printRequestSchema>;

export const displayRequestSchema = z.object({
  DisplayOutput: z
    .array(
      z.object({
        Device: z.enum(["CashierDisplay", "CustomerDisplay"]),
        InfoQualify: z.enum(["Status", "Error", "Display", "Sound", "Input", "POIReplication", "CustomerAssistance"]),
        OutputContent: outputContent,
      }),
    )
    .min(1)
    .max(4),
});
export type DisplayRequest = z.infer<typeof displayRequestSchema>;

export const diagnosisRequestSchema = z.object({ HostDiagnosisFlag: z.boolean().optional() });

/** What every request is; its body stands under its category's name and is read after the header. */
export const requestEnvelopeSchema = z.object({
  SaleToPOIRequest: z.looseObject({ MessageHeader: requestHeaderSchema }),
});
