import { IconPlus, IconX } from "@tabler/icons-react";
import { Press } from "../../parts/Press.tsx";
import type { ItemDraft } from "./item-draft.ts";
import { useGoodsText } from "./goods-texts.ts";

/** As many as main takes. */
const mostCodes = 16;

/** Every code the item is sold by, and how many pieces each is: a carton has its own barcode. */
export function CodesField(props: {
  readonly codes: ItemDraft["codes"];
  readonly isWrong: boolean;
  readonly onCodes: (codes: ItemDraft["codes"]) => void;
}) {
  const { codes, isWrong, onCodes } = props;
  const text = useGoodsText();
  const change = (at: number, part: Partial<ItemDraft["codes"][number]>): void =>
    onCodes(codes.map((code, index) => (index === at ? { ...code, ...part } : code)));
  return (
    <div className="goods-codes" role="group" aria-label={text("editor.codes")}>
      <span className="goods-codes-head">{text("editor.codes")}</span>
      {codes.map((code, at) => (
        // A code has no name but its place.
        <div key={at} className="goods-code">
          <input
            data-testid="item-barcode"
            aria-label={text("editor.code", { number: at + 1 })}
            className="figures"
            value={code.barcode}
            maxLength={64}
            spellCheck={false}
            onChange={(event) => change(at, { barcode: event.currentTarget.value })}
          />
          <span aria-hidden>×</span>
          <input
            data-testid="item-count"
            aria-label={text("editor.count", { number: at + 1 })}
            aria-invalid={isWrong}
            className="figures goods-count"
            inputMode="numeric"
            value={code.count}
            maxLength={5}
            onChange={(event) => change(at, { count: event.currentTarget.value })}
          />
          <Press
            tone="quiet"
            aria-label={text("editor.code.remove", { number: at + 1 })}
            onClick={() => onCodes(codes.filter((_, index) => index !== at))}
          >
            <IconX size={20} aria-hidden />
          </Press>
        </div>
      ))}
      {codes.length < mostCodes && (
        <Press data-testid="item-add-code" onClick={() => onCodes([...codes, { barcode: "", count: "1" }])}>
          <IconPlus size={20} aria-hidden />
          {text("editor.code.add")}
        </Press>
      )}
    </div>
  );
}
