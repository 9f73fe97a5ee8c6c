import type { ReactNode } from "react";
import { useTillText, type TillKey } from "../../i18n/till-texts.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { Press } from "../../parts/Press.tsx";
import { defaultKeys, type KeyAction } from "#core/keys/key-map.ts";
import { openDialog } from "../../till/desk.ts";
import { shortcutOf, useKeyOf } from "../../till/key-map.ts";
import { useFromSection } from "../../till-client.ts";
import { useCanShare } from "../held/use-shared-held.ts";
import { askDiscount, askPrice, askQuantity, voidCurrentLine } from "./sale-desk.ts";

interface FunctionKey {
  readonly action: KeyAction;
  readonly name: TillKey;
  readonly run: () => void;
}

const functionKeys: readonly FunctionKey[] = [
  { action: "quantity", name: "keys.quantity", run: askQuantity },
  { action: "discount", name: "keys.discount", run: askDiscount },
  { action: "hold", name: "keys.hold", run: () => openDialog({ kind: "hold" }) },
  { action: "recall", name: "keys.recall", run: () => openDialog({ kind: "held" }) },
  { action: "void-line", name: "keys.void-line", run: () => void voidCurrentLine() },
  { action: "refund", name: "keys.refund", run: () => openDialog({ kind: "find-sale" }) },
  { action: "drawer", name: "keys.drawer", run: () => openDialog({ kind: "no-sale" }) },
  { action: "rounding", name: "keys.rounding", run: () => openDialog({ kind: "rounding" }) },
  { action: "price", name: "keys.price", run: askPrice },
  { action: "more", name: "keys.more", run: () => openDialog({ kind: "more" }) },
];

/** The function keys as buttons, in the order of a usual keyboard. While a payment is open the cart's keys rest. */
export function KeyBar({ isPaying }: { readonly isPaying: boolean }) {
  const text = useTillText();
  const heldCount = useFromSection("held", (held) => held.length);
  const canShare = useCanShare();
  const isEmpty = useFromSection("sale", (sale) => sale.lines.length === 0);
  const hasDrawer = useFromSection("shop", (shop) => shop.hasDrawer);
  const resting = (action: KeyAction): boolean => {
    if (isPaying) return true;
    // Other tills may have held one for all of them.
    if (action === "recall") return heldCount === 0 && !canShare;
    if (action === "drawer") return !hasDrawer;
    return isEmpty && action !== "refund" && action !== "more";
  };
  return (
    <nav className="key-bar" aria-label={text("keys.bar")}>
      {functionKeys.map((key) => (
        <BarKey key={key.action} of={key} isResting={resting(key.action)}>
          {key.action === "recall" && heldCount > 0 && <span className="key-bar-badge figures">{heldCount}</span>}
        </BarKey>
      ))}
    </nav>
  );
}

function BarKey({
  of: { action, name, run },
  isResting,
  children,
}: {
  readonly of: FunctionKey;
  readonly isResting: boolean;
  readonly children: ReactNode;
}) {
  const text = useTillText();
  return (
    <Press
      data-testid={`key-${defaultKeys[action]}`}
      aria-keyshortcuts={shortcutOf(useKeyOf(action))}
      disabled={isResting}
      onClick={run}
    >
      <ActionKey action={action} />
      {text(name)}
      {children}
    </Press>
  );
}
