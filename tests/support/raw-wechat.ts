import { createSign, randomBytes } from "node:crypto";
import { request } from "node:http";
import type { GatewayOptions } from "#simulators/gateway/gateway.ts";

/** Who signs, and at what time of the gateway's. */
export interface RawSender {
  readonly baseUrl: string;
  readonly merchant: Pick<GatewayOptions["merchant"], "mchid" | "certSerial">;
  readonly privateKeyPem: string;
  readonly publicKeyId: string;
  readonly nowMs: number;
}

export interface RawReply {
  readonly status: number;
  readonly text: string;
}

/**
 * One signed request of the merchant that is none of the till's: what a person does on the merchant platform. Written
 * from the published rule, with nothing of the client's.
 */
export function sendRaw(sender: RawSender, method: "GET" | "POST", target: string, body?: object): Promise<RawReply> {
  const bytes = Buffer.from(body === undefined ? "" : JSON.stringify(body));
  const timestamp = `${Math.floor(sender.nowMs / 1_000)}`;
  const nonce = randomBytes(16).toString("hex");
  const signer = createSign("RSA-SHA256").update(`${method}\n${target}\n${timestamp}\n${nonce}\n`).update(bytes);
  const signature = signer.update("\n").sign(sender.privateKeyPem, "base64");
  const { mchid, certSerial } = sender.merchant;
  const fields = { mchid, nonce_str: nonce, signature, timestamp, serial_no: certSerial };
  const list = Object.entries(fields).map(([name, value]) => `${name}="${value}"`);
  const headers = {
    Authorization: `WECHATPAY2-SHA256-RSA2048 ${list.join()}`,
    ...{ Accept: "application/json", "User-Agent": "merchant-platform", "Wechatpay-Serial": sender.publicKeyId },
    ...(body === undefined ? {} : { "Content-Type": "application/json", "Content-Length": `${bytes.length}` }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(new URL(target, sender.baseUrl), { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    sent.on("error", reject);
    sent.end(bytes);
  });
}
