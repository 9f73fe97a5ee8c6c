import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { StaticTaking, StaticTakingEnd } from "#core/tender/static-taking.ts";
import { timeOnPaper } from "#core/receipt/elements.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { actInDialog } from "../../till/desk.ts";
import { useManagerText } from "../manager/manager-texts.ts";

const mostDigits = 32;
const fewestReasonCharacters = 2;
const mostReasonCharacters = 100;

/** Where the money was found, by WeChat's own number, or why it never came: said once, and in the journal. */
export function EndTakingDialog(props: {
  readonly taking: StaticTaking;
  readonly how: StaticTakingEnd["kind"];
  readonly onLeave: () => void;
}) {
  const { taking, how, onLeave } = props;
  const text = useManagerText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [typed, setTyped] = useState("");
  const [trouble, setTrouble] = useState<IntentFault | "bad" | null>(null);
  const { tenderId } = taking;
  const isMatch = how === "matched";
  const said = typed.trim();
  const isReady = isMatch ? /^\d{10,32}$/.test(said) : said.length >= fewestReasonCharacters;

  const confirm = async (): Promise<void> => {
    if (!isReady) setTrouble("bad");
    else if (isMatch) setTrouble(await actInDialog("match-static-taking", { tenderId, transactionId: said }, onLeave));
    else setTrouble(await actInDialog("write-off-static-taking", { tenderId, reason: said }, onLeave));
  };
  return (
    <Dialog
      title={text(`takings.${how}.title`)}
      testId="end-taking"
      onClose={onLeave}
      onEnter={() => void confirm()}
      footer={
        <Press tone="primary" data-testid="end-taking-confirm" disabled={!isReady} onClick={() => void confirm()}>
          {text(`takings.${how}.confirm`)} <KeyCap>Enter</KeyCap>
        </Press>
      }
    >
      <p className="figures">
        <strong>{formatMoney(taking.amountFen)}</strong> · {taking.saleNumber} · {timeOnPaper(taking.takenAt)}
      </p>
      <p className="dialog-soft">{text(`takings.${how}.explain`)}</p>
      {trouble !== null && (
        <TroubleNote text={trouble === "bad" ? text(`takings.${how}.bad`) : faultText(trouble, tillText, place)} />
      )}
      <TextInput
        size="lg"
        label={text(`takings.${how}.field`)}
        data-testid="end-taking-field"
        data-autofocus
        maxLength={isMatch ? mostDigits : mostReasonCharacters}
        {...(isMatch ? { inputMode: "numeric" as const } : {})}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </Dialog>
  );
}
