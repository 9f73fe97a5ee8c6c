import type { z } from "zod";
import { amountMembers } from "#contract/nexo/requests.ts";
import * as requests from "#contract/nexo/requests.ts";
import { mostNexoBytes, nexoCategories, type NexoCategory, type RequestHeader } from "#contract/nexo/header.ts";

const bodies = {
  Payment: requests.paymentRequestSchema,
  Reversal: requests.reversalRequestSchema,
  TransactionStatus: requests.transactionStatusRequestSchema,
  Abort: requests.abortRequestSchema,
  Print: requests.printRequestSchema,
  Display: requests.displayRequestSchema,
  Diagnosis: requests.diagnosisRequestSchema,
} as const satisfies { readonly [C in NexoCategory]: z.ZodType };

export type Request = {
  readonly [C in NexoCategory]: { readonly category: C; readonly body: z.infer<(typeof bodies)[C]> };
}[NexoCategory];

export type ReadRequest =
  | { readonly kind: "request"; readonly header: RequestHeader; readonly request: Request }
  /** The header says whose it is and the body cannot be read; `category` is null where this till has none such. */
  | {
      readonly kind: "bad-body";
      readonly header: RequestHeader;
      readonly category: NexoCategory | null;
      readonly why: string;
    }
  | { readonly kind: "unreadable"; readonly why: string };

/** What a message asks for. Never throws; a message that is too large is not looked into. */
export function readRequest(text: string): ReadRequest {
  if (Buffer.byteLength(text) > mostNexoBytes) return { kind: "unreadable", why: "larger than 64 KiB" };
  let value: unknown;
  try {
    value = JSON.parse(text, keepAmounts);
  } catch {
    return { kind: "unreadable", why: "no JSON" };
  }
  const envelope = requests.requestEnvelopeSchema.safeParse(value);
  if (!envelope.success) return { kind: "unreadable", why: firstProblem(envelope.error) };
  const { MessageHeader: header, ...rest } = envelope.data.SaleToPOIRequest;
  const category = nexoCategories.find((one) => one === header.MessageCategory);
  if (category === undefined)
    return { kind: "bad-body", header, category: null, why: `no ${header.MessageCategory} here` };
  const body = bodies[category].safeParse(rest[`${category}Request`]);
  if (!body.success) return { kind: "bad-body", header, category, why: firstProblem(body.error) };
  // The schema was the category's own; the table's types are lost where it is looked up.
  return { kind: "request", header, request: { category, body: body.data } as Request };
}

/**
 * An amount stays the text it was written as: as a binary fraction 8.20 would be another number. What is no number there
 * becomes null and is refused by the schema.
 */
function keepAmounts(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (!amountMembers.some((member) => member === key)) return value;
  return typeof value === "number" ? (context?.source ?? null) : null;
}

function firstProblem(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? "not as it should be" : `${issue.path.join(".")}: ${issue.message}`;
}
