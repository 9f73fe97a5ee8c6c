import "./shift.css";
import { IconCash, IconLogout2 } from "@tabler/icons-react";
import { fen, type Fen } from "#core/money/fen.ts";
import { formatYuan, parseYuan } from "#core/money/yuan.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { act, openDialog } from "../../till/desk.ts";
import { isKeyOf } from "../../till/key-map.ts";
import { useKeys } from "../../till/keys.ts";
import { useFromSection } from "../../till-client.ts";
import { NoticeStrip } from "../notices/NoticeStrip.tsx";
import { StatusBar } from "../sale/StatusBar.tsx";
import { CountEntry, type Counted, type QuickAmounts } from "./CountEntry.tsx";

/** What small shops keep in the drawer overnight, in fen. */
const usualFloats: readonly Fen[] = [0, 20_000, 30_000, 50_000, 100_000].map(fen);

/** The first thing after signing in: the cash the drawer starts with. */
export function OpenShiftScreen() {
  const text = useTillText();
  const name = useFromSection("session", (session) => session?.name ?? "");
  const heldCount = useFromSection("held", (held) => held.length);

  const open = ({ totalFen, pieces }: Counted): void => {
    void act("open-shift", { floatFen: totalFen, ...(pieces === null ? {} : { pieces: [...pieces] }) });
  };
  useKeys("screen", (event) => {
    if (!isKeyOf("more", event)) return false;
    openDialog({ kind: "more" });
    return true;
  });

  return (
    <div className="shift-screen">
      <StatusBar />
      <main className="shift-desk">
        <div className="shift-card">
          <p className="shift-hello">{text("open-shift.hello", { name })}</p>
          <h1>
            <IconCash size={32} aria-hidden /> {text("open-shift.question")}
          </h1>
          <CountEntry
            label={text("open-shift.float")}
            word={text("open-shift.confirm")}
            testId="open-shift"
            startsWith="total"
            onConfirm={open}
            Quick={UsualFloats}
          />
          {heldCount > 0 && <p className="shift-held">{text("open-shift.held", { count: heldCount })}</p>}
          <NoticeStrip />
          <Press tone="quiet" data-testid="sign-out" onClick={() => void act("sign-out", {})}>
            <IconLogout2 size={22} aria-hidden /> {text("more.sign-out")}
          </Press>
        </div>
      </main>
    </div>
  );
}

function UsualFloats({ amount, onAmount }: QuickAmounts) {
  const text = useTillText();
  const parsed = parseYuan(amount);
  return (
    <div className="shift-quick" role="group" aria-label={text("open-shift.quick")}>
      {usualFloats.map((float) => (
        <Press
          key={float}
          className="figures"
          aria-pressed={parsed.ok && float === parsed.value}
          onClick={() => onAmount(formatYuan(float).replace(",", ""))}
        >
          {formatMoney(float).replace(".00", "")}
        </Press>
      ))}
    </div>
  );
}
