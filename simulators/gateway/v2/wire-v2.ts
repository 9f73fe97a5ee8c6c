import { z } from "zod";

/** Request fields of protocol V2, documentation v2/4011937125 and its neighbours. Everything is text. */

const outTradeNo = z.string().regex(/^[0-9A-Za-z_\-|*]{1,32}$/);
/** yyyyMMddHHmmss */
const moment = z.string().regex(/^\d{14}$/);

function text(most: number) {
  return z
    .string()
    .min(1)
    .refine((value) => Buffer.byteLength(value) <= most, `longer than ${most} bytes`);
}

const common = {
  appid: text(32),
  mch_id: text(32),
  nonce_str: text(32),
  sign: text(64),
  sign_type: z.enum(["MD5", "HMAC-SHA256"]).optional(),
};

export const micropayFields = z.strictObject({
  ...common,
  device_info: text(32).optional(),
  body: text(127),
  detail: text(6_000).optional(),
  attach: text(127).optional(),
  out_trade_no: outTradeNo,
  total_fee: z
    .string()
    .regex(/^[1-9]\d{0,9}$/)
    .transform(Number),
  fee_type: z.literal("CNY").optional(),
  spbill_create_ip: text(64),
  goods_tag: text(32).optional(),
  limit_pay: text(32).optional(),
  time_start: moment.optional(),
  time_expire: moment.optional(),
  receipt: z.literal("Y").optional(),
  auth_code: text(128),
  scene_info: text(256).optional(),
  profit_sharing: z.enum(["Y", "N"]).optional(),
});
export type MicropayFields = z.output<typeof micropayFields>;

export const numberFields = z
  .strictObject({ ...common, out_trade_no: outTradeNo.optional(), transaction_id: text(32).optional() })
  .refine(
    (fields) => fields.out_trade_no !== undefined || fields.transaction_id !== undefined,
    "out_trade_no or transaction_id is required",
  );
export type NumberFields = z.output<typeof numberFields>;
