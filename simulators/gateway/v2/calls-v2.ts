import type { z } from "zod";
import { orderNotExist, refusal, type Read } from "../answer.ts";
import { codepayCall } from "../codepay.ts";
import type { Call, Desk, OperationName } from "../operation.ts";
import { lookUp } from "../query.ts";
import { reverseOrder } from "../reverse.ts";
import { micropayFields, numberFields, type MicropayFields, type NumberFields } from "./wire-v2.ts";

/** One V2 endpoint: which of the gateway's operations it is, and how its fields become a call of that operation. */
export interface EndpointV2 {
  readonly operation: OperationName;
  readonly path: string;
  readonly needsCertificate: boolean;
  readonly read: (desk: Desk, fields: Readonly<Record<string, string>>) => Read<Call>;
}

/** The three endpoints of payment-code pay; everything else a till needs is V3. */
export const endpointsV2: readonly EndpointV2[] = [
  {
    operation: "codepay",
    path: "/pay/micropay",
    needsCertificate: false,
    read: (desk, fields) => checked(micropayFields, fields, (known) => micropayCall(desk, known)),
  },
  {
    operation: "query",
    path: "/pay/orderquery",
    needsCertificate: false,
    read: (desk, fields) => checked(numberFields, fields, (known) => queryCall(desk, known)),
  },
  {
    operation: "reverse",
    path: "/secapi/pay/reverse",
    needsCertificate: true,
    read: (desk, fields) => checked(numberFields, fields, (known) => reverseCall(desk, known)),
  },
];

function checked<T>(
  schema: z.ZodType<T>,
  fields: Readonly<Record<string, string>>,
  then: (known: T) => Call,
): Read<Call> {
  const result = schema.safeParse(fields);
  if (result.success) return { ok: true, value: then(result.data) };
  const issue = result.error.issues[0];
  const name = String(issue?.path[0] ?? "");
  const isMissing = name !== "" && fields[name] === undefined;
  const message = `${isMissing ? "缺少参数" : "参数错误"} ${name} ${issue?.message ?? ""}`;
  return { ok: false, answer: refusal(400, isMissing ? "LACK_PARAMS" : "PARAM_ERROR", message.trim()) };
}

function micropayCall(desk: Desk, fields: MicropayFields): Call {
  return codepayCall(desk, {
    appid: fields.appid,
    mchid: fields.mch_id,
    description: fields.body,
    out_trade_no: fields.out_trade_no,
    ...(fields.attach === undefined ? {} : { attach: fields.attach }),
    payer: { auth_code: fields.auth_code },
    amount: { total: fields.total_fee, currency: "CNY" },
    scene_info: {
      store_info: { out_id: "V2" },
      device_ip: fields.spbill_create_ip,
      ...(fields.device_info === undefined ? {} : { device_id: fields.device_info }),
    },
  });
}

function queryCall(desk: Desk, fields: NumberFields): Call {
  const outTradeNo = numberOf(desk, fields);
  return callAbout(desk, outTradeNo, () => (outTradeNo === null ? orderNotExist() : lookUp(desk, outTradeNo)));
}

function reverseCall(desk: Desk, fields: NumberFields): Call {
  const outTradeNo = numberOf(desk, fields);
  return callAbout(desk, outTradeNo, () => (outTradeNo === null ? orderNotExist() : reverseOrder(desk, outTradeNo)));
}

function callAbout(desk: Desk, outTradeNo: string | null, perform: Call["perform"]): Call {
  const amountFen = outTradeNo === null ? 0 : (desk.ledger.order(outTradeNo).terms?.amountFen ?? 0);
  return { outTradeNo, amountFen, perform };
}

/** The gateway's own number goes before the shop's. */
function numberOf(desk: Desk, fields: NumberFields): string | null {
  if (fields.transaction_id === undefined) return fields.out_trade_no ?? null;
  return desk.ledger.findByTransactionId(fields.transaction_id)?.outTradeNo ?? null;
}
