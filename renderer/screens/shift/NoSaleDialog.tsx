import "./shift.css";
import { useState } from "react";
import { useCommonText } from "../../i18n/common-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { act, closeDialog } from "../../till/desk.ts";
import { isTyping } from "../../till/keys.ts";
import { ReasonField } from "./ReasonField.tsx";
import { useShiftText } from "./shift-texts.ts";
import { useReasons, useShiftDesk } from "./use-shift-desk.ts";

/** F9: the drawer without a sale, with its reason; main asks for the manager. Digits press the usual reasons. */
export function NoSaleDialog() {
  const text = useShiftText();
  const common = useCommonText();
  const usual = useReasons("no-sale", useShiftDesk());
  const [reason, setReason] = useState("");
  const isReasoned = reason.trim() !== "";
  const open = async (): Promise<void> => {
    if (!isReasoned) return;
    closeDialog();
    await act("open-drawer", { reason });
  };
  return (
    <Dialog
      title={text("no-sale.title")}
      testId="no-sale"
      onClose={closeDialog}
      onKey={(event) => {
        const words = usual[Number(event.key) - 1];
        if (isTyping(event) || words === undefined) return false;
        setReason(words);
        return true;
      }}
      onEnter={() => void open()}
      footer={
        <>
          <Press onClick={closeDialog}>
            {common("cancel")} <KeyCap>Esc</KeyCap>
          </Press>
          <Press tone="primary" data-testid="no-sale-confirm" disabled={!isReasoned} onClick={() => void open()}>
            {text("no-sale.confirm")} <KeyCap>Enter</KeyCap>
          </Press>
        </>
      }
    >
      <p>{text("no-sale.question")}</p>
      <ReasonField hasDigits usual={usual} reason={reason} onReason={setReason} />
    </Dialog>
  );
}
