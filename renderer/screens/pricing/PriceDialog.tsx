import "../dialogs/dialogs.css";
import { IconPencilDollar, IconTicket, IconUserStar, type Icon } from "@tabler/icons-react";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { closeDialog, openDialog } from "../../till/desk.ts";

interface Choice {
  readonly name: string;
  readonly icon: Icon;
  readonly words: string;
  readonly run: () => void;
}

/** F11: all that makes a price another one without being a discount. Each has its digit. */
export function PriceDialog({ lineId }: { readonly lineId: string }) {
  const text = useTillText();
  const choices: readonly Choice[] = [
    {
      name: "override",
      icon: IconPencilDollar,
      words: text("more.override"),
      run: () => openDialog({ kind: "override", lineId }),
    },
    { name: "coupon", icon: IconTicket, words: text("more.coupon"), run: () => openDialog({ kind: "coupon" }) },
    {
      name: "member",
      icon: IconUserStar,
      words: text("more.member"),
      run: () => openDialog({ kind: "member" }),
    },
  ];
  const run = (choice: Choice | undefined): boolean => {
    if (choice === undefined) return false;
    closeDialog();
    choice.run();
    return true;
  };
  return (
    <Dialog
      title={text("keys.price")}
      testId="price"
      onClose={closeDialog}
      onKey={(event) => /^[1-3]$/.test(event.key) && run(choices[Number(event.key) - 1])}
    >
      <div className="choice-list">
        {choices.map(({ icon: ChoiceIcon, ...choice }, index) => (
          <Press key={choice.name} data-testid={`price-${choice.name}`} onClick={() => run(choices[index])}>
            <KeyCap>{String(index + 1)}</KeyCap>
            <ChoiceIcon size={26} aria-hidden />
            {choice.words}
          </Press>
        ))}
      </div>
    </Dialog>
  );
}
