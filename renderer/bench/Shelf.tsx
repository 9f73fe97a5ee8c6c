import { IconBarcode } from "@tabler/icons-react";
import { useState } from "react";
import { formatMoney } from "../i18n/formats.ts";
import { localName, useLocale } from "../i18n/locale.tsx";
import { Press } from "../parts/Press.tsx";
import { useBenchText } from "./bench-texts.ts";
import { GoodPicture } from "./GoodPicture.tsx";
import { shelfGoods } from "./shelf-goods.ts";
import { shelfLabels } from "./shelf-labels.ts";

/** Things to scan: packages, scale labels, bad codes, and a field for any other code. */
export function Shelf(props: { readonly onScan: (code: string) => Promise<void>; readonly lastScan: string | null }) {
  const { onScan, lastScan } = props;
  const text = useBenchText();
  const locale = useLocale();
  return (
    <section className="bench-panel bench-shelf" aria-label={text("shelf")}>
      <header className="bench-head">
        <h2>{text("shelf")}</h2>
        <p>{text("shelf.hint")}</p>
      </header>
      <ScannerField onScan={onScan} lastScan={lastScan} />
      <div className="bench-scroll">
        <ul className="bench-goods">
          {shelfGoods.map((good) => (
            <li key={good.sku}>
              <button
                type="button"
                className="bench-good"
                data-testid={`shelf-${good.sku}`}
                title={good.barcode}
                onClick={() => void onScan(good.barcode)}
              >
                <GoodPicture shape={good.shape} colour={good.colour} />
                <span className="bench-good-name">{localName(good, locale)}</span>
                <span className="figures bench-tag">{formatMoney(good.priceFen)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <ul className="bench-labels">
        {shelfLabels.map((label) => (
          <li key={label.key}>
            <button
              type="button"
              className={`bench-label bench-label-${label.key}`}
              data-testid={`label-${label.key}`}
              title={label.text}
              onClick={() => void onScan(label.text)}
            >
              <IconBarcode size={22} aria-hidden />
              <strong>{text(`label.${label.key}`)}</strong>
              <small>{text(`label.${label.key}.what`)}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ScannerField(props: { readonly onScan: (code: string) => Promise<void>; readonly lastScan: string | null }) {
  const text = useBenchText();
  const [code, setCode] = useState("");
  return (
    <form
      className="bench-scanner"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() === "") return;
        void props.onScan(code.trim());
        setCode("");
      }}
    >
      <input
        className="bench-input"
        data-testid="scanner-text"
        aria-label={text("scanner.type")}
        placeholder={text("scanner.type")}
        value={code}
        autoComplete="off"
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Press data-testid="scanner-pull" onClick={(event) => event.currentTarget.form?.requestSubmit()}>
        {text("scanner.pull")}
      </Press>
      <output className="figures bench-last-scan" data-testid="scanner-last">
        {props.lastScan === null ? "" : text("scanner.sent", { text: props.lastScan })}
      </output>
    </form>
  );
}
