import "./dialogs.css";
import type { Rounding } from "#core/cart/cart.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { act, closeDialog } from "../../till/desk.ts";
import { useFromSection } from "../../till-client.ts";

const roundings: readonly Rounding[] = ["none", "jiao", "yuan"];

/** F10 抹零: drop what is below a jiao or a yuan from this sale. */
export function RoundingDialog() {
  const text = useTillText();
  const rounding = useFromSection("sale", (sale) => sale.rounding);
  const choose = (chosen: Rounding | undefined): boolean => {
    if (chosen === undefined) return false;
    closeDialog();
    void act("set-rounding", { rounding: chosen });
    return true;
  };
  return (
    <Dialog
      title={text("rounding.title")}
      testId="rounding"
      onClose={closeDialog}
      onKey={(event) => /^[123]$/.test(event.key) && choose(roundings[Number(event.key) - 1])}
    >
      <div className="choice-list">
        {roundings.map((one, index) => (
          <Press key={one} aria-pressed={one === rounding} data-testid={`rounding-${one}`} onClick={() => choose(one)}>
            <KeyCap>{String(index + 1)}</KeyCap>
            {text(`rounding.${one}`)}
          </Press>
        ))}
      </div>
    </Dialog>
  );
}
