import "../dialogs/dialogs.css";
import "./pricing.css";
import { TextInput } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { parseYuan } from "#core/money/yuan.ts";
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

/** Reasons most shops have; any other is written out. */
const usualReasons = ["damaged", "near-date", "shelf-tag", "match"] as const;

/** Shortest and longest reason (contract/ipc/pricing-intents.ts). */
const leastReasonCharacters = 2;
const mostReasonCharacters = 40;

/** 改价: another price for one line, and why. Above the cashier's limit main asks for a manager. */
export function OverrideDialog({ lineId }: { readonly lineId: string }) {
  const text = useTillText();
  const locale = useLocale();
  const line = useSection("sale").lines.find((one) => one.lineId === lineId);
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<"price" | "reason" | null>(null);
  const price = parseYuan(typed);

  const confirm = async (): Promise<void> => {
    if (!price.ok) return setWrong("price");
    if (reason.trim().length < leastReasonCharacters) return setWrong("reason");
    closeDialog();
    await act("override-price", { lineId, to: { priceFen: price.value, reason: reason.trim() } });
  };
  const giveBack = async (): Promise<void> => {
    closeDialog();
    await act("override-price", { lineId, to: null });
  };
  const overrides = line?.overrides;
  return (
    <Dialog
      title={text("override.title")}
      size="wide"
      testId="override"
      onClose={closeDialog}
      onEnter={() => void confirm()}
    >
      {line !== undefined && (
        <p className="dialog-soft">
          {text("override.now", { name: localName(line, locale), price: formatMoney(line.unitPriceFen) })}
        </p>
      )}
      {wrong !== null && <TroubleNote text={text(`override.bad-${wrong}`)} />}
      <div className="override-parts">
        <AmountField
          label={text("override.price")}
          unit="¥"
          text={typed}
          onText={(next) => {
            setTyped(next);
            setWrong(null);
          }}
          enter={<EnterKey word={text("override.confirm")} isReady={price.ok} onPress={() => void confirm()} />}
        />
        <Reasons
          reason={reason}
          onReason={(words) => {
            setReason(words);
            setWrong(null);
          }}
        >
          {overrides !== undefined && (
            <Press tone="danger" data-testid="override-remove" onClick={() => void giveBack()}>
              {text("override.remove", { price: formatMoney(overrides.fromFen) })}
            </Press>
          )}
        </Reasons>
      </div>
    </Dialog>
  );
}

function Reasons(props: {
  readonly reason: string;
  readonly onReason: (words: string) => void;
  readonly children: ReactNode;
}) {
  const { reason, onReason, children } = props;
  const text = useTillText();
  return (
    <fieldset className="override-reasons">
      <legend>{text("override.reason")}</legend>
      {usualReasons.map((one) => {
        const words = text(`override.reason.${one}`);
        return (
          <Press
            key={one}
            data-testid={`reason-${one}`}
            aria-pressed={reason === words}
            onClick={() => onReason(words)}
          >
            {words}
          </Press>
        );
      })}
      <TextInput
        label={text("override.other")}
        size="md"
        data-testid="reason-other"
        value={reason}
        maxLength={mostReasonCharacters}
        autoComplete="off"
        onChange={(event) => onReason(event.currentTarget.value)}
      />
      {children}
    </fieldset>
  );
}
