import { z } from "zod";
import type { ItemView } from "#contract/ipc/manager-view.ts";
import type { Fen } from "#core/money/fen.ts";
import type { PaperView } from "./shift-view.ts";
import type { Milli } from "#core/quantity/quantity.ts";

const none = z.strictObject({});
const amountFen = z.int().min(0).max(1_000_000_000);

/** Lines of one return; who brings more back without a receipt comes twice. */
const mostLooseLines = 50;

const chosen = {
  /** Made once for a return, however often the key is pressed. */
  requestId: z.string().min(1).max(64),
  lines: z
    .array(
      z.strictObject({
        sku: z.string().min(1).max(64),
        /** Thousandths. */
        quantity: z.int().min(1).max(99_999_000),
        /** Per piece or kilogram; at most what the goods cost now. */
        unitPriceFen: amountFen,
        condition: z.enum(["back-to-stock", "damaged"]),
      }),
    )
    .min(1)
    .max(mostLooseLines),
  /** What the screen says is given; another amount by now is not. */
  amountFen,
  reason: z.string().trim().min(1).max(40),
  /** The member's phone number or card, whole; empty for nobody. */
  member: z.string().trim().max(40),
  approvalPin: z
    .string()
    .regex(/^\d{4,8}$/)
    .optional(),
} as const;

/** 无小票退货: goods taken back of which nobody knows the sale. */
export const looseReturnSchemas = {
  /** From here on scans are of this return, for three seconds; answers what was scanned since it was last asked. */
  "loose-return-listen": none,
  "loose-return-unlisten": none,
  /** Its slip as printed; with `print` a copy of it on paper too, noted in the journal. This till's own returns alone. */
  "loose-return-paper": z.strictObject({ returnNumber: z.string().trim().min(1).max(32), print: z.boolean() }),
  "give-loose-return": z.strictObject(chosen),
  /** 无小票换货: puts the return into the cart on the screen, beside the new goods. */
  "begin-loose-exchange": z.strictObject(chosen),
} as const;

/** A scan while goods are taken back; of goods by weight the quantity is null where the label does not say it. */
export type LooseHeardView =
  | { readonly kind: "goods"; readonly item: ItemView; readonly quantity: Milli | null }
  /** What it says stays in main: it may be a customer's payment code. */
  | { readonly kind: "unknown" };

export interface LooseReturnView {
  readonly returnId: string;
  readonly returnNumber: string;
  readonly amountFen: Fen;
  /** Points of the member who was named. */
  readonly pointsTakenBack: number;
}

export interface LooseReturnAnswers {
  "loose-return-listen": readonly LooseHeardView[];
  "give-loose-return": LooseReturnView;
  "loose-return-paper": PaperView;
}

export type LooseReturnFault = {
  readonly kind: "price-above-present";
  readonly nameZh: string;
  readonly nameEn: string;
  readonly presentFen: Fen;
};
