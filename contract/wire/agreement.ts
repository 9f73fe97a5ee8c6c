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
  refundCount: z.int().min(0),
  refundFen: z.int().min(0),
  /** Of the day's last sale-completed entry, by (epoch in order of opening, seq); 64 zeros where there is none. */
  lastSaleHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type DaySide = z.infer<typeof daySideSchema>;

export const agreementSchema = z.strictObject({ days: z.array(daySideSchema).max(62) });
export type Agreement = z.infer<typeof agreementSchema>;
