import { useTillText, type TillKey } from "../../i18n/till-texts.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { openDialog } from "../../till/desk.ts";
import { useFromSection } from "../../till-client.ts";
import { useCanShare } from "../held/use-shared-held.ts";
import { askDiscount, askPrice, askQuantity, voidCurrentLine } from "./sale-desk.ts";

interface FunctionKey {
  readonly cap: string;
  readonly name: TillKey;
  readonly run: () => void;
}

const functionKeys: readonly FunctionKey[] = [
  { cap: "F3", name: "keys.quantity", run: askQuantity },
  { cap: "F4", name: "keys.discount", run: askDiscount },
  { cap: "F5", name: "keys.hold", run: () => openDialog({ kind: "hold" }) },
  { cap: "F6", name: "keys.recall", run: () => openDialog({ kind: "held" }) },
  { cap: "F7", name: "keys.void-line", run: () => void voidCurrentLine() },
  { cap: "F8", name: "keys.refund", run: () => openDialog({ kind: "find-sale" }) },
  { cap: "F9", name: "keys.drawer", run: () => openDialog({ kind: "no-sale" }) },
  { cap: "F10", name: "keys.rounding", run: () => openDialog({ kind: "rounding" }) },
  { cap: "F11", name: "keys.price", run: askPrice },
  { cap: "F12", name: "keys.more", run: () => openDialog({ kind: "more" }) },
];

/** The function keys as buttons, in the order of the keyboard. While a payment is open the cart's keys rest. */
export function KeyBar({ isPaying }: { readonly isPaying: boolean }) {
  const text = useTillText();
  const heldCount = useFromSection("held", (held) => held.length);
  const canShare = useCanShare();
  const isEmpty = useFromSection("sale", (sale) => sale.lines.length === 0);
  const hasDrawer = useFromSection("shop", (shop) => shop.hasDrawer);
  const resting = (cap: string): boolean => {
    if (isPaying) return true;
    // Other tills may have held one for all of them.
    if (cap === "F6") return heldCount === 0 && !canShare;
    if (cap === "F9") return !hasDrawer;
    return isEmpty && cap !== "F8" && cap !== "F12";
  };
  return (
    <nav className="key-bar" aria-label={text("keys.bar")}>
      {functionKeys.map((key) => (
        <Press
          key={key.cap}
          data-testid={`key-${key.cap}`}
          aria-keyshortcuts={key.cap}
          disabled={resting(key.cap)}
          onClick={key.run}
        >
          <KeyCap>{key.cap}</KeyCap>
          {text(key.name)}
          {key.cap === "F6" && heldCount > 0 && <span className="key-bar-badge figures">{heldCount}</span>}
        </Press>
      ))}
    </nav>
  );
}
