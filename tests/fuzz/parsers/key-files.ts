import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { KeySlot } from "#contract/ipc/setup-view.ts";
import { emptyMerchantFields } from "#core/merchant/merchant-fields.ts";
import { assert } from "#core/result.ts";
import { unseal } from "#wechatpay/aes.ts";
import { readPlatformCertificate } from "#wechatpay/key-ring.ts";
import { judgeKeys, type GivenKey } from "#main/setup/judge-keys.ts";
import { readKeyFile } from "#main/setup/read-key-file.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";
import type { FuzzParser } from "../parser.ts";

const slots: readonly KeySlot[] = ["private-key", "certificate", "public-key", "api-v3-key", "v2-key"];
/** Published with the gateway's documentation; no secrets. */
const published = JSON.parse(readFileSync(join(projectRoot, "tests/fixtures/wechatpay.json"), "utf8")) as {
  readonly requestSigning: readonly { readonly privateKeyPem?: string }[];
  readonly responseVerify: readonly { readonly publicKeyPem?: string }[];
};
const privateKey =
  published.requestSigning.find(({ privateKeyPem }) => privateKeyPem !== undefined)?.privateKeyPem ?? "";
const publicKey = published.responseVerify.find(({ publicKeyPem }) => publicKeyPem !== undefined)?.publicKeyPem ?? "";
const nowMs = Date.UTC(2026, 10, 21);

/** First byte: which slot the file is handed over for. */
export const keyFiles: FuzzParser = {
  name: "key-files",
  reads:
    "key files of the merchant: PEM, what else they may be, and whether they fit each other (main/setup, payments)",
  seeds: () => [
    Buffer.from([0, ...Buffer.from(privateKey)]),
    Buffer.from([2, ...Buffer.from(publicKey)]),
    Buffer.from([3, ...Buffer.from("0123456789abcdef0123456789abcdef\n")]),
    Buffer.from([4, ...Buffer.from("0123456789abcdef0123456789ABCDEF")]),
    Buffer.from([2, 0xff, 0xfe, ...Buffer.from(publicKey, "utf16le")]),
  ],
  words: [
    "-----BEGIN CERTIFICATE-----\n",
    "-----END CERTIFICATE-----\n",
    "-----BEGIN PRIVATE KEY-----\n",
    "Proc-Type: 4,ENCRYPTED",
    "PK\u0003\u0004",
    "\u0030\u0082",
    "==",
  ],
  twentieths: 10,
  read(input) {
    const slot = slots[(input[0] ?? 0) % slots.length] ?? "private-key";
    const bytes = input.subarray(1);
    const read = readKeyFile(slot, bytes);
    const given: GivenKey = {
      by: "file",
      name: "key.pem",
      text: read.ok ? read.value : "",
      problem: read.ok ? null : read.fault,
    };
    const none = { "private-key": null, certificate: null, "public-key": null, "api-v3-key": null, "v2-key": null };
    const judged = judgeKeys({ ...none, [slot]: given }, { ...emptyMerchantFields, answersSignedBy: "both" }, nowMs);
    assert(judged.views.length === slots.length, "each slot is judged");
    const text = Buffer.from(bytes).toString();
    const certificate = readPlatformCertificate(text)?.serial ?? null;
    const sealed = unseal("0".repeat(32), { nonce: text.slice(0, 12), associatedData: "", ciphertext: text });
    assert(!sealed.ok, "nothing opens that nobody sealed");
    return { isTaken: read.ok, told: { read, judged, certificate, sealed } };
  },
};
