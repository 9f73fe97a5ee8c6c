/** A JSON value as it goes over the wire; the gateway never sends null. */
export type Json = string | number | boolean | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** What an operation answers, before signing and before any scripted fault of delivery. */
export interface Answer {
  readonly status: number;
  /** Absent for 204. */
  readonly body: JsonObject | null;
  /** A file in place of a JSON body; the gateway signs none. */
  readonly file?: Buffer;
  /** The number at the end of `Request-ID`; 0 when all is well. */
  readonly errorNumber: number;
}

export interface RefusalDetail {
  /** JSON pointer for a body field, the name for a header or a query parameter. */
  readonly field: string;
  readonly value?: Json | undefined;
  readonly issue: string;
  readonly location: "body" | "header" | "query" | "path";
}

/** A step that either yields a value or already knows the answer that ends the request. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer };

export function answer(status: number, body: JsonObject | null): Answer {
  return { status, body, errorNumber: 0 };
}

/** An error as the gateway words it: `{"code","message","detail"}`. Codes: documentation, "V3 error table". */
export function refusal(
  status: number,
  code: string,
  message: string,
  more: { readonly errorNumber?: number; readonly detail?: RefusalDetail } = {},
): Answer {
  const { detail } = more;
  return {
    status,
    body: { code, message, ...(detail === undefined ? {} : { detail: { ...detail } }) },
    errorNumber: more.errorNumber ?? errorNumbers.other,
  };
}

/** Internal error numbers seen at the end of real `Request-ID`s (official trouble-shooting guide). */
export const errorNumbers = {
  other: 268_435_456,
  param: 268_435_461,
  outOfRange: 268_435_464,
  mchidAppidMismatch: 268_445_527,
  rate: 268_447_840,
  mchidOrderMismatch: 268_447_843,
  expired: 268_447_914,
  sign: 268_443_699,
  paid: 268_449_538,
  onlyReverse: 268_449_641,
  reentryDiffers: 268_498_688,
  notFound: 268_512_771,
  unknownParameter: 270_924_358,
} as const;

export function paramError(detail: RefusalDetail, errorNumber: number = errorNumbers.param): Answer {
  return refusal(400, "PARAM_ERROR", "参数错误", { errorNumber, detail });
}

export function signError(issue: string, field: string): Answer {
  return refusal(401, "SIGN_ERROR", "签名错误", {
    errorNumber: errorNumbers.sign,
    detail: { field, issue, location: "header" },
  });
}

export function orderNotExist(): Answer {
  return refusal(404, "ORDER_NOT_EXIST", "订单不存在", { errorNumber: errorNumbers.notFound });
}

export function orderPaid(): Answer {
  return refusal(400, "ORDERPAID", "该订单已支付", { errorNumber: errorNumbers.paid });
}

export function orderClosed(): Answer {
  return refusal(400, "ORDER_CLOSED", "该订单已关闭");
}
