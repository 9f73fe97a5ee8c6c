import { z } from "zod";

/*
 * Request bodies, field by field from the documentation: codepay 4012382150, native 4012791877, close, reverse, refund.
 * Strict objects: the real gateway refuses unknown fields (internal error 270924358).
 */

/** Lengths of free text count UTF-8 bytes: the stricter reading of an unclear rule. */
function text(most: number) {
  return z
    .string()
    .min(1)
    .refine((value) => Buffer.byteLength(value) <= most, `longer than ${most} bytes`);
}

const fen = z.int().min(0).max(10_000_000_000);
const outTradeNo = z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/, "6-32 of 0-9 A-Z a-z _ - | *");
const ids = { appid: text(32), mchid: text(32) };

/** Must be https, must not carry a query string. Source: 4012791877. */
const notifyUrl = text(255).refine((url) => /^https:\/\/[^?#\s]+$/.test(url), "https without query string");

const goods = z.strictObject({
  merchant_goods_id: text(32),
  wxpay_goods_id: text(32).optional(),
  goods_name: text(256).optional(),
  quantity: z.int().min(1),
  unit_price: fen,
});

const detail = z.strictObject({
  cost_price: fen.optional(),
  invoice_id: text(32).optional(),
  goods_detail: z.array(goods).min(1).max(6_000).optional(),
});

const amount = z.strictObject({ total: fen.min(1), currency: z.literal("CNY").optional() });

const common = {
  ...ids,
  description: text(127),
  out_trade_no: outTradeNo,
  attach: text(128).optional(),
  goods_tag: text(32).optional(),
  support_fapiao: z.boolean().optional(),
  amount,
  detail: detail.optional(),
  settle_info: z.strictObject({ profit_sharing: z.boolean().optional() }).optional(),
};

export const codepayBody = z.strictObject({
  ...common,
  // The code's own form is judged later, with the gateway's own words for it.
  payer: z.strictObject({ auth_code: text(32) }),
  scene_info: z.strictObject({
    device_id: text(32).optional(),
    device_ip: text(45).optional(),
    store_info: z
      .strictObject({ id: text(32).optional(), out_id: text(32).optional() })
      .refine((store) => store.id !== undefined || store.out_id !== undefined, "id or out_id is required"),
  }),
});
export type CodepayBody = z.infer<typeof codepayBody>;

/** What an order the customer pays on the phone has besides, whoever shows it there. */
const onPhone = {
  ...common,
  time_expire: z.iso.datetime({ offset: true, precision: 0 }).max(64).optional(),
  notify_url: notifyUrl,
  limit_pay: z.array(z.enum(["no_balance", "no_credit", "no_debit", "balance_only"])).optional(),
  scene_info: z
    .strictObject({
      payer_client_ip: text(45),
      device_id: text(32).optional(),
      store_info: z
        .strictObject({
          id: text(32),
          name: text(256).optional(),
          area_code: text(32).optional(),
          address: text(512).optional(),
        })
        .optional(),
    })
    .optional(),
};

export const nativeBody = z.strictObject(onPhone);
export type NativeBody = z.infer<typeof nativeBody>;

/** A payment inside WeChat's browser: the same, and who pays. Source: 4012791856. */
export const jsapiBody = z.strictObject({ ...onPhone, payer: z.strictObject({ openid: text(128) }) });
export type JsapiBody = z.infer<typeof jsapiBody>;

const refundGoods = z.strictObject({
  merchant_goods_id: text(32),
  wechatpay_goods_id: text(32).optional(),
  goods_name: text(256).optional(),
  unit_price: fen,
  refund_amount: fen,
  refund_quantity: z.int().min(1),
});

/** 4012556457. */
export const refundBody = z
  .strictObject({
    transaction_id: text(32).optional(),
    out_trade_no: outTradeNo.optional(),
    out_refund_no: z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/, "1-64 of 0-9 A-Z a-z _ - | * @"),
    reason: text(80).optional(),
    notify_url: notifyUrl.optional(),
    funds_account: z.enum(["AVAILABLE", "UNSETTLED"]).optional(),
    amount: z.strictObject({
      refund: fen.min(1),
      total: fen.min(1),
      currency: z.literal("CNY"),
      from: z
        .array(z.strictObject({ account: z.enum(["AVAILABLE", "UNAVAILABLE"]), amount: fen.min(1) }))
        .min(1)
        .optional(),
    }),
    goods_detail: z.array(refundGoods).min(1).optional(),
  })
  .refine(
    (body) => (body.transaction_id === undefined) !== (body.out_trade_no === undefined),
    "give transaction_id or out_trade_no, not both",
  );
export type RefundBody = z.infer<typeof refundBody>;

/** Pays an abnormal refund out to a bank card. Card number and name travel sealed; they are not opened here. */
export const abnormalRefundBody = z.strictObject({
  out_refund_no: text(64),
  type: z.enum(["USER_BANK_CARD", "MERCHANT_BANK_CARD"]),
  bank_type: text(16).optional(),
  bank_account: text(1_024).optional(),
  real_name: text(1_024).optional(),
});

export const closeBody = z.strictObject({ mchid: text(32) });

export const reverseBody = z.strictObject(ids);
