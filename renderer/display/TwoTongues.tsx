import type { TextValues } from "../i18n/texts.tsx";
import { useLocale } from "../i18n/locale.tsx";
import { displayTextOf, type DisplayKey } from "./display-texts.ts";

/** A sentence in the shop's language with the other language below it, smaller: nobody at the counter is left out. */
export function TwoTongues(props: {
  readonly text: DisplayKey;
  readonly values?: TextValues;
  readonly className?: string;
  readonly testId?: string;
}) {
  const { text, values, className = "", testId } = props;
  const locale = useLocale();
  const other = locale === "zh-CN" ? "en" : "zh-CN";
  return (
    <span className={`display-tongues ${className}`} data-testid={testId}>
      <span>{displayTextOf(locale)(text, values)}</span>
      <span className="display-other" lang={other}>
        {displayTextOf(other)(text, values)}
      </span>
    </span>
  );
}
