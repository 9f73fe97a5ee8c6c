import { z } from "zod";

/**
 * `POST /v1/terminals/{terminalKey}/agreement`: what the till has for each business day; the answer is what head office
 * has for the same days. Each side keeps both and shows whether they are the same.
 */
export const daySideSchema = z.strictObject({
  businessDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  saleCount: z.int().min(0),
  salesFen: z.int().min(0),
  cashFen: z.int().min(0),
  wechatFen: z.int().min(0),
  /** By the shop's printed code; left out where there is none (`toldDay`). */
  staticCodeFen: z.int().min(0).default(0),
  refundCount: z.int().min(0),
  refundFen: z.int().min(0),
  /** Of the day's last sale-completed entry, by (epoch in order of opening, seq); 64 zeros where there is none. */
  lastSaleHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type DaySide = z.infer<typeof daySideSchema>;
export type ToldDay = z.input<typeof daySideSchema>;

/**
 * A day as it is sent. What was not there in the first version is left out while it is nothing, because a till or an
 * office of that version takes no name it does not know: the two are never brought up to date at the same moment.
 */
export function toldDay({ staticCodeFen, ...day }: DaySide): ToldDay {
  return staticCodeFen === 0 ? day : { ...day, staticCodeFen };
}

export const agreementSchema = z.strictObject({ days: z.array(daySideSchema).max(62) });
export type Agreement = z.infer<typeof agreementSchema>;
