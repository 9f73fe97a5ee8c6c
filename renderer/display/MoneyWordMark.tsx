import { IconCircleCheckFilled, IconCircleXFilled, IconHelpCircleFilled } from "@tabler/icons-react";
import type { MoneyWord } from "#core/tender/attempt.ts";
import { commonTextOf } from "../i18n/common-texts.ts";
import { useLocale } from "../i18n/locale.tsx";

const icons = {
  paid: IconCircleCheckFilled,
  "not-paid": IconCircleXFilled,
  "not-known": IconHelpCircleFilled,
} as const;

/** One of the three words for money with its own icon and colour, in the same words as on the cashier's screen. */
export function MoneyWordMark({ word }: { readonly word: MoneyWord }) {
  const locale = useLocale();
  const other = locale === "zh-CN" ? "en" : "zh-CN";
  const Icon = icons[word];
  return (
    <div className={`display-word display-word-${word}`} data-testid="display-word" data-word={word}>
      <Icon />
      <span className="display-tongues">
        <strong>{commonTextOf(locale)(`word.${word}`)}</strong>
        <span className="display-other" lang={other}>
          {commonTextOf(other)(`word.${word}`)}
        </span>
      </span>
    </div>
  );
}
