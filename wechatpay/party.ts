import type { GatewayLine } from "./ask.ts";

/*
 * Who is paid, as the wire wants it: a merchant by itself, or a shop whose payments a partner (服务商) takes. The paths
 * and the names of the fields differ, nothing else. Source: WeChat Pay code-payment-v3, direct and partner pages.
 */

/** Where orders live. */
export function ordersTarget(line: GatewayLine): string {
  return line.partner === null ? "/v3/pay/transactions" : "/v3/pay/partner/transactions";
}

/** The path of one order by the merchant's own number, whose alphabet (`|`, `*`) is wider than a path's. */
export function orderTarget(line: GatewayLine, outTradeNo: string): string {
  return `${ordersTarget(line)}/out-trade-no/${encodeURIComponent(outTradeNo)}`;
}

/** The fields that name app and merchant in a body. */
export function partyFields(line: GatewayLine): Readonly<Record<string, string>> {
  const { appid, partner } = line;
  if (partner === null) return { appid, ...merchantFields(line) };
  const subAppid = partner.subAppid === undefined ? {} : { sub_appid: partner.subAppid };
  return { sp_appid: appid, ...subAppid, ...merchantFields(line) };
}

/** The fields that name the merchant alone. */
export function merchantFields(line: GatewayLine): Readonly<Record<string, string>> {
  const { mchid } = line.merchant;
  return line.partner === null ? { mchid } : { sp_mchid: mchid, sub_mchid: line.partner.subMchid };
}

/** The same as a query, percent-encoded. */
export function merchantQuery(line: GatewayLine): string {
  return new URLSearchParams(merchantFields(line)).toString();
}

/** Of an answer: names an app and a merchant at all. */
export function namesParty(line: GatewayLine, told: Readonly<Record<string, unknown>>): boolean {
  const { sub_appid: _mayBeLeftOut, ...mustBeTold } = partyFields(line);
  return Object.keys(mustBeTold).every((name) => typeof told[name] === "string");
}

/** Of an answer: the very app and merchant that asked. */
export function isOurParty(line: GatewayLine, told: Readonly<Record<string, unknown>>): boolean {
  const { sub_appid: _mayBeLeftOut, ...mustMatch } = partyFields(line);
  return Object.entries(mustMatch).every(([name, value]) => told[name] === value);
}
