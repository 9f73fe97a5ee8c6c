import { z } from "zod";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { dayShape, mostOf, type RefundBody, timeShape } from "./bodies.ts";
import { projectRefund } from "./refund-rows.ts";
import { goodsReturnedBody, projectReturn } from "./return-rows.ts";

const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => value.isWellFormed() && !value.includes("\0"), "text with a U+0000 or half a character");

/** return-without-receipt, version 1 (core/returns/loose-return.ts): goods and their cash in one entry, of no sale. */
export const looseReturnBody = z.object({
  returnId: text(mostOf.id).min(1),
  returnNumber: text(mostOf.saleNumber).min(1),
  lines: goodsReturnedBody.shape.lines,
  amountFen: z.int().min(1).max(1_000_000_000),
  reason: text(400),
  cashierId: text(mostOf.id),
  approvedBy: text(mostOf.id),
  at: z.string().regex(timeShape),
  businessDate: z.string().regex(dayShape),
});
export type LooseReturnBody = z.infer<typeof looseReturnBody>;

/**
 * Cash given back in its day, once, and its goods. It stands among the refunds under the return's own id: a till that was
 * put back from a backup may give a number twice, and never an id. No sale has that id, so it counts against none.
 */
export async function projectLooseReturn(
  tx: Tx,
  place: TerminalPlace,
  entry: Pick<WireEntry, "epoch" | "seq">,
  body: LooseReturnBody,
): ReturnType<typeof projectRefund> {
  const { returnId, returnNumber, lines, businessDate } = body;
  const { amountFen, reason, cashierId, approvedBy, at } = body;
  const refund: RefundBody = {
    ...{ refundNo: returnId, kind: "cash" as const, saleId: returnId, saleNumber: returnNumber, tenderId: returnId },
    ...{ amountFen, reason, cashierId, approvedBy, requestedAt: at, state: "succeeded", given: { businessDate } },
  };
  const outcome = await projectRefund(tx, place, entry, { refund, isNew: false });
  if (outcome.days.length > 0) await projectReturn(tx, place, { returnId, saleId: returnId, lines, businessDate });
  return outcome;
}
