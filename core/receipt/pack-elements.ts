import type { Pack } from "#core/pack/pack.ts";
import type { ReceiptElement } from "./document.ts";
import type { ReceiptLabels } from "./labels.ts";

/** What a customer needs to find a recalled pack again: one line for each thing the pack says. */
export function packElements(pack: Pack | undefined, labels: ReceiptLabels): readonly ReceiptElement[] {
  if (pack === undefined) return [];
  const facts: readonly (readonly [string, string | null])[] = [
    [labels.lot, pack.lot],
    [labels.serial, pack.serial],
    [labels.expiresOn, pack.expiresOn],
    [labels.bestBefore, pack.bestBefore],
  ];
  return facts.flatMap(([label, value]) =>
    value === null ? [] : [{ kind: "text", text: `  ${label} ${value}`, align: "left", style: {} } as const],
  );
}
