import { negateFen, type Fen } from "#core/money/fen.ts";
import { formatYuan } from "#core/money/yuan.ts";
import type { ReceiptElement, TextStyle } from "./document.ts";
import type { ReceiptLabels, StoreHeader } from "./labels.ts";

/** The bricks both receipts are built from. */

export const plain: TextStyle = {};
export const bold: TextStyle = { bold: true };
export const large: TextStyle = { bold: true, widthTimes: 2, heightTimes: 2 };
const tall: TextStyle = { bold: true, heightTimes: 2 };

export function row(left: string, right: string, style: TextStyle = plain): ReceiptElement {
  return { kind: "row", left, right, style };
}

/** A centred text; none for an empty one. */
export function centered(text: string, style: TextStyle = plain): readonly ReceiptElement[] {
  return text === "" ? [] : [{ kind: "text", text, align: "center", style }];
}

export function storeName(store: StoreHeader): readonly ReceiptElement[] {
  return centered(store.name, tall);
}

/** 副本 and 培训, so large that neither passes for the original or for a sale. */
export function marks(
  options: { readonly copy: boolean; readonly training: boolean },
  labels: { readonly copyMark: string; readonly trainingMark: string },
): readonly ReceiptElement[] {
  return [
    ...(options.training ? centered(labels.trainingMark, large) : []),
    ...(options.copy ? centered(labels.copyMark, large) : []),
  ];
}

/** What a paper for a customer begins with: its marks, then whose it is and how they are reached. */
export function paperHead(
  options: Parameters<typeof marks>[0],
  labels: Parameters<typeof marks>[1] & { readonly phone: string },
  store: StoreHeader,
): readonly ReceiptElement[] {
  return [
    ...marks(options, labels),
    { kind: "logo" },
    ...storeName(store),
    ...centered(store.address),
    ...centered(store.phone === "" ? "" : `${labels.phone} ${store.phone}`),
    ...centered(store.taxLine ?? ""),
    ...centered(store.header ?? ""),
  ];
}

/** `￥1,234.50`, with U+FFE5: U+00A5 derails Chinese printers. */
export function yuanWithSign(amountFen: Fen): string {
  return amountFen < 0 ? `-\uFFE5${formatYuan(amountFen).slice(1)}` : `\uFFE5${formatYuan(amountFen)}`;
}

/** What was taken off, printed negative; nothing where nothing was. */
export function reduction(label: string, amountFen: Fen): readonly ReceiptElement[] {
  return amountFen > 0 ? [row(label, formatYuan(negateFen(amountFen)))] : [];
}

/** In the receipt's language; in the other where it has no name in that. On a receipt in both, both where they differ. */
export function nameOn(
  { nameZh, nameEn }: { readonly nameZh: string; readonly nameEn: string },
  labels: Pick<ReceiptLabels, "itemName">,
): string {
  if (labels.itemName === "both" && nameZh !== "" && nameEn !== "" && nameZh !== nameEn) return `${nameZh} ${nameEn}`;
  const [wanted, other] = labels.itemName === "en" ? [nameEn, nameZh] : [nameZh, nameEn];
  return wanted === "" ? other : wanted;
}

/** `2026-11-22 19:32:05` of an RFC 3339 time: on paper the shop's own time needs no offset. */
export function timeOnPaper(rfc3339: string): string {
  return rfc3339.slice(0, 19).replace("T", " ");
}
