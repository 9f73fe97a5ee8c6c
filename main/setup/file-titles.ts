import type { Locale } from "#contract/config/terminal.ts";
import type { KeySlot } from "#contract/ipc/setup-view.ts";

/** What the window in which a file is chosen is called, by the language of the screen. */
export function fileTitle(slot: KeySlot, locale: Locale): string {
  return titles[slot][locale];
}

const titles: Readonly<Record<KeySlot, Readonly<Record<Locale, string>>>> = {
  "private-key": { "zh-CN": "选择商户私钥（apiclient_key.pem）", en: "Choose the merchant key (apiclient_key.pem)" },
  certificate: { "zh-CN": "选择商户证书（apiclient_cert.pem）", en: "Choose the certificate (apiclient_cert.pem)" },
  "public-key": { "zh-CN": "选择微信支付公钥（pub_key.pem）", en: "Choose the gateway's public key (pub_key.pem)" },
  "api-v3-key": { "zh-CN": "选择存有 APIv3 密钥的文件", en: "Choose the file with the APIv3 key" },
  "v2-key": { "zh-CN": "选择存有 API v2 密钥的文件", en: "Choose the file with the API v2 key" },
};
