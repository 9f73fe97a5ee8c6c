import type { WalletBehaviour, WalletView } from "#contract/bench/wallet.ts";
import type { TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import type { Shop } from "./shop.ts";

type Twins = Pick<Shop, "control">;

/** Pulls the trigger of the shop's scanner, as soon as the till is connected to it. */
export async function scan(shop: Twins, text: string): Promise<void> {
  await until("a till listens to the scanner", () => shop.control("POST", "/scanner/scan", { text }).catch(() => null));
}

/** What the customer's phone will do when its payment code is charged. */
export async function customerWill(shop: Twins, onCode: WalletBehaviour): Promise<void> {
  await shop.control("POST", "/wallet/behaviour", { onCode });
}

/** Waits until the phone asks for the password, and types it or taps cancel. */
export async function enterPassword(shop: Twins, accept: boolean): Promise<void> {
  const asked = await until("the phone asks for the password", async () => {
    const { pending } = (await shop.control("GET", "/wallet")) as WalletView;
    return pending.find((payment) => payment.kind === "codepay");
  });
  await shop.control("POST", "/wallet/password", { outTradeNo: asked.outTradeNo, accept });
}

/** Waits until no payment of any sale is open any more. */
export async function allPaymentsEnd(till: TillUnderTest): Promise<void> {
  await until("every payment is resolved", async () => (await till.view()).openAttempts.length === 0);
}
