import { z } from "zod";
import { enterPassword, pageRequest, payPage, payQr, scanQr, setWalletBehaviour } from "#contract/bench/wallet.ts";
import { ControlError, type ControlRoute } from "../control/route.ts";
import type { Wallet } from "./wallet.ts";

/** The control interface of the customer's phone; the JSON shapes are contract/bench/wallet.ts. */
export function walletRoutes(wallet: Wallet): readonly ControlRoute[] {
  return [
    { method: "GET", path: "/wallet", handle: async () => wallet.view() },
    { method: "POST", path: "/wallet/code", handle: async () => ({ authCode: wallet.showCode() }) },
    post("/wallet/behaviour", setWalletBehaviour, ({ onCode }) => {
      wallet.setBehaviour(onCode);
      return wallet.view();
    }),
    post("/wallet/password", enterPassword, (input) => {
      wallet.enterPassword(input);
      return wallet.view();
    }),
    post("/wallet/scan-qr", scanQr, ({ codeUrl }) => wallet.scanQr(codeUrl)),
    post("/wallet/pay-qr", payQr, (input) => {
      wallet.payQr(input);
      return wallet.view();
    }),
    post("/wallet/page-order", pageRequest, (request) => wallet.pageOrder(request)),
    post("/wallet/pay-page", payPage, (input) => {
      wallet.payPage(input);
      return wallet.view();
    }),
  ];
}

function post<T>(path: string, schema: z.ZodType<T>, act: (input: T) => unknown): ControlRoute {
  return {
    method: "POST",
    path,
    async handle(body) {
      const input = schema.safeParse(body);
      if (!input.success) throw new ControlError(z.prettifyError(input.error));
      return act(input.data);
    },
  };
}
