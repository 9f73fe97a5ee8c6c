import { createHash, createHmac } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { account, apiV2Key } from "../test-till.ts";

/*
 * For tests only: a V2 till's side of the wire, written a second time from the documentation, so that the gateway's
 * reader and signer are not checked by themselves.
 */

export interface ReplyV2 {
  readonly status: number;
  readonly text: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Signed by the shared key with the method asked for. */
  readonly isGenuine: boolean;
}

export interface SendV2 {
  readonly signType?: "MD5" | "HMAC-SHA256";
  /** Sent in place of the XML of the fields. */
  readonly raw?: string;
  /** Instead of the right signature; undefined leaves it out. */
  readonly sign?: string | undefined;
  /** Client certificate and authority, for the TLS port. */
  readonly tls?: Pick<RequestOptions, "key" | "cert" | "ca">;
}

type Fields = Readonly<Record<string, string>>;

export async function sendV2(baseUrl: string, path: string, own: Fields, how: SendV2 = {}): Promise<ReplyV2> {
  const signType = how.signType ?? "MD5";
  const typed = how.signType === undefined ? {} : { sign_type: how.signType };
  const fields: Fields = {
    ...{ appid: account.appid, mch_id: account.mchid, nonce_str: "5K8264ILTKCH16CQ2502SI8ZNMTM67VS" },
    ...typed,
    ...own,
  };
  const sign = "sign" in how ? how.sign : signatureOf(fields, signType);
  const body = how.raw ?? toXml(sign === undefined ? fields : { ...fields, sign });
  const { status, text } = await exchange(new URL(path, baseUrl), body, how.tls);
  const answer = fromXml(text);
  return { status, text, fields: answer, isGenuine: answer["sign"] === signatureOf(answer, signType) };
}

export function micropayFields(outTradeNo: string, fen: number, authCode: string): Fields {
  return {
    ...{ body: "可口可乐 330ml & 2 件", out_trade_no: outTradeNo, total_fee: `${fen}` },
    ...{ spbill_create_ip: "127.0.0.1", auth_code: authCode, device_info: "T01" },
  };
}

function signatureOf(fields: Fields, type: "MD5" | "HMAC-SHA256"): string {
  const names = Object.keys(fields).filter((name) => name !== "sign" && fields[name] !== "");
  names.sort();
  const text = `${names.map((name) => `${name}=${fields[name]}`).join("&")}&key=${apiV2Key}`;
  const hash = type === "MD5" ? createHash("md5") : createHmac("sha256", apiV2Key);
  return hash.update(text).digest("hex").toUpperCase();
}

function toXml(fields: Fields): string {
  const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<xml>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${escape(value)}</${name}>`)
    .join("")}</xml>`;
}

function fromXml(text: string): Fields {
  const found = text.matchAll(/<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))<\/\1>/gs);
  return Object.fromEntries([...found].map(([, name = "", inner, plain]) => [name, inner ?? plain ?? ""]));
}

function exchange(url: URL, body: string, tls: SendV2["tls"]): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const open = url.protocol === "https:" ? httpsRequest : httpRequest;
    const headers = { "Content-Type": "text/xml", "Content-Length": `${Buffer.byteLength(body)}` };
    const request = open(url, { method: "POST", headers, agent: false, ...tls }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    request.on("error", reject);
    request.end(body);
  });
}
