import "./dialogs.css";
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { fen, subtractFen, type Fen } from "#core/money/fen.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { act, closeDialog } from "../../till/desk.ts";
import { useSection } from "../../till-client.ts";
import { readDiscount, type DiscountKind, type TypedDiscount } from "./read-discount.ts";

type Target = "line" | "sale";

/** F4: off a line or off the sale, in yuan or in percent. Above the cashier's limit main asks for a manager. */
export function DiscountDialog({ lineId }: { readonly lineId: string | null }) {
  const text = useTillText();
  const [target, setTarget] = useState<Target>(lineId === null ? "sale" : "line");
  const [kind, setKind] = useState<DiscountKind>("percent");
  const [typed, setTyped] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  const now = useDiscounted(target, lineId);
  const discount = readDiscount(typed, kind);

  const grant = async (granted: TypedDiscount | null): Promise<void> => {
    closeDialog();
    if (target === "line" && lineId !== null) await act("discount-line", { lineId, discount: granted });
    else await act("discount-sale", { discount: granted });
  };
  const confirm = (): void => {
    if (discount === null) setIsWrong(true);
    else void grant(discount);
  };
  return (
    <Dialog title={text("discount.title")} testId="discount" onClose={closeDialog} onEnter={confirm}>
      <DiscountChoices
        hasLine={lineId !== null}
        target={target}
        kind={kind}
        onTarget={setTarget}
        onKind={(next) => {
          setKind(next);
          setIsWrong(false);
        }}
      />
      <DiscountOf name={now.name} ofFen={now.ofFen} discountFen={now.discountFen} />
      {isWrong && <TroubleNote text={text(kind === "percent" ? "discount.bad-percent" : "discount.bad-amount")} />}
      <AmountField
        label={text(kind === "percent" ? "discount.share" : "discount.amount")}
        unit={kind === "percent" ? "%" : "¥"}
        text={typed}
        onText={(next) => {
          setTyped(next);
          setIsWrong(false);
        }}
        hint={kind === "percent" ? text("discount.help-percent") : undefined}
        enter={<EnterKey word={text("discount.confirm")} isReady={discount !== null} onPress={confirm} />}
      />
      {now.discountFen > 0 && (
        <Press tone="danger" data-testid="discount-remove" onClick={() => void grant(null)}>
          {text("discount.remove")}
        </Press>
      )}
    </Dialog>
  );
}

/** What the discount comes off, and how much already does. */
function useDiscounted(target: Target, lineId: string | null): { name: string; ofFen: Fen; discountFen: Fen } {
  const sale = useSection("sale");
  const locale = useLocale();
  const text = useTillText();
  const line = sale.lines.find((one) => one.lineId === lineId);
  if (target === "line" && line !== undefined) {
    return { name: localName(line, locale), ofFen: line.grossFen, discountFen: line.discountFen };
  }
  const ofFen = subtractFen(subtractFen(sale.grossFen, sale.lineDiscountFen), sale.promotionFen ?? fen(0));
  return { name: text("discount.sale"), ofFen, discountFen: sale.saleDiscountFen };
}

function DiscountOf(props: { readonly name: string; readonly ofFen: Fen; readonly discountFen: Fen }) {
  const text = useTillText();
  return (
    <p className="dialog-soft figures discount-of">
      <span>{props.name}</span>
      <span>
        {text("discount.of", { amount: formatMoney(props.ofFen) })}
        {props.discountFen > fen(0) && ` · ${text("discount.now", { amount: formatMoney(props.discountFen) })}`}
      </span>
    </p>
  );
}

function DiscountChoices(props: {
  readonly hasLine: boolean;
  readonly target: Target;
  readonly kind: DiscountKind;
  readonly onTarget: (target: Target) => void;
  readonly onKind: (kind: DiscountKind) => void;
}) {
  const text = useTillText();
  const { hasLine, target, kind, onTarget, onKind } = props;
  return (
    <div className="discount-choices">
      <SegmentedControl<Target>
        size="md"
        aria-label={text("discount.target")}
        value={target}
        onChange={onTarget}
        data={[
          { value: "line", label: text("discount.line"), disabled: !hasLine },
          { value: "sale", label: text("discount.sale") },
        ]}
      />
      <SegmentedControl<DiscountKind>
        size="md"
        aria-label={text("discount.kind")}
        value={kind}
        onChange={onKind}
        data={[
          { value: "percent", label: text("discount.percent") },
          { value: "amount", label: text("discount.yuan") },
        ]}
      />
    </div>
  );
}
