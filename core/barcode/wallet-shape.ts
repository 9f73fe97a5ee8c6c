export type Wallet = "wechat" | "alipay" | "unionpay";

/**
 * Whether a scanned text may be what a wallet shows on a phone, and whose. Broader than what the till takes money by: it
 * decides what may be shown and kept, and a secret too few is worse than a code too many. A run of digits counts by its
 * beginning, so that a code read twice in one go is one too. Where the scanner says that it read something no phone
 * shows, such as an EAN, it is none.
 */
export function walletShapeOf(text: string, aim: string | null): Wallet | null {
  if (aim !== null && !/^\](?:C0|Q[0-2])$/.test(aim)) return null;
  for (const [run] of text.matchAll(/\d{16,}/g)) {
    if (/^1[0-5]\d{16}/.test(run)) return "wechat";
    if (/^(?:2[5-9]|30)\d{14}/.test(run)) return "alipay";
    if (/^62\d{17}/.test(run)) return "unionpay";
  }
  return null;
}
