import type { BridgeParameters } from "#wechatpay/jsapi.ts";
import type { Office } from "../office.ts";
import type { Carried } from "./carried.ts";
import { isPayable, openOrder, viewRequest } from "./open-order.ts";
import { readRequest } from "./request.ts";
import { shopNames } from "./show-request.ts";

/** What the page does next. */
export type PayAnswer =
  | { readonly kind: "pay"; readonly parameters: BridgeParameters }
  /** Something has become of the order: look at the page again. */
  | { readonly kind: "changed" }
  /** Who pays is to be learnt once more. */
  | { readonly kind: "again" }
  /** The order is another customer's, on another phone. */
  | { readonly kind: "elsewhere" }
  /** Nothing was charged; the same may be tried again. */
  | { readonly kind: "later" };

/**
 * Opens the order at the gateway for the customer behind `code`, whose openid is forgotten when this resolves, or finds it open.
 * Everything is checked anew: between the page and the button a till may have been revoked or have given the sale up.
 */
export async function payFor(
  office: Pick<Office, "sql" | "clock" | "log">,
  { gateway, keeper }: Carried,
  payload: string,
  code: string,
): Promise<PayAnswer> {
  const request = readRequest(payload);
  if (request === null) return { kind: "changed" };
  const view = await viewRequest(office.sql, request);
  const isOpenable = view.kind === "order" && (view.order === null || isPayable(view.order, office.clock.now()));
  if (!isOpenable) return { kind: "changed" };
  const openid = await gateway.openidOf(code);
  if (!openid.ok) return { kind: openid.fault === "used-code" ? "again" : "later" };
  const { storeCode, outTradeNo, amountFen } = request;
  const description = (await shopNames(office, storeCode))["zh-CN"];
  // On the disk before a byte of it leaves: whatever becomes of the request, the keeper asks for this number.
  const opened = await openOrder(office.sql, request, office.clock.now());
  if (opened.kind === "refused" || opened.order === null) return { kind: "changed" };
  const { expiresMs } = opened.order;
  if (expiresMs === null || !isPayable(opened.order, office.clock.now())) return { kind: "changed" };
  const answer = await gateway.open({ outTradeNo, amountFen, expiresMs, description }, openid.value);
  switch (answer.kind) {
    case "opened":
      return { kind: "pay", parameters: gateway.bridge(answer.prepayId) };
    case "already-paid":
      await keeper.hasten(storeCode, outTradeNo);
      return { kind: "changed" };
    case "other-parameters":
      return { kind: "elsewhere" };
    case "refused":
    case "unknown":
      office.log({ event: "carried-not-opened", kind: answer.kind, code: answer.code ?? "" });
      return { kind: "later" };
  }
}
