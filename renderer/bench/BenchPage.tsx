import "./bench.css";
import { useState } from "react";
import type { Locale } from "#contract/config/terminal.ts";
import { machineOffsetMinutes } from "../i18n/formats.ts";
import { AppFrame } from "../parts/AppFrame.tsx";
import { control, useRefusal } from "./bench-client.ts";
import { BenchBar } from "./BenchBar.tsx";
import { DrawerPanel } from "./DrawerPanel.tsx";
import { HeadOfficePanel } from "./HeadOfficePanel.tsx";
import { Phone } from "./Phone.tsx";
import { PolePanel } from "./PolePanel.tsx";
import { PrinterPanel } from "./PrinterPanel.tsx";
import { ScalePanel } from "./ScalePanel.tsx";
import { Shelf } from "./Shelf.tsx";

/** The workbench of demo mode: every device of the counter as a thing to click, and a customer with a phone. */
export function BenchPage() {
  const [locale, setLocale] = useState<Locale>(firstLocale);
  return (
    <AppFrame locale={locale} utcOffsetMinutes={shopOffsetMinutes()} colorScheme="light">
      <Bench onLocale={setLocale} />
    </AppFrame>
  );
}

function Bench({ onLocale }: { readonly onLocale: (locale: Locale) => void }) {
  const { refusal, tell } = useRefusal();
  const [lastScan, setLastScan] = useState<string | null>(null);

  async function scan(code: string): Promise<void> {
    const answer = await control("POST /scanner/scan", { text: code });
    tell(answer);
    if (answer.ok) setLastScan(code);
  }

  return (
    <div className="bench">
      <BenchBar onLocale={onLocale} refusal={refusal} tell={tell} />
      <main className="bench-top">
        <div className="bench-counter">
          <Shelf onScan={scan} lastScan={lastScan} />
          <ScalePanel tell={tell} />
          <HeadOfficePanel tell={tell} />
        </div>
        <div className="bench-counter">
          <PrinterPanel tell={tell} />
          <DrawerPanel tell={tell} />
          <PolePanel tell={tell} />
        </div>
        <Phone onScan={scan} tell={tell} />
      </main>
    </div>
  );
}

/** The window may be told the shop's clock; otherwise it takes the machine's. */
function shopOffsetMinutes(): number {
  const told = new URLSearchParams(window.location.search).get("utcOffsetMinutes");
  return told === null ? machineOffsetMinutes() : Number(told);
}

/** The window may be told its language; otherwise it takes the machine's. */
function firstLocale(): Locale {
  const told = new URLSearchParams(window.location.search).get("locale") ?? navigator.language;
  return told.startsWith("zh") ? "zh-CN" : "en";
}
