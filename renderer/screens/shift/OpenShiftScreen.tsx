import "./shift.css";
import { IconCash, IconLogout2 } from "@tabler/icons-react";
import { useState } from "react";
import { fen, type Fen } from "#core/money/fen.ts";
import { formatYuan, parseYuan } from "#core/money/yuan.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { Press } from "../../parts/Press.tsx";
import { act, openDialog } from "../../till/desk.ts";
import { isOnButton, useKeys } from "../../till/keys.ts";
import { useFromSection } from "../../till-client.ts";
import { NoticeStrip } from "../notices/NoticeStrip.tsx";
import { StatusBar } from "../sale/StatusBar.tsx";

/** What small shops keep in the drawer overnight, in fen. */
const usualFloats: readonly Fen[] = [0, 20_000, 30_000, 50_000, 100_000].map(fen);

/** The first thing after signing in: the cash the drawer starts with. */
export function OpenShiftScreen() {
  const text = useTillText();
  const name = useFromSection("session", (session) => session?.name ?? "");
  const heldCount = useFromSection("held", (held) => held.length);
  const [amount, setAmount] = useState("");
  const parsed = parseYuan(amount);
  const floatFen = parsed.ok ? parsed.value : null;

  const open = (): void => {
    if (floatFen !== null) void act("open-shift", { floatFen });
  };
  useKeys("screen", (event) => {
    if (event.key === "F12") openDialog({ kind: "more" });
    else if (event.key === "Enter" && !event.repeat && !isOnButton(event)) open();
    else return false;
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
          <div className="shift-quick" role="group" aria-label={text("open-shift.quick")}>
            {usualFloats.map((float) => (
              <Press
                key={float}
                className="figures"
                aria-pressed={float === floatFen}
                onClick={() => setAmount(formatYuan(float).replace(",", ""))}
              >
                {formatMoney(float).replace(".00", "")}
              </Press>
            ))}
          </div>
          <AmountField
            label={text("open-shift.float")}
            unit="¥"
            text={amount}
            onText={setAmount}
            enter={
              <EnterKey
                testId="open-shift"
                word={text("open-shift.confirm")}
                isReady={floatFen !== null}
                onPress={open}
              />
            }
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
