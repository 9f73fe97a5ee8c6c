import { Button } from "@mantine/core";
import { IconArrowLeft, IconPencil, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { MachineAnswer, MachineRole, ShopAnswer, ShopsAnswer, TerminalAnswer } from "../../admin/shapes.ts";
import { RelayTable } from "../parts/RelayTable.tsx";
import { TerminalTable } from "../parts/TerminalTable.tsx";
import { Trouble } from "../parts/Trouble.tsx";
import { useSession } from "../session.ts";
import { useWords } from "../texts.tsx";
import { useAnswer } from "../use-answer.ts";
import { CodeDialog } from "./CodeDialog.tsx";
import { DaysDialog } from "./DaysDialog.tsx";
import { RevokeDialog } from "./RevokeDialog.tsx";
import { ShopForm } from "./ShopForm.tsx";
import { ShopPeople } from "./ShopPeople.tsx";
import { ShopReceipt } from "./ShopReceipt.tsx";

const askAgainMs = 5_000;

type Machine = MachineAnswer & { readonly role: MachineRole };
type Open =
  | { readonly kind: "names" }
  | { readonly kind: "code"; readonly machine: Machine | null }
  | { readonly kind: "revoke"; readonly machine: Machine }
  | { readonly kind: "days"; readonly terminal: TerminalAnswer };

/** One shop: its tills and relay and letting another in, who works there, what its receipts say. */
export function Shop({ storeCode }: { readonly storeCode: string }) {
  const { text, locale } = useWords();
  const isAdmin = useSession().role === "admin";
  const { value, fault, reload } = useAnswer<ShopsAnswer>("/shops", askAgainMs);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const shop = value?.shops.find((one) => one.storeCode === storeCode);
  if (value === null || shop === undefined) {
    if (fault !== null) return <Trouble fault={fault} onRetry={reload} />;
    return value === null ? null : <p className="office-card office-empty">{text("fault.not-found")}</p>;
  }
  const [first, second] = locale === "en" ? [shop.nameEn, shop.nameZh] : [shop.nameZh, shop.nameEn];
  const actions = (terminal: TerminalAnswer) => (
    <>
      {terminal.state !== "invited" && (
        <Button onClick={() => setOpen({ kind: "days", terminal })} size="sm" variant="default">
          {text("till.days")}
        </Button>
      )}
      {isAdmin && <MachineActions machine={{ ...terminal, role: "till" }} onOpen={setOpen} />}
    </>
  );
  return (
    <>
      <a className="office-back" href="#/">
        <IconArrowLeft aria-hidden size={18} />
        {text("nav.overview")}
      </a>
      <div className="office-head">
        <h1>
          {first === "" ? second : first}
          <span className="office-code">{shop.storeCode}</span>
        </h1>
        {isAdmin && (
          <Button
            leftSection={<IconPencil aria-hidden size={18} />}
            onClick={() => setOpen({ kind: "names" })}
            variant="default"
          >
            {text("shop.edit")}
          </Button>
        )}
        {isAdmin && (
          <Button
            leftSection={<IconPlus aria-hidden size={20} />}
            onClick={() => setOpen({ kind: "code", machine: null })}
          >
            {text("till.add")}
          </Button>
        )}
      </div>
      {fault !== null && <Trouble fault={fault} onRetry={reload} />}
      <section className="office-card office-shop">
        <h2>{text("shop.tills")}</h2>
        <TerminalTable actions={actions} nowMs={value.nowMs} terminals={shop.terminals} />
      </section>
      {shop.relays.length > 0 && <Relays nowMs={value.nowMs} onOpen={isAdmin ? setOpen : null} relays={shop.relays} />}
      <ShopPeople storeCode={storeCode} />
      <ShopReceipt storeCode={storeCode} />
      <ShopForm isOpen={open?.kind === "names"} onClose={close} onSaved={reload} shop={shop} />
      <Dialogs onClose={close} onRevoked={reload} open={open} shop={shop} />
    </>
  );
}

interface DialogsProps {
  readonly shop: ShopAnswer;
  readonly open: Open | null;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}

/** What one does with one machine of the shop. */
function Dialogs({ shop, open, onClose, onRevoked }: DialogsProps) {
  const { storeCode } = shop;
  switch (open?.kind) {
    case "code":
      return <CodeDialog machine={open.machine} onClose={onClose} shop={shop} />;
    case "days":
      return <DaysDialog onClose={onClose} storeCode={storeCode} terminal={open.terminal} />;
    case "revoke":
      return <RevokeDialog machine={open.machine} onClose={onClose} onRevoked={onRevoked} storeCode={storeCode} />;
    default:
      return null;
  }
}

interface RelaysProps {
  readonly relays: readonly MachineAnswer[];
  readonly nowMs: number;
  /** Null for whoever may only look. */
  readonly onOpen: ((open: Open) => void) | null;
}

function Relays({ relays, nowMs, onOpen }: RelaysProps) {
  const { text } = useWords();
  const actions = (relay: MachineAnswer) =>
    onOpen !== null && <MachineActions machine={{ ...relay, role: "relay" }} onOpen={onOpen} />;
  return (
    <section className="office-card office-shop">
      <h2>{text("shop.relays")}</h2>
      <RelayTable actions={onOpen === null ? undefined : actions} nowMs={nowMs} relays={relays} />
    </section>
  );
}

interface ActionsProps {
  readonly machine: Machine;
  readonly onOpen: (open: Open) => void;
}

/** An admin's: letting it in anew and putting it out. */
function MachineActions({ machine, onOpen }: ActionsProps) {
  const { text } = useWords();
  return (
    <>
      <Button onClick={() => onOpen({ kind: "code", machine })} size="sm" variant="default">
        {text("till.code")}
      </Button>
      {machine.state === "active" && (
        <Button color="red" onClick={() => onOpen({ kind: "revoke", machine })} size="sm" variant="subtle">
          {text("till.revoke")}
        </Button>
      )}
    </>
  );
}
