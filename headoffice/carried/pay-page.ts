import { createRequire } from "node:module";
import type Bwip from "bwip-js/node";
import { type PayLanguage, type PayState, payWords } from "./pay-words.ts";

/** All a page shows; a page without an order has words alone. */
export interface PayView {
  readonly state: PayState;
  readonly language: PayLanguage;
  readonly order: {
    readonly shop: string;
    readonly amountFen: number;
    readonly linesFen: number;
    readonly lineCount: number;
  } | null;
  readonly confirmation: { readonly digits: string; readonly code: string | null } | null;
}

/** States in which something may still change while the customer looks on. */
const watched: ReadonlySet<PayState> = new Set(["ready", "paid", "expired", "refunding", "abandoned"]);

/** The whole page: files of ours beside it, nothing inline, and words that need no script. */
export function payPage({ state, language, order, confirmation }: PayView): string {
  const words = payWords[language];
  const [title, next] = words.states[state];
  const other: PayLanguage = language === "en" ? "zh-CN" : "en";
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="pay.css">
<script src="pay.js" defer></script>
</head>
<body>
<main data-state="${state}" data-watch="${watched.has(state) ? "yes" : "no"}">
<p class="language"><a href="?lang=${other}" lang="${other}">${words.other}</a></p>
${order === null ? "" : orderPart(order, language)}
<h1 class="${state}">${escaped(title)}</h1>
<p class="next">${escaped(next)}</p>
${state === "ready" ? payPart(language) : ""}
${confirmation === null ? "" : confirmationPart(confirmation, language)}
</main>
</body>
</html>
`;
}

function orderPart(order: NonNullable<PayView["order"]>, language: PayLanguage): string {
  const { shop, amountFen, linesFen, lineCount } = order;
  const words = payWords[language];
  const items = lineCount === 0 ? "" : `<p class="items">${escaped(words.items(lineCount, yuan(linesFen)))}</p>`;
  return `<p class="shop">${words.of} <b>${escaped(shop)}</b></p>
<p class="amount" data-testid="amount">${yuan(amountFen)}</p>
${items}`;
}

function payPart(language: PayLanguage): string {
  const { pay, waiting, later, elsewhere } = payWords[language];
  return `<button id="pay" type="button">${pay}</button>
<p class="say" data-say="waiting" role="status" hidden>${waiting}</p>
<p class="say trouble" data-say="later" role="alert" hidden>${later}</p>
<p class="say trouble" data-say="elsewhere" role="alert" hidden>${elsewhere}</p>`;
}

function confirmationPart({ digits, code }: NonNullable<PayView["confirmation"]>, language: PayLanguage): string {
  const typed =
    code === null
      ? ""
      : `<p class="by-code">${payWords[language].byCode}</p>
<p class="code" data-testid="code">${code.slice(0, 4)} ${code.slice(4)}</p>`;
  return `<div class="qr" data-testid="confirmation" data-digits="${digits}">${qrOf(digits)}</div>
${typed}`;
}

/** Loaded with the first code that is drawn, in the form that the till's package has of it. */
const load = createRequire(import.meta.url);

/** Digits alone take QR's numeric mode; the quiet zone is the box's own white. */
function qrOf(digits: string): string {
  const options = { bcid: "qrcode", text: digits, eclevel: "M" };
  // The package's own types.
  return (load("bwip-js/node") as typeof Bwip).toSVG(options);
}

/** Whole fen as people write them: ¥12.30. */
export function yuan(fen: number): string {
  const digits = String(fen).padStart(3, "0");
  return `¥${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
