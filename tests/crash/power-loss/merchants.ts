import type { KeySet } from "#main/secret/kept-keys.ts";
import type { MerchantSection } from "#main/settings/rewrite-section.ts";

/** The n-th merchant of a till that is given many; everything of it names its number. */
export function setOf(number: number): string {
  return `set-of-merchant-${number}`;
}

export function keysOf(number: number): KeySet {
  // As long as a real key is: more than one sector of a disk.
  return {
    privateKeyPem: `private ${number} `.repeat(160),
    certificatePem: `certificate ${number} `.repeat(120),
    publicKeyPem: `public ${number}`,
    apiV3Key: "",
    v2Key: "",
  };
}

export function sectionOf(number: number): MerchantSection {
  return {
    mchid: String(1_900_000_000 + number),
    appid: "wx0123456789abcdef",
    certSerial: "0123456789ABCDEF",
    keptKeys: setOf(number),
    publicKeyId: "PUB_KEY_ID_1",
    storeInfo: { outId: "S01" },
    notifyUrl: "https://pay.example.com/notify",
  };
}
