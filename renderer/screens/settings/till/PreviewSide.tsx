import { IconPrinter } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { ReceiptPreview, SettingsPageView } from "#contract/ipc/settings-intents.ts";
import type { StoreWords } from "#core/receipt/store-words.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { ReceiptPaper } from "../../../paper/ReceiptPaper.tsx";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { Scrolled } from "../../../parts/Scrolled.tsx";
import { send } from "../../../till-client.ts";
import { Choice } from "../Choice.tsx";
import { useShopSettingsText } from "./shop-settings-texts.ts";

/** A pause in typing; the paper follows a blink later. */
const pauseMs = 120;

/** The receipt as it would print with what is typed beside it: laid out by main, as for the printer. */
export function PreviewSide({ typed, view }: { readonly typed: StoreWords; readonly view: SettingsPageView }) {
  const text = useShopSettingsText();
  const [columns, setColumns] = useState(view.paperColumns);
  const [language, setLanguage] = useState(view.receiptLanguage);
  const preview = usePreview(typed, columns, language, view.logoName);
  return (
    <aside className="shop-preview" aria-label={text("preview")} data-testid="receipt-preview">
      <div className="shop-preview-keys">
        <Choice
          label={text("preview.paper")}
          testId="preview-paper"
          value={columns === 32 ? "58" : "80"}
          options={[
            { value: "80", words: "80 mm" },
            { value: "58", words: "58 mm" },
          ]}
          onChoose={(value) => setColumns(value === "58" ? 32 : view.paperColumns === 42 ? 42 : 48)}
        />
        <Choice
          label={text("preview.language")}
          testId="preview-language"
          value={language}
          options={[
            { value: "zh-CN", words: text("receipt.zh") },
            { value: "en", words: text("receipt.en") },
            { value: "both", words: text("receipt.both") },
          ]}
          onChoose={setLanguage}
        />
      </div>
      <Scrolled className="shop-paper" label={text("preview.paper-itself")}>
        {preview !== null && <ReceiptPaper columns={preview.columns} lines={preview.lines} logo={preview.logo} />}
      </Scrolled>
      <SampleKey typed={typed} language={language} hasPrinter={view.hasPrinter} />
    </aside>
  );
}

function usePreview(
  store: StoreWords,
  columns: SettingsPageView["paperColumns"],
  language: SettingsPageView["receiptLanguage"],
  logoName: string | null,
): ReceiptPreview | null {
  const [preview, setPreview] = useState<ReceiptPreview | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const answer = await send("preview-receipt", { store, columns, language });
      if (isCurrent && answer.ok) setPreview(answer.value);
    };
    const timer = window.setTimeout(() => void ask(), pauseMs);
    return () => {
      isCurrent = false;
      window.clearTimeout(timer);
    };
    // Another logo is another paper, though nothing else of the question changes.
  }, [store, columns, language, logoName]);
  return preview;
}

/** What is typed, on true paper: the printer's own widths and blacks are no screen's. */
function SampleKey(props: {
  readonly typed: StoreWords;
  readonly language: SettingsPageView["receiptLanguage"];
  readonly hasPrinter: boolean;
}) {
  const { typed, language, hasPrinter } = props;
  const text = useShopSettingsText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [state, setState] = useState<"ready" | "printing" | "printed" | IntentFault>("ready");
  const print = async (): Promise<void> => {
    setState("printing");
    const answer = await send("print-sample", { store: typed, language });
    setState(answer.ok ? "printed" : answer.fault);
  };
  return (
    <div className="shop-sample">
      {typeof state === "object" && <TroubleNote text={faultText(state, tillText, place)} />}
      <Press data-testid="print-sample" disabled={!hasPrinter || state === "printing"} onClick={() => void print()}>
        <IconPrinter size={22} aria-hidden />
        {text(state === "printing" ? "sample.printing" : "sample.print")}
      </Press>
      <p className="settings-soft" role="status" data-testid="sample-state">
        {state === "printed" ? text("sample.printed") : hasPrinter ? "" : text("sample.no-printer")}
      </p>
    </div>
  );
}
