import "./attempt.css";
import { IconCircleCheckFilled, IconCircleXFilled, IconHelpCircleFilled } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { MoneyWord } from "#core/tender/attempt.ts";
import { useCommonText } from "../../i18n/common-texts.ts";

const icons = {
  paid: IconCircleCheckFilled,
  "not-paid": IconCircleXFilled,
  "not-known": IconHelpCircleFilled,
} as const;

/** One of the three words for money, with its icon, colour and sentence. There is no fourth. */
export function MoneyWordPanel(props: {
  readonly word: MoneyWord;
  readonly sentence: string;
  readonly aside?: ReactNode;
  /** Where it is the only thing to look at. */
  readonly isLarge?: boolean;
  readonly children?: ReactNode;
}) {
  const { word, sentence, aside, isLarge = false, children } = props;
  const common = useCommonText();
  const Icon = icons[word];
  return (
    <div
      className={`word word-${word} ${isLarge ? "word-large" : ""}`}
      role="status"
      data-testid="money-word"
      data-word={word}
    >
      <div className="word-head">
        <Icon size={isLarge ? 80 : 52} aria-hidden />
        <strong>{common(`word.${word}`)}</strong>
        {aside}
      </div>
      <p>{sentence}</p>
      {children}
    </div>
  );
}
