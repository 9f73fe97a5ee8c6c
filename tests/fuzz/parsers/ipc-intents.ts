import { intentSchemas } from "#contract/ipc/intents.ts";
import { assert } from "#core/result.ts";
import type { FuzzParser } from "../parser.ts";

const names = Object.keys(intentSchemas);
const samples: readonly (readonly [string, object])[] = [
  ["look", {}],
  ["sign-in", { cashierId: "1", pin: "1234" }],
  ["scan", { text: "6901234567892", by: "typed" }],
  ["discount-line", { lineId: "l1", discount: { kind: "percent", basisPoints: 500 }, approvalPin: "0000" }],
  ["add-open-price", { name: "杂", priceFen: 100, barcode: null }],
  ["hold-sale", { label: " 红衣 ", forEveryTill: true }],
  ["pay-cash", { receivedFen: 1_000 }],
  ["find-sale", { text: "T01-000001" }],
  ["refund-sale", { requestId: "r", saleId: "s", tenderId: "t", amountFen: 5, reason: "" }],
  [
    "send-refund-onward",
    {
      refundNo: "r",
      onward: { to: "customer-card", bankType: "ICBC_DEBIT", account: "6222020000000000", name: "李娜" },
    },
  ],
  ["findings", { day: "2026-11-26", group: "open", limit: 50, after: 0 }],
  ["match-static-taking", { tenderId: "t", transactionId: "4200001234202611210000000001" }],
  ["search-items", { text: "kele", limit: 20 }],
  ["run-reconciliation", { day: "2026-11-26" }],
];

/** Any name with any arguments, as a window that was taken over may send them. */
export const ipcIntents: FuzzParser = {
  name: "ipc-intents",
  reads: "every intent's arguments, as main parses them before it acts (contract/ipc/intents)",
  seeds: () => samples.map(([name, args]) => Buffer.from(JSON.stringify({ name, args }))),
  words: ["__proto__", '"approvalPin":', "constructor", "toString", "\\u0000"],
  jsonFrom: 0,
  mostBytes: 16_384,
  read(input) {
    const { name, args } = sent(input);
    const isKnown = typeof name === "string" && Object.hasOwn(intentSchemas, name);
    // Arguments under no name of ours go to one of them, by what they are.
    const sum = input.reduce((total, byte) => total + byte, 0);
    const asked = [isKnown ? name : (names[sum % names.length] ?? "look")];
    const told = asked.map((one) => {
      const parsed = schemaOf(one).safeParse(args);
      if (parsed.success) assert(Object.getPrototypeOf(parsed.data) === Object.prototype, "a plain object");
      return parsed.success ? parsed.data : parsed.error.issues.length;
    });
    return { isTaken: isKnown && typeof told[0] === "object", told };
  },
};

function schemaOf(name: string) {
  // `asked` holds nothing but names of the table.
  return intentSchemas[name as keyof typeof intentSchemas];
}

/** What a structured clone can carry and JSON cannot stands in for what is no JSON. */
function sent(input: Uint8Array): { readonly name?: unknown; readonly args?: unknown } {
  try {
    const value: unknown = JSON.parse(Buffer.from(input).toString());
    return typeof value === "object" && value !== null ? value : { args: value };
  } catch {
    return { args: [input.slice(0, 40), new Map([[input.length, undefined]]), 2n ** 70n, undefined][input.length % 4] };
  }
}
