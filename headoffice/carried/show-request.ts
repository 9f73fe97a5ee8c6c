import type { Office } from "../office.ts";
import { shopOf } from "../shops/shops.ts";
import { confirmationCode, confirmationDigits } from "./confirmation.ts";
import { isPayable, viewRequest } from "./open-order.ts";
import type { CarriedOrder } from "./orders.ts";
import type { PayLanguage, PayState } from "./pay-words.ts";
import { type CarriedRequest, readRequest } from "./request.ts";
import { findSecret } from "./secrets.ts";

/** What a page shows of a request. */
export interface Requested {
  readonly state: PayState;
  readonly order: {
    readonly storeCode: string;
    readonly outTradeNo: string;
    readonly shopNames: Readonly<Record<PayLanguage, string>>;
    readonly amountFen: number;
    readonly linesFen: number;
    readonly lineCount: number;
    /** The gateway may know of it. */
    readonly isOpened: boolean;
  } | null;
  /** Head office's word that it was paid, and nothing before it was. */
  readonly confirmation: { readonly digits: string; readonly code: string | null } | null;
}

/** @param isInWechat nothing can be paid elsewhere; what was paid is shown everywhere */
export async function showRequest(
  office: Pick<Office, "sql" | "key" | "clock" | "log">,
  payload: string,
  isInWechat: boolean,
): Promise<Requested> {
  const request = readRequest(payload);
  if (request === null) return { state: "refused", order: null, confirmation: null };
  const view = await viewRequest(office.sql, request);
  if (view.kind === "refused") {
    office.log({ event: "carried-page-refused", why: view.why });
    return { state: view.why === "revoked" ? "revoked" : "refused", order: null, confirmation: null };
  }
  const state = pageState(view.order, office.clock.now());
  return {
    state: state === "ready" && !isInWechat ? "open-in-wechat" : state,
    order: {
      ...{ storeCode: request.storeCode, outTradeNo: request.outTradeNo },
      ...{ amountFen: request.amountFen, linesFen: request.linesFen, lineCount: request.lineCount },
      shopNames: await shopNames(office, request.storeCode),
      isOpened: view.order?.money === "open",
    },
    confirmation: state === "paid" ? await confirmationOf(office, request) : null,
  };
}

/** What a customer is told of an order; `ready` where there is none yet. */
export function pageState(order: CarriedOrder | null, nowMs: number): PayState {
  if (order === null || isPayable(order, nowMs)) return "ready";
  switch (order.money) {
    case "paid":
      return order.till === "sold" ? "sold" : "paid";
    case "refunding":
    case "refunded":
      return order.money;
    default:
      if (order.till === "sold") return "refused";
      return order.till === "abandoned" ? "abandoned" : "expired";
  }
}

export async function shopNames(
  { sql }: Pick<Office, "sql">,
  storeCode: string,
): Promise<Readonly<Record<PayLanguage, string>>> {
  const shop = await shopOf(sql, storeCode);
  const zh = shop?.nameZh ?? storeCode;
  return { "zh-CN": zh, en: shop === undefined || shop.nameEn === "" ? zh : shop.nameEn };
}

async function confirmationOf(
  { sql, key }: Pick<Office, "sql" | "key">,
  request: CarriedRequest,
): Promise<NonNullable<Requested["confirmation"]>> {
  const secret = await findSecret(sql, request, request.secretId);
  return {
    digits: confirmationDigits(key.privateKey, request),
    code: secret === undefined ? null : confirmationCode(secret, request),
  };
}
