import { phoneOpenRequest, type PhoneState } from "#contract/bench/phone.ts";
import { scannedOrder } from "#contract/bench/wallet.ts";
import type { Locale } from "#contract/config/terminal.ts";
import type { DisplayView } from "#contract/ipc/display-view.ts";
import type { BenchAnswer } from "#main/ipc/bench-channel.ts";
import type { DemoPhone, PhoneParts } from "./open-phone.ts";

type Control = (method: "GET" | "POST", path: string, body: unknown) => Promise<BenchAnswer>;
type Request = Readonly<Record<string, string>>;

const words = {
  "zh-CN": { title: "付款给商户", pay: "支付", leave: "取消" },
  en: { title: "Pay to shop", pay: "Pay", leave: "Cancel" },
} as const satisfies Readonly<Record<Locale, object>>;

/** The Device bench's requests about the phone's browser; null for those that are the twins'. */
export async function controlPhone(
  phone: DemoPhone,
  displayQr: () => string | null,
  [method, path, body]: readonly ["GET" | "POST", string, unknown],
): Promise<BenchAnswer | null> {
  if (method === "GET" && path === "/phone") return { ok: true, value: await stateOf(phone, displayQr) };
  if (method !== "POST" || path !== "/phone/open") return null;
  const asked = phoneOpenRequest.safeParse(body);
  if (!asked.success) return { ok: false, message: "not a request of the bench" };
  if (!phone.open(asked.data.url, asked.data.locale)) {
    return { ok: false, message: "the phone finds no page at this address" };
  }
  return { ok: true, value: await stateOf(phone, displayQr) };
}

/** What the QR on the customer display says; null while there is none. */
export function qrOn(view: DisplayView | null): string | null {
  return view !== null && "codeUrl" in view.stage ? view.stage.codeUrl : null;
}

async function stateOf(phone: DemoPhone, displayQr: () => string | null): Promise<PhoneState> {
  return { displayQr: displayQr(), pageDigits: await phone.digits() };
}

/** The wallet's side of a page's request: its twin judges the signature and moves the money. */
export function phoneWallet(control: Control): Pick<PhoneParts, "ask" | "pay"> {
  const said = (request: Request, page: string) => ({ ...request, page });
  return {
    async ask(request, page, locale) {
      const answer = await control("POST", "/wallet/page-order", said(request, page));
      const order = answer.ok ? scannedOrder.safeParse(answer.value) : null;
      if (order?.success !== true) return null;
      const { description: shop, amountFen } = order.data;
      const fen = String(amountFen).padStart(3, "0");
      return { ...words[locale], shop, amount: `¥${fen.slice(0, -2)}.${fen.slice(-2)}` };
    },
    async pay(request, page, accept) {
      return (await control("POST", "/wallet/pay-page", { ...said(request, page), accept })).ok;
    },
  };
}
