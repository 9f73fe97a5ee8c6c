import type { Mutant } from "#tests/model/mutants.ts";
import type { PromiseName } from "./broken.ts";

export interface CarriedMutant extends Mutant {
  /** Whichever of them a random day breaks first; noticed by another one it was not noticed for what it is. */
  readonly breaks: readonly PromiseName[];
}

const proof = "core/carried/proof.ts";
const order = "headoffice/carried/order.ts";
const keeper = "headoffice/carried/keeper.ts";

/** Every one of them gives goods or money away; a model that does not notice is no proof. */
export const mutants: readonly CarriedMutant[] = [
  {
    name: "nonce-ignored",
    mistake: "The till takes head office's word of any attempt that ever had this number and amount.",
    breaks: ["paid-is-charged"],
    edits: [{ file: proof, find: " || carried.nonce !== confirmation.nonce", replace: "" }],
  },
  {
    name: "amount-not-signed",
    mistake: "Neither the till's signature nor head office's covers the amount.",
    breaks: ["amounts-are-signed"],
    edits: [
      {
        file: "core/carried/request.ts",
        find: "const lines = [terminalKey, outTradeNo, amountFen, linesFen,",
        replace: "const lines = [terminalKey, outTradeNo, linesFen,",
      },
      {
        file: "headoffice/carried/request.ts",
        find: "const said = [terminalKey, outTradeNo, amountFen, linesFen,",
        replace: "const said = [terminalKey, outTradeNo, linesFen,",
      },
      {
        file: "core/carried/confirmation.ts",
        // As it stands in the source.
        find: "\\n${outTradeNo}\\n${amountFen}\\n${nonce}\\npaid",
        replace: "\\n${outTradeNo}\\n${nonce}\\npaid",
      },
      {
        file: "headoffice/carried/confirmation.ts",
        find: `[title, version, outTradeNo, amountFen, nonce, "paid"]`,
        replace: `[title, version, outTradeNo, nonce, "paid"]`,
      },
    ],
  },
  {
    name: "code-as-number",
    mistake: "The till compares the typed code as a number.",
    breaks: ["a-code-is-text"],
    edits: [
      {
        file: "core/carried/typed-code.ts",
        find: "return /^[0-9]{8}$/.test(code) ? code : null;",
        replace: `return String(Math.trunc(Number(code))).padStart(codeDigits, "0");`,
      },
    ],
  },
  {
    name: "page-trusted",
    mistake: "The page shows head office's word before head office knows that the order is paid.",
    breaks: ["paid-is-charged"],
    edits: [
      {
        file: "headoffice/carried/show-request.ts",
        find: `confirmation: state === "paid" ?`,
        replace: `confirmation: state === "ready" || state === "paid" ?`,
      },
    ],
  },
  {
    name: "abandoned-takes-a-proof",
    mistake: "Head office hears that an attempt was given up, and after a restart it waits for a proof again.",
    breaks: ["never-both"],
    edits: [
      {
        file: "main/store/sales/attempts.ts",
        find: "    rows.update(attempt);\n    journal",
        replace: `    if (attempt.state !== "abandoned") rows.update(attempt);\n    journal`,
      },
    ],
  },
  {
    name: "late-payment-kept",
    mistake: "What is paid after the till gave it up stays with the shop.",
    breaks: ["none-is-kept"],
    edits: [{ file: order, find: `order.till === "abandoned" ? "refunding" : "paid"`, replace: `"paid"` }],
  },
  {
    name: "refund-never-asked",
    mistake: "Head office asks what became of a refund it has not asked for.",
    breaks: ["none-is-kept", "comes-to-rest"],
    edits: [
      { file: keeper, find: `known.kind === "not-found" ? await gateway.refund(order) : known`, replace: "known" },
    ],
  },
  {
    name: "no-answer-is-paid",
    mistake: "Whatever the gateway does not deny is paid.",
    breaks: ["paid-is-charged", "comes-to-rest"],
    edits: [
      {
        file: keeper,
        find: "    default:\n      return null;",
        replace: `    default:\n      return { ...nothing, events: ["paid"] };`,
      },
    ],
  },
];
