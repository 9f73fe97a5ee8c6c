import { formatMoney } from "../../i18n/formats.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { act, closeDialog } from "../../till/desk.ts";
import { useSection } from "../../till-client.ts";

/** Shift+Del: throws the whole basket away, so it is asked twice: here, and of a manager. */
export function VoidSaleDialog() {
  const text = useTillText();
  const common = useCommonText();
  const sale = useSection("sale");
  const voidSale = async (): Promise<void> => {
    closeDialog();
    await act("void-sale", {});
  };
  return (
    <Dialog
      title={text("void-sale.title")}
      testId="void-sale"
      onClose={closeDialog}
      onEnter={() => void voidSale()}
      footer={
        <>
          <Press data-autofocus onClick={closeDialog}>
            {common("cancel")} <KeyCap>Esc</KeyCap>
          </Press>
          <Press tone="danger" data-testid="void-sale-confirm" onClick={() => void voidSale()}>
            {text("void-sale.confirm")}
          </Press>
        </>
      }
    >
      <p>{text("void-sale.question", { count: sale.lines.length, total: formatMoney(sale.totalFen) })}</p>
    </Dialog>
  );
}
