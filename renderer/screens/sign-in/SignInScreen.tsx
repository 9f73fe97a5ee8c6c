import "./sign-in.css";
import { IconBuildingStore, IconLanguage } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { localName, useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { formatClock, formatDay } from "../../i18n/formats.ts";
import { useNow } from "../../i18n/use-now.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { Press } from "../../parts/Press.tsx";
import { send, useFromSection, useSection } from "../../till-client.ts";
import { NoticeStrip } from "../notices/NoticeStrip.tsx";
import { PersonTiles } from "./PersonTiles.tsx";
import { PinEntry } from "./PinEntry.tsx";

/**
 * Who is at the till? A name, then a PIN; both by finger or by key, or a badge. Also what a locked till shows: the cashier
 * behind it is chosen, and anybody may take over.
 */
export function SignInScreen() {
  const people = useSection("people");
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const session = useSection("session");
  const hasLines = useFromSection("sale", (sale) => sale.lines.length > 0);
  const badgeId = people.find(({ hasShownBadge }) => hasShownBadge)?.id ?? null;
  useEffect(() => {
    if (badgeId !== null) setChosenId(badgeId);
  }, [badgeId]);
  const person = people.find((one) => one.id === (chosenId ?? session?.cashierId)) ?? people[0];
  const text = useTillText();

  const choose = (id: string): void => {
    setFault(null);
    setChosenId(id);
  };
  const step = (by: number): void => {
    const at = people.findIndex((one) => one.id === person?.id);
    const next = people[(at + by + people.length) % people.length];
    if (next !== undefined) choose(next.id);
  };

  return (
    <main className="sign-in">
      <ShopSide />
      <section className="sign-in-desk">
        <h1>{text(session === null ? "sign-in.title" : "lock.title")}</h1>
        {session !== null && (
          <p className="sign-in-locked" role="status" data-testid="locked">
            {text(badgeId !== null ? "lock.badge" : hasLines ? "lock.kept" : "lock.empty", { name: session.name })}
          </p>
        )}
        {session === null && badgeId !== null && <p className="sign-in-locked">{text("lock.badge")}</p>}
        <PersonTiles people={people} chosenId={person?.id ?? null} onChoose={choose} />
        {person !== undefined && (
          <PinEntry
            key={person.id}
            person={person}
            fault={fault}
            onStep={step}
            onPin={async (pin) => {
              const result = await send("sign-in", { cashierId: person.id, pin });
              setFault(result.ok ? null : result.fault);
            }}
          />
        )}
        <NoticeStrip />
      </section>
    </main>
  );
}

function ShopSide() {
  const shop = useSection("shop");
  const place = useClockPlace();
  const { locale } = place;
  const text = useTillText();
  const nowMs = useNow(1_000);
  return (
    <section className="sign-in-shop">
      <header>
        <IconBuildingStore size={56} stroke={1.5} aria-hidden />
        <p className="sign-in-name">{localName(shop, locale)}</p>
        <p className="sign-in-till">{shop.terminalId}</p>
        {shop.isDemo && <p className="sign-in-demo">{text("sign-in.demo-store")}</p>}
      </header>
      <div>
        <p className="sign-in-clock figures">{formatClock(nowMs, place)}</p>
        <p className="sign-in-day">{formatDay(nowMs, place)}</p>
      </div>
      <Press
        className="sign-in-language"
        data-testid="language"
        onClick={() => void send("set-locale", { locale: locale === "zh-CN" ? "en" : "zh-CN" })}
      >
        <IconLanguage size={24} aria-hidden />
        {text("more.language")}
        <ActionKey action="language" />
      </Press>
    </section>
  );
}
