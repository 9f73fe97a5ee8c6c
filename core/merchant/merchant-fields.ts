/**
 * What a manager types to set WeChat Pay up, none of it secret. The same checks run on the page as a field is left and
 * in main before anything is tried or stored; terminal.json's own schema accepts whatever passes here.
 */
export interface MerchantFields {
  readonly mchid: string;
  readonly appid: string;
  /** Empty: the certificate says it. */
  readonly certSerial: string;
  readonly subMchid: string;
  readonly subAppid: string;
  readonly storeId: string;
  readonly storeOutId: string;
  readonly notifyUrl: string;
  readonly answersSignedBy: "public-key" | "certificates" | "both";
  readonly publicKeyId: string;
  readonly codepayProtocol: "v3" | "v2";
  readonly v2SignType: "HMAC-SHA256" | "MD5";
  readonly baseUrl: string;
}

/** The fields that are typed; the others are chosen. */
export type TypedField = Exclude<keyof MerchantFields, "answersSignedBy" | "codepayProtocol" | "v2SignType">;

export type FieldProblem =
  | "missing"
  | "not-a-merchant-number"
  | "not-an-app-id"
  | "not-a-serial"
  | "needs-sub-merchant"
  | "too-long"
  | "needs-a-store"
  | "not-an-https-address"
  | "has-a-query"
  | "not-public"
  | "not-a-public-key-id"
  | "not-a-gateway-address";

export const standardGateway = "https://api.mch.weixin.qq.com";

export const emptyMerchantFields: MerchantFields = {
  ...{ mchid: "", appid: "", certSerial: "", subMchid: "", subAppid: "", storeId: "", storeOutId: "", notifyUrl: "" },
  ...{ answersSignedBy: "public-key", publicKeyId: "", codepayProtocol: "v3", v2SignType: "HMAC-SHA256" },
  baseUrl: standardGateway,
};

/** As people paste them: blanks around, and between the pairs of a serial. */
export function tidyField(field: TypedField, typed: string): string {
  const text = typed.trim();
  return field === "certSerial" ? text.replaceAll(/[\s:]/gu, "").toUpperCase() : text;
}

/** What is wrong with one field beside the others; null when it is good. Blanks around a value do not count. */
export function fieldProblem(field: TypedField, fields: MerchantFields): FieldProblem | null {
  const text = tidyField(field, fields[field]);
  switch (field) {
    case "mchid":
      return required(text) ?? (isMerchantNumber(text) ? null : "not-a-merchant-number");
    case "appid":
      return required(text) ?? (isAppId(text) ? null : "not-an-app-id");
    case "certSerial":
      return text === "" || /^[0-9A-F]{8,64}$/u.test(text) ? null : "not-a-serial";
    case "subMchid":
      if (text === "") return tidyField("subAppid", fields.subAppid) === "" ? null : "needs-sub-merchant";
      return isMerchantNumber(text) ? null : "not-a-merchant-number";
    case "subAppid":
      return text === "" || isAppId(text) ? null : "not-an-app-id";
    case "storeId":
    case "storeOutId":
      return storeProblem(text, fields);
    case "notifyUrl":
      return required(text) ?? notifyProblem(text);
    case "publicKeyId":
      if (fields.answersSignedBy === "certificates") return null;
      if (text === "") return "missing";
      return /^PUB_KEY_ID_\d{1,64}$/u.test(text) ? null : "not-a-public-key-id";
    case "baseUrl":
      return required(text) ?? (isGatewayAddress(text) ? null : "not-a-gateway-address");
  }
}

export const typedFields: readonly TypedField[] = [
  ...(["mchid", "appid", "certSerial", "subMchid", "subAppid", "storeId", "storeOutId"] as const),
  ...(["notifyUrl", "publicKeyId", "baseUrl"] as const),
];

function required(text: string): FieldProblem | null {
  return text === "" ? "missing" : null;
}

function isMerchantNumber(text: string): boolean {
  return /^\d{8,32}$/u.test(text);
}

function isAppId(text: string): boolean {
  return /^wx[0-9a-z]{8,30}$/iu.test(text);
}

/** One of the two names the shop; 32 characters each are the gateway's limit. */
function storeProblem(text: string, fields: MerchantFields): FieldProblem | null {
  if (text.length > 32) return "too-long";
  const isNamed = tidyField("storeId", fields.storeId) !== "" || tidyField("storeOutId", fields.storeOutId) !== "";
  return isNamed ? null : "needs-a-store";
}

const hostName = String.raw`(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}`;
const notifyPattern = new RegExp(`^https://${hostName}(?::\\d{1,5})?(?:/[0-9A-Za-z._~%!$&'()*+,;=:@/-]*)?$`, "iu");

/** The gateway wants https, a host it can reach, and no query. */
function notifyProblem(text: string): FieldProblem | null {
  if (text.length > 255) return "too-long";
  if (!/^https:\/\//iu.test(text)) return "not-an-https-address";
  if (/[?#]/u.test(text)) return "has-a-query";
  if (/^https:\/\/(?:localhost|127\.|10\.|192\.168\.|\[)/iu.test(text)) return "not-public";
  return notifyPattern.test(text) && portOf(text) <= 65_535 ? null : "not-an-https-address";
}

/** https and a host without a path; plain http only to this very machine, where the simulator listens. */
function isGatewayAddress(text: string): boolean {
  const isRemote = new RegExp(`^https://(?:${hostName}|localhost|127\\.0\\.0\\.1)(?::\\d{1,5})?/?$`, "iu").test(text);
  const isLocal = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d{1,5})?\/?$/iu.test(text);
  return text.length <= 256 && (isRemote || isLocal) && portOf(text) <= 65_535;
}

function portOf(address: string): number {
  return Number(/^https?:\/\/[^/:]+:(\d{1,5})/iu.exec(address)?.[1] ?? 0);
}
