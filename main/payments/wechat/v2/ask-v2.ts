import { type UnknownAnswer, unknownOf } from "#wechatpay/classify.ts";
import { type GatewayLog, tryHosts } from "#wechatpay/ask.ts";
import type { Hosts } from "#wechatpay/hosts.ts";
import type { ClientCertificate, Exchange, WireAnswer } from "#wechatpay/http.ts";
import { readFlatXml, writeFlatXml } from "./flat-xml.ts";
import { isSignedV2, type SignTypeV2, signV2 } from "./sign-v2.ts";

/** Everything a conversation over APIv2 needs. */
export interface LineV2 {
  readonly hosts: Hosts;
  readonly appid: string;
  readonly mchid: string;
  readonly partner: { readonly subMchid: string; readonly subAppid?: string | undefined } | null;
  readonly key: string;
  readonly signType: SignTypeV2;
  /** For reversing only. */
  readonly clientCertificate: ClientCertificate;
  readonly exchange: Exchange;
  readonly requestTimeoutMs: number;
  readonly now: () => number;
  readonly nonce: () => string;
  readonly log: GatewayLog;
  readonly onReachability: (state: "online" | "offline") => void;
}

/** A signed answer of the gateway to this merchant; the only kind a decision may rest on. */
export interface SignedReplyV2 {
  readonly kind: "signed";
  /** Whether the gateway did what was asked. */
  readonly isDone: boolean;
  /** Why not. */
  readonly code: string | null;
  readonly fields: ReadonlyMap<string, string>;
}

export interface QuestionV2 {
  readonly target: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly isOnce?: boolean;
  readonly withCertificate?: boolean;
}

/** Asks once, like `ask` of v3: another address only where the question may be put again. */
export async function askV2(line: LineV2, question: QuestionV2): Promise<SignedReplyV2 | UnknownAnswer> {
  const { target, isOnce = false } = question;
  const { answer, facts } = await tryHosts(line, { method: "POST", target, isOnce }, (baseUrl, timeoutMs) => {
    const body = Buffer.from(signedXml(line, question.fields));
    const headers = { "Content-Type": "text/xml", "Content-Length": String(body.length), "User-Agent": "Tillway" };
    const certificate = question.withCertificate === true ? { clientCertificate: line.clientCertificate } : {};
    return line.exchange({ baseUrl, method: "POST", target, headers, body, timeoutMs, ...certificate });
  });
  if (!answer.ok) {
    const cause = answer.fault.kind === "too-large" ? "unreadable" : answer.fault.kind;
    return { kind: "unknown", cause, code: null };
  }
  return believe(line, answer.value, facts);
}

function signedXml(line: LineV2, fields: Readonly<Record<string, string>>): string {
  const { partner } = line;
  const shop: Record<string, string> = partner === null ? {} : { sub_mch_id: partner.subMchid };
  if (partner?.subAppid !== undefined) shop["sub_appid"] = partner.subAppid;
  const all = {
    appid: line.appid,
    mch_id: line.mchid,
    ...shop,
    nonce_str: line.nonce(),
    sign_type: line.signType,
    ...fields,
  };
  return writeFlatXml({ ...all, sign: signV2(Object.entries(all), line.key, line.signType) });
}

/** Without a valid sign nothing is believed, least of all a refusal: `return_code` FAIL is never signed. */
function believe(line: LineV2, answer: WireAnswer, facts: Record<string, unknown>): SignedReplyV2 | UnknownAnswer {
  const { status } = answer;
  const fields = readFlatXml(decoded(answer.body));
  const code = codeOf(fields?.get("err_code") ?? fields?.get("return_msg"));
  const isSigned = fields !== null && isSignedV2(fields, line.key, line.signType);
  line.log("gateway answered", { ...facts, status, code, ...(isSigned ? {} : { distrust: "unsigned" }) });
  if (status !== 200) return unknownOf(status, code);
  if (fields === null) return { kind: "unknown", cause: "unreadable", code: null };
  if (!isSigned) return { kind: "unknown", cause: "bad-signature", code };
  line.onReachability("online");
  const isOurs =
    fields.get("appid") === line.appid &&
    fields.get("mch_id") === line.mchid &&
    (line.partner === null || fields.get("sub_mch_id") === line.partner.subMchid);
  if (fields.get("return_code") !== "SUCCESS" || !isOurs) return { kind: "unknown", cause: "mismatch", code };
  return { kind: "signed", isDone: fields.get("result_code") === "SUCCESS", code, fields };
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return ""; // no XML of ours: the reader says so
  }
}

/** A code goes to the log and the screen, so only what looks like one is taken. */
function codeOf(text: string | undefined): string | null {
  return text !== undefined && /^[A-Za-z][A-Za-z0-9_]{0,63}$/u.test(text) ? text : null;
}
