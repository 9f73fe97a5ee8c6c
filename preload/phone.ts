import { contextBridge, ipcRenderer } from "electron";
import type { PaySheet } from "../contract/bench/phone.ts";
import { phoneAskChannel, phonePayChannel } from "../contract/ipc/channels.ts";

/** What a page inside WeChat finds: a bridge that can ask the phone's owner for money. Demo mode only. */
type Request = Readonly<Record<string, string>>;
type Answer = (said: { readonly err_msg: string }) => void;

contextBridge.exposeInMainWorld("WeixinJSBridge", {
  invoke(name: string, request: Request, answer: Answer): void {
    if (name !== "getBrandWCPayRequest") return answer({ err_msg: "system:function_not_exist" });
    const say = (outcome: "ok" | "cancel" | "fail") => answer({ err_msg: `get_brand_wcpay_request:${outcome}` });
    void askOwner(request).then(say, () => say("fail"));
  },
});
document.addEventListener("DOMContentLoaded", () => document.dispatchEvent(new Event("WeixinJSBridgeReady")));

async function askOwner(request: Request): Promise<"ok" | "cancel" | "fail"> {
  // Main answers null where the wallet refuses the page.
  const sheet = (await ipcRenderer.invoke(phoneAskChannel, request)) as PaySheet | null;
  if (sheet === null) return "fail";
  const isPaid = await showSheet(sheet);
  // The money's way is main's and the wallet's.
  const went = (await ipcRenderer.invoke(phonePayChannel, request, isPaid)) as boolean;
  if (!isPaid) return "cancel";
  return went ? "ok" : "fail";
}

/** Over the page, where the phone's own pay sheet comes up; true for a yes. */
function showSheet(sheet: PaySheet): Promise<boolean> {
  const host = document.body.appendChild(document.createElement("div"));
  const over = host.attachShadow({ mode: "open" });
  const place = { position: "fixed", inset: "auto 0 0 0", zIndex: "9999", padding: "24px", background: "#fff" };
  Object.assign(host.style, place, { boxShadow: "0 0 0 100vmax rgba(0,0,0,.5)", borderRadius: "16px 16px 0 0" });
  const line = (text: string, look: object): void => {
    const part = over.appendChild(document.createElement("p"));
    part.textContent = text;
    Object.assign(part.style, {
      font: "17px sans-serif",
      color: "#191919",
      textAlign: "center",
      margin: "0 0 8px",
      ...look,
    });
  };
  line(sheet.title, { color: "#737373" });
  line(sheet.shop, {});
  line(sheet.amount, { font: "600 36px sans-serif", margin: "0 0 20px" });
  return new Promise((resolve) => {
    const button = (id: string, text: string, isYes: boolean, look: object): void => {
      const part = over.appendChild(document.createElement("button"));
      Object.assign(part, { id, textContent: text });
      const shape = {
        display: "block",
        width: "100%",
        height: "48px",
        border: "0",
        borderRadius: "8px",
        marginTop: "8px",
      };
      Object.assign(part.style, { font: "600 17px sans-serif", ...shape, ...look });
      part.addEventListener("click", () => {
        host.remove();
        resolve(isYes);
      });
    };
    button("phone-pay", sheet.pay, true, { background: "#07c160", color: "#fff" });
    button("phone-leave", sheet.leave, false, { background: "#f2f2f2", color: "#191919" });
  });
}
