import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Attempt } from "#core/tender/attempt.ts";
import { confirmationDigits, newSigningKey } from "./carried-words.ts";

/** Answers everything as a head office would that has another key: the payment is paid, and here is its word. */
export async function openLyingOffice({ outTradeNo, amountFen, carried }: Attempt) {
  const { privateKey } = newSigningKey();
  const confirmation = confirmationDigits({ outTradeNo, amountFen, nonce: carried?.nonce ?? "" }, privateKey);
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    request.resume();
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ orders: [{ outTradeNo, state: "paid", confirmation }] }));
  });
  const port = await new Promise<number>((resolve) =>
    // A server that listens on an address has one.
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)),
  );
  return {
    ...{ port, asked: () => asked },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
