import { randomBytes } from "node:crypto";
import { answer, errorNumbers, paramError, refusal, type Answer } from "../answer.ts";
import { beijingTime } from "../beijing-time.ts";
import type { Desk, Operation } from "../operation.ts";
import { sealText } from "../signing.ts";

/** All platform certificates in use, sealed with the APIv3 key. Source: 4012551764. */
export const certificates: Operation = {
  name: "certificates",
  method: "GET",
  path: /^\/v3\/certificates$/,
  read(desk, request) {
    const extra = [...request.query.keys()].find((key) => key !== "algorithm_type");
    if (extra !== undefined) {
      const detail = { field: extra, issue: "非法的多余参数", location: "query" } as const;
      return { ok: false, answer: paramError(detail, errorNumbers.unknownParameter) };
    }
    const algorithm = request.query.get("algorithm_type") ?? "RSA";
    if (!["RSA", "SM2", "ALL"].includes(algorithm)) {
      const detail = {
        field: "algorithm_type",
        value: algorithm,
        issue: "RSA, SM2 or ALL",
        location: "query",
      } as const;
      return { ok: false, answer: paramError(detail) };
    }
    const perform = () => (algorithm === "SM2" ? none() : list(desk));
    return { ok: true, value: { outTradeNo: null, amountFen: 0, perform } };
  },
};

/** What merchants with a public key only are told. */
function none(): Answer {
  return refusal(404, "RESOURCE_NOT_EXISTS", "无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥");
}

function list(desk: Desk): Answer {
  const { apiV3Key } = desk.merchant;
  const all = desk.certificates.all();
  if (apiV3Key === undefined || all.length === 0) return none();
  const data = all.map(({ serial, pem, fromMs, toMs }) => {
    const nonce = randomBytes(6).toString("hex");
    const associatedData = "certificate";
    return {
      serial_no: serial,
      effective_time: beijingTime(fromMs),
      expire_time: beijingTime(toMs),
      encrypt_certificate: {
        ...{ algorithm: "AEAD_AES_256_GCM", nonce, associated_data: associatedData },
        ciphertext: sealText(pem, { apiV3Key, nonce, associatedData }),
      },
    };
  });
  return answer(200, { data });
}
