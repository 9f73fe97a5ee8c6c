import "../dialogs/dialogs.css";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { AskedPriceView } from "#contract/ipc/open-price-intents.ts";
import { judgeTypedPrice } from "#core/catalog/open-price.ts";
import { fen, isFen, type Fen } from "#core/money/fen.ts";
import { parseYuan } from "#core/money/yuan.ts";
import { rawPriceOf } from "#core/quantity/price-of.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatAmountOf, formatMoney } from "../../i18n/formats.ts";
import { localName, useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { useTillText, type TillText } from "../../i18n/till-texts.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { send, useSection } from "../../till-client.ts";

/** Goods that wait for their price; main opens and closes it. */
export function AskPriceDialog() {
  const asked = useSection("askedPrice");
  return asked === null ? null : <AskPrice key={asked.nameZh} asked={asked} />;
}

function AskPrice({ asked }: { readonly asked: AskedPriceView }) {
  const text = useTillText();
  const locale = useLocale();
  const place = useClockPlace();
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<IntentFault | null>(null);
  const price = parseYuan(typed);
  const isReady = price.ok && judgeTypedPrice(price.value, asked).ok;
  const confirm = async (): Promise<void> => {
    if (!price.ok) return;
    // Main judges it again, and says what can be typed.
    const answer = await send("type-price", { priceFen: price.value });
    setFault(answer.ok ? null : answer.fault);
  };
  return (
    <Dialog
      title={text("ask-price.title", { name: localName(asked, locale) })}
      testId="ask-price"
      onClose={() => void send("leave-price", {})}
      onEnter={() => void confirm()}
    >
      <p className="dialog-soft figures" data-testid="ask-price-limits">
        {limitWords(asked, text)}
        {asked.usualFen > 0 && ` · ${text("ask-price.usual", { price: formatMoney(asked.usualFen) })}`}
      </p>
      {fault !== null && <TroubleNote text={faultText(fault, text, place)} />}
      <AmountField
        label={text("ask-price.price")}
        unit="¥"
        text={typed}
        onText={(next) => {
          setTyped(next);
          setFault(null);
        }}
        hint={price.ok ? totalWords(asked, price.value, text) : undefined}
        enter={<EnterKey word={text("ask-price.take")} isReady={isReady} onPress={() => void confirm()} />}
      />
    </Dialog>
  );
}

function limitWords({ minFen, maxFen }: AskedPriceView, text: TillText): string {
  if (minFen !== null && maxFen !== null)
    return text("ask-price.between", { min: formatMoney(minFen), max: formatMoney(maxFen) });
  if (minFen !== null) return text("ask-price.from", { min: formatMoney(minFen) });
  return maxFen === null ? text("ask-price.any") : text("ask-price.upto", { max: formatMoney(maxFen) });
}

/** What several pieces come to; nothing beside one, or beyond what a till handles. */
function totalWords({ quantity }: AskedPriceView, priceFen: Fen, text: TillText): string | undefined {
  const amount = rawPriceOf(priceFen, quantity);
  if (quantity === 1_000 || !isFen(amount)) return undefined;
  const count = formatAmountOf(quantity, "piece");
  return text("ask-price.total", { count, price: formatMoney(priceFen), amount: formatMoney(fen(amount)) });
}
