import { createHash, createHmac, createSign } from "node:crypto";
import type { Passing } from "#tests/support/tampering-proxy.ts";

/*
 * Ways to change an answer of the gateway on its way, and the gateway's signatures written once more from the published
 * rules, so that neither the client nor the simulator is checked by itself.
 */

export interface Signing {
  readonly privateKeyPem: string;
  readonly nowMs: () => number;
}

/** The same answer signed anew, at another time or by another key. Signature type and serial stay as they are. */
function signedAgain(answer: Passing, privateKeyPem: string, atMs: number): Passing {
  const timestamp = `${Math.floor(atMs / 1_000)}`;
  const nonce = "5K8264ILTKCH16CQ2502SI8ZNMTM67VS";
  const signer = createSign("RSA-SHA256").update(`${timestamp}\n${nonce}\n`).update(answer.body).update("\n");
  const headers = {
    ...answer.headers,
    "wechatpay-timestamp": timestamp,
    "wechatpay-nonce": nonce,
    "wechatpay-signature": signer.sign(privateKeyPem, "base64"),
  };
  return { ...answer, headers };
}

/** In place of the answer a refusal that is the gateway's own. */
export function refusing(status: number, code: string, { privateKeyPem, nowMs }: Signing) {
  return (answer: Passing): Passing =>
    signedAgain(
      { ...answer, status, body: Buffer.from(JSON.stringify({ code, message: "…" })) },
      privateKeyPem,
      nowMs(),
    );
}

/** Everything that makes an answer of v3 unbelievable. */
export function distrustsV3({ privateKeyPem, nowMs }: Signing, foreignKeyPem: string) {
  const header = (name: string, change: (value: string) => string) => (answer: Passing) => ({
    ...answer,
    headers: { ...answer.headers, [name]: change(String(answer.headers[name] ?? "")) },
  });
  return {
    "a flipped byte": flipped,
    "the same JSON in other bytes": writtenAgain,
    "no signature": ({ headers, ...answer }: Passing) => {
      const signed = Object.keys(headers).filter((name) => name.startsWith("wechatpay-"));
      return {
        ...answer,
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !signed.includes(name))),
      };
    },
    "a signature of five minutes ago": (answer: Passing) => signedAgain(answer, privateKeyPem, nowMs() - 300_000),
    "a signature of five minutes to come": (answer: Passing) => signedAgain(answer, privateKeyPem, nowMs() + 301_000),
    "a signature by a foreign key": (answer: Passing) => signedAgain(answer, foreignKeyPem, nowMs()),
    "a serial nobody knows": header("wechatpay-serial", () => "PUB_KEY_ID_0"),
    "the gateway's own probe": header("wechatpay-signature", (signature) => `WECHATPAY/SIGNTEST/${signature}`),
  } as const;
}

/** One bit in the middle; an answer without a body gets one. */
function flipped(answer: Passing): Passing {
  if (answer.body.length === 0) return { ...answer, status: 200, body: Buffer.from(" ") };
  const body = Buffer.from(answer.body);
  const at = Math.floor(body.length / 2);
  body.writeUInt8(body.readUInt8(at) ^ 1, at);
  return { ...answer, body };
}

/** What a parser and a writer make of it; an answer without a body gets white space, which says as little. */
function writtenAgain(answer: Passing): Passing {
  if (answer.body.length === 0) return { ...answer, status: 200, body: Buffer.from(" ") };
  return { ...answer, body: Buffer.from(JSON.stringify(JSON.parse(answer.body.toString("utf8")), null, 1)) };
}

type Fields = ReadonlyMap<string, string>;

function fieldsOf(body: Buffer): Map<string, string> {
  const found = body.toString("utf8").matchAll(/<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))<\/\1>/gs);
  return new Map([...found].map(([, name = "", inner, plain]) => [name, inner ?? plain ?? ""]));
}

function xmlOf(fields: Fields): Buffer {
  return Buffer.from(`<xml>${[...fields].map(([name, value]) => `<${name}>${value}</${name}>`).join("\n")}</xml>`);
}

function signV2(fields: Fields, key: string, type: "MD5" | "HMAC-SHA256"): string {
  const pairs = [...fields]
    .filter(([name, value]) => name !== "sign" && value !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const text = `${pairs.map(([name, value]) => `${name}=${value}`).join("&")}&key=${key}`;
  const hash = type === "MD5" ? createHash("md5") : createHmac("sha256", key);
  return hash.update(text).digest("hex").toUpperCase();
}

/** In place of the answer a refusal of v2 that is the gateway's own. */
export function refusingV2(code: string, key: string, more: Readonly<Record<string, string>> = {}) {
  return (answer: Passing): Passing => {
    const kept = [...fieldsOf(answer.body)].filter(([name]) => ["appid", "mch_id", "nonce_str"].includes(name));
    const said = { return_code: "SUCCESS", return_msg: "OK", result_code: "FAIL", err_code: code, ...more };
    const fields = new Map([...kept, ...Object.entries(said)]);
    return { ...answer, body: xmlOf(fields.set("sign", signV2(fields, key, "HMAC-SHA256"))) };
  };
}

/** The same fields under the same sign in other bytes: over v2 that is the same answer. */
export function writtenAgainV2(answer: Passing): Passing {
  return { ...answer, body: xmlOf(new Map([...fieldsOf(answer.body)].toReversed())) };
}

export function distrustsV2(foreignKey: string) {
  const changed = (change: (fields: Map<string, string>) => Fields) => (answer: Passing) => ({
    ...answer,
    body: xmlOf(change(fieldsOf(answer.body))),
  });
  return {
    "a flipped byte": changed((fields) => fields.set("nonce_str", `${fields.get("nonce_str")}x`)),
    "no sign": changed((fields) => new Map([...fields].filter(([name]) => name !== "sign"))),
    "a sign by a foreign key": changed((fields) => fields.set("sign", signV2(fields, foreignKey, "HMAC-SHA256"))),
    "a sign by the other method": changed((fields) => fields.set("sign", "0".repeat(32))),
  } as const;
}
