import { createPublicKey, verify } from "node:crypto";
import type { PageRequest } from "#contract/bench/wallet.ts";
import { ControlError } from "../control/route.ts";
import type { Ledger } from "../gateway/ledger.ts";
import type { Merchant } from "../gateway/operation.ts";
import type { Order } from "../gateway/order.ts";
import { openidOf } from "../gateway/transaction.ts";

/**
 * The unpaid order that a page inside WeChat asks money for by `getBrandWCPayRequest`, or a sentence why the phone does not
 * ask its owner: the shop's signature does not hold, the page is not the shop's, the order is another customer's.
 */
export function orderOfPage(options: {
  readonly merchant: Merchant;
  readonly ledger: Ledger;
  /** Hosts with their ports whose pages may ask for money. */
  readonly hosts: readonly string[];
  readonly request: PageRequest;
  readonly nowMs: number;
}): Order {
  const { merchant, ledger, hosts, request, nowMs } = options;
  ledger.advance();
  if (!hosts.includes(new URL(request.page).host))
    throw new ControlError("The address of this page is not registered.");
  if (request.appId !== merchant.appid) throw new ControlError("The appId of the page is not the merchant's.");
  if (!isSigned(merchant.publicKeyPem, request)) throw new ControlError("The payment's signature does not hold.");
  const prepayId = request.package.slice("prepay_id=".length);
  const order = ledger.findByPrepay(prepayId);
  const prepay = order?.prepays.find(({ id }) => id === prepayId);
  if (order === null || prepay === undefined || prepay.diesAtMs <= nowMs) {
    throw new ControlError("This payment is not valid any more. Open the page again.");
  }
  if (order.openid !== openidOf(request.phone)) throw new ControlError("This order is for another customer's phone.");
  return order;
}

/** RSA-SHA256 (PKCS#1 v1.5) over four lines. Source: 4012365342, the page's half. */
function isSigned(publicKeyPem: string, request: PageRequest): boolean {
  const { appId, timeStamp, nonceStr, paySign } = request;
  // Node's decoder skips what it does not know.
  if (!/^[0-9A-Za-z+/]+={0,2}$/.test(paySign)) return false;
  const message = `${appId}\n${timeStamp}\n${nonceStr}\n${request.package}\n`;
  return verify("RSA-SHA256", Buffer.from(message), createPublicKey(publicKeyPem), Buffer.from(paySign, "base64"));
}
