import "./stock.css";
import { IconArrowLeft, IconClipboardList, IconPackages, IconTruckDelivery } from "@tabler/icons-react";
import { useState } from "react";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { useKeys } from "../../till/keys.ts";
import { NoticeStrip } from "../notices/NoticeStrip.tsx";
import { LevelsTab } from "./LevelsTab.tsx";
import { ReceivingTab } from "./ReceivingTab.tsx";
import { useStockText } from "./stock-texts.ts";
import { TakesTab } from "./TakesTab.tsx";

const tabs = [
  { name: "levels", icon: IconPackages },
  { name: "receiving", icon: IconTruckDelivery },
  { name: "takes", icon: IconClipboardList },
] as const;
type Tab = (typeof tabs)[number]["name"];

/** How much there is, what came in, and what was counted. Main says who may do what of it. */
export function StockPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useStockText();
  const [tab, setTab] = useState<Tab>("levels");
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  return (
    <div className="stock" data-testid="stock">
      <header className="stock-bar">
        <Press data-testid="stock-leave" onClick={onLeave}>
          <IconArrowLeft size={22} aria-hidden />
          {text("back")}
          <KeyCap>Esc</KeyCap>
        </Press>
        <h1>{text("title")}</h1>
        <nav className="stock-tabs" aria-label={text("title")}>
          {tabs.map(({ name, icon: TabIcon }) => (
            <Press
              key={name}
              data-testid={`stock-tab-${name}`}
              aria-current={tab === name ? "page" : undefined}
              onClick={() => setTab(name)}
            >
              <TabIcon size={22} aria-hidden />
              {text(`tab.${name}`)}
            </Press>
          ))}
        </nav>
      </header>
      <NoticeStrip />
      {tab === "levels" && <LevelsTab />}
      {tab === "receiving" && <ReceivingTab />}
      {tab === "takes" && <TakesTab />}
    </div>
  );
}
