import { readAmount } from "#core/nexo/amount.ts";
import { assert } from "#core/result.ts";
import { readRequest } from "#main/till/legacy/reading-requests.ts";
import { paymentRequest, reversalRequest, statusRequest } from "#tests/support/legacy-bench.ts";
import type { FuzzParser } from "../parser.ts";

export const nexoMessage: FuzzParser = {
  name: "nexo-message",
  reads: "a message of an old till (main/till/legacy)",
  seeds: () =>
    [paymentRequest(), reversalRequest("2", "sale-1", "0.10"), statusRequest("3", "1")].map((text) =>
      Buffer.from(text),
    ),
  words: ["RequestedAmount", "12.345", "1e2", "MessageCategory", "__proto__", "99999999.99"],
  jsonFrom: 0,
  read(input) {
    const read = readRequest(Buffer.from(input).toString());
    if (read.kind === "request" && read.request.category === "Payment") {
      const text = read.request.body.PaymentTransaction.AmountsReq.RequestedAmount;
      const amountFen = readAmount(text);
      if (amountFen !== null) assert(Number.isInteger(amountFen) && amountFen > 0, "an amount in whole fen");
      if (amountFen !== null) assert(Buffer.from(input).includes(text), "an amount that stands in the message");
    }
    return { isTaken: read.kind === "request", told: read };
  },
};
