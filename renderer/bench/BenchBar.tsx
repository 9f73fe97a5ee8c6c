import { IconAlertTriangle, IconPlugConnected, IconPlugConnectedX } from "@tabler/icons-react";
import type { Locale } from "#contract/config/terminal.ts";
import { useLocale } from "../i18n/locale.tsx";
import { ask, useTwin, type BenchAnswer } from "./bench-client.ts";
import { BenchSwitch } from "./BenchSwitch.tsx";
import { useBenchText } from "./bench-texts.ts";

const languages = [
  ["zh-CN", "中文"],
  ["en", "English"],
] as const;

export function BenchBar(props: {
  readonly onLocale: (locale: Locale) => void;
  /** Why the last thing that was tried did not happen. */
  readonly refusal: string | null;
  readonly tell: (answer: BenchAnswer<unknown>) => void;
}) {
  const text = useBenchText();
  const locale = useLocale();
  const isOffline = useTwin("gateway")?.offline ?? false;
  const isLineCut = (useTwin("head-office")?.unplugged ?? false) && isOffline;
  return (
    <header className="bench-bar">
      <div className="bench-bar-words">
        <h1>{text("title")}</h1>
        <div role="status">
          {props.refusal === null ? (
            <p>{text("subtitle")}</p>
          ) : (
            <p className="bench-refusal" data-testid="bench-refusal">
              <IconAlertTriangle size={18} aria-hidden />
              {text("refused", { message: props.refusal })}
            </p>
          )}
        </div>
      </div>
      <BenchSwitch
        isOn={isLineCut}
        label={`${text("line")} · ${text(isLineCut ? "line.off" : "line.on")}`}
        icon={isLineCut ? <IconPlugConnectedX /> : <IconPlugConnected />}
        testId="shop-line"
        onTurn={(isCut) => {
          // Everything the till reaches goes over it; the customer's phone has a line of its own.
          ask("POST /gateway/offline", { offline: isCut }, props.tell);
          ask("POST /head-office/cable", { unplugged: isCut }, props.tell);
        }}
      />
      <BenchSwitch
        isOn={isOffline}
        label={`${text("gateway")} · ${text(isOffline ? "gateway.off" : "gateway.on")}`}
        icon={isOffline ? <IconPlugConnectedX /> : <IconPlugConnected />}
        testId="gateway-cable"
        onTurn={(offline) => ask("POST /gateway/offline", { offline }, props.tell)}
      />
      <fieldset className="bench-languages" aria-label={text("language")}>
        {languages.map(([value, name]) => (
          <button
            key={value}
            type="button"
            lang={value}
            aria-pressed={value === locale}
            onClick={() => props.onLocale(value)}
          >
            {name}
          </button>
        ))}
      </fieldset>
    </header>
  );
}
