import { IconLanguage } from "@tabler/icons-react";
import type { SettingsPageView } from "#contract/ipc/settings-intents.ts";
import { Choice } from "../Choice.tsx";
import { useShopSettingsText } from "./shop-settings-texts.ts";
import type { SettingsDesk } from "./use-settings.ts";

/** What the till and its papers speak, and what every sale is rounded to. */
export function LanguageCard({
  view,
  change,
}: {
  readonly view: SettingsPageView;
  readonly change: SettingsDesk["change"];
}) {
  const text = useShopSettingsText();
  return (
    <section className="settings-card">
      <h3>
        <IconLanguage size={22} aria-hidden />
        {text("language.title")}
      </h3>
      <Choice
        label={text("language.till")}
        testId="till-language"
        value={view.locale}
        options={[
          { value: "zh-CN", words: text("receipt.zh") },
          { value: "en", words: text("receipt.en") },
        ]}
        onChoose={(locale) => void change("save-language", { locale })}
      />
      <Choice
        label={text("language.receipt")}
        testId="receipt-language"
        value={view.receiptLanguage}
        options={[
          { value: "zh-CN", words: text("receipt.zh") },
          { value: "en", words: text("receipt.en") },
          { value: "both", words: text("receipt.both") },
        ]}
        onChoose={(receiptLanguage) => void change("save-language", { receiptLanguage })}
      />
      <Choice
        label={text("rounding.title")}
        testId="rounding-rule"
        value={view.rounding}
        options={[
          { value: "none", words: text("rounding.none") },
          { value: "jiao", words: text("rounding.jiao") },
          { value: "yuan", words: text("rounding.yuan") },
        ]}
        onChoose={(rounding) => void change("save-language", { rounding })}
      />
      <p className="settings-soft">{text("rounding.help")}</p>
    </section>
  );
}
