import { z } from "zod";

/**
 * Words of the nexo Sale-to-POI protocol, version 3.0, as JSON: what an old till (the sale system) and this one (the POI)
 * say to each other. docs/LEGACY.md lists the messages. What is required is strict; a field nobody here knows is let pass.
 */

/** A whole message as UTF-8; the largest is a receipt to print. */
export const mostNexoBytes = 64 * 1_024;

/** What this till does. Any other category is refused by name. */
export const nexoCategories = [
  "Payment",
  "Reversal",
  "TransactionStatus",
  "Abort",
  "Print",
  "Display",
  "Diagnosis",
] as const;
export type NexoCategory = (typeof nexoCategories)[number];

/** No line break and nothing unseen: names stand in lists, on paper and in logs. */
export const nexoName = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u);

const ids = {
  /** Of one message pair; the old till makes it, and repeats it where it repeats the request. */
  ServiceID: z.string().regex(/^[0-9A-Za-z_-]{1,10}$/),
  SaleID: nexoName(32),
  POIID: nexoName(32),
};

/** Of a request to this till. An unknown category is a string here: it has to be named in the refusal. */
export const requestHeaderSchema = z.object({
  ProtocolVersion: z.literal("3.0"),
  MessageClass: z.literal("Service"),
  MessageCategory: z.string().min(1).max(40),
  MessageType: z.literal("Request"),
  ...ids,
});
export type RequestHeader = z.infer<typeof requestHeaderSchema>;

/** Of an answer: that of its request, with another type. */
export const responseHeaderSchema = z.object({
  ProtocolVersion: z.literal("3.0"),
  MessageClass: z.literal("Service"),
  MessageCategory: z.enum(nexoCategories),
  MessageType: z.literal("Response"),
  ...ids,
});

/** Of an event: what cannot be an answer, because the request has none or cannot be read. */
export const eventHeaderSchema = z.object({
  ProtocolVersion: z.literal("3.0"),
  MessageClass: z.literal("Event"),
  MessageCategory: z.literal("Event"),
  MessageType: z.literal("Notification"),
  ...ids,
});

/** Which request another one is about. What is left out is as in the header of the message that has it. */
export const messageReferenceSchema = z.object({
  MessageCategory: z.enum(["Payment", "Reversal"]).optional(),
  ServiceID: ids.ServiceID,
  SaleID: ids.SaleID.optional(),
  POIID: ids.POIID.optional(),
});

/** A transaction as one side numbers it. */
export const transactionIdSchema = z.object({
  TransactionID: nexoName(64),
  TimeStamp: z.iso.datetime({ offset: true, local: true }),
});
