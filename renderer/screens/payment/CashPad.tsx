import { IconCash } from "@tabler/icons-react";
import type { Fen } from "#core/money/fen.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { applyPadKey, Keypad } from "../../parts/Keypad.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Money } from "../../parts/Money.tsx";
import { Press } from "../../parts/Press.tsx";
import { cashPreview, type CashPreview } from "./cash-preview.ts";

/** Cash: what was handed over on the left, what goes back on the right, and the notes people hand over as keys. */
export function CashPad(props: {
  readonly text: string;
  readonly leftFen: Fen;
  readonly quickFen: readonly Fen[];
  readonly maxLength: number;
  readonly onText: (text: string) => void;
  readonly onTake: () => void;
  readonly onQuick: (receivedFen: Fen) => void;
}) {
  const { text: typed, leftFen, quickFen, maxLength, onText, onTake, onQuick } = props;
  const text = useTillText();
  const preview = cashPreview(typed, leftFen);
  const canTake = preview.kind === "change" || preview.kind === "part";
  return (
    <div className="cash">
      <div className="cash-typed">
        <span className="cash-side">
          <span className="cash-label">
            <IconCash size={20} aria-hidden /> {text("payment.received")}
          </span>
          <span className={`cash-figure figures ${typed === "" ? "cash-empty" : ""}`} data-testid="cash-received">
            {typed === "" ? "0.00" : typed}
          </span>
        </span>
        <ChangeSide preview={preview} />
      </div>
      <div className="cash-quick" role="group" aria-label={text("payment.quick")}>
        {quickFen.map((amount, index) => (
          <Press key={amount} data-testid="cash-quick" data-fen={amount} onClick={() => onQuick(amount)}>
            {index === 0 ? (
              <>
                {text("payment.exact")} <KeyCap>+</KeyCap>
              </>
            ) : (
              <span className="figures">{formatMoney(amount).replace(".00", "")}</span>
            )}
          </Press>
        ))}
      </div>
      <Keypad
        layout="amount"
        testId="cash-key"
        onKey={(key) => onText(applyPadKey(typed, key, maxLength))}
        enter={
          <Press tone="primary" className="cash-take" data-testid="pay-cash" disabled={!canTake} onClick={onTake}>
            {text(preview.kind === "part" ? "payment.take-part" : "payment.take-cash")}
            <KeyCap>Enter</KeyCap>
          </Press>
        }
      />
    </div>
  );
}

function ChangeSide({ preview }: { readonly preview: CashPreview }) {
  const text = useTillText();
  switch (preview.kind) {
    case "nothing":
      return (
        <span className="cash-side cash-right">
          <span className="cash-label">{text("payment.change")}</span>
          <span className="cash-figure cash-empty">—</span>
        </span>
      );
    case "too-much":
      return (
        <span className="cash-side cash-right cash-short" role="alert">
          <span className="cash-label">{text("payment.too-much")}</span>
        </span>
      );
    case "part":
      return (
        <span className="cash-side cash-right cash-short" data-testid="cash-short">
          <span className="cash-label">{text("payment.short")}</span>
          <span className="cash-figure">
            <Money fen={preview.missingFen} />
          </span>
        </span>
      );
    case "change":
      return (
        <span className="cash-side cash-right" data-testid="cash-change">
          <span className="cash-label">{text("payment.change")}</span>
          <span className="cash-figure">
            <Money fen={preview.changeFen} />
          </span>
        </span>
      );
  }
}
