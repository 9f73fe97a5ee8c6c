import { Button } from "@mantine/core";
import { IconArrowLeft, IconPencil, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { ShopsAnswer, TerminalAnswer } from "../../admin/shapes.ts";
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

type Open =
  | { readonly kind: "names" }
  | { readonly kind: "code"; readonly terminal: TerminalAnswer | null }
  | { readonly kind: "days" | "revoke"; readonly terminal: TerminalAnswer };

/** One shop: its tills and letting another in, who works there, what its receipts say. */
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
      {isAdmin && (
        <Button onClick={() => setOpen({ kind: "code", terminal })} size="sm" variant="default">
          {text("till.code")}
        </Button>
      )}
      {isAdmin && terminal.state === "active" && (
        <Button color="red" onClick={() => setOpen({ kind: "revoke", terminal })} size="sm" variant="subtle">
          {text("till.revoke")}
        </Button>
      )}
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
            onClick={() => setOpen({ kind: "code", terminal: null })}
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
      <ShopPeople storeCode={storeCode} />
      <ShopReceipt storeCode={storeCode} />
      <ShopForm isOpen={open?.kind === "names"} onClose={close} onSaved={reload} shop={shop} />
      {open?.kind === "code" && <CodeDialog onClose={close} shop={shop} terminal={open.terminal} />}
      {open?.kind === "days" && <DaysDialog onClose={close} storeCode={storeCode} terminal={open.terminal} />}
      {open?.kind === "revoke" && (
        <RevokeDialog onClose={close} onRevoked={reload} storeCode={storeCode} terminal={open.terminal} />
      )}
    </>
  );
}
