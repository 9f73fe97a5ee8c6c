// The customer's page (docs/CARRIED.md). It decides nothing: it asks WeChat to pay what head office opened, and shows what
// head office answers. What WeChat says to this page changes nothing but how soon it asks.
"use strict";

(() => {
  const main = document.querySelector("main");
  const button = document.querySelector("#pay");
  const path = location.pathname;
  const betweenAsksMs = 2000;
  /** Until they are used up by time: a customer who closed WeChat's sheet may tap again. */
  let parameters = null;

  const say = (which) => {
    for (const part of document.querySelectorAll("[data-say]")) part.hidden = part.dataset.say !== which;
  };

  /** Without the code, which is good once: the server sends whoever may still pay for another. */
  const lookAgain = () => {
    const lang = new URLSearchParams(location.search).get("lang");
    location.replace(path + (lang === null ? "" : `?lang=${encodeURIComponent(lang)}`));
  };

  const askState = async () => {
    try {
      const response = await fetch(`${path}/state`, { cache: "no-store" });
      if (response.ok && (await response.json()).state !== main.dataset.state) return lookAgain();
    } catch {
      // The phone has no line for a moment; it asks again.
    }
    setTimeout(askState, betweenAsksMs);
  };

  const whenBridge = (act) => {
    if (window.WeixinJSBridge !== undefined) act();
    else document.addEventListener("WeixinJSBridgeReady", act, { once: true });
  };

  const askWechat = () => {
    say("waiting");
    whenBridge(() =>
      window.WeixinJSBridge.invoke("getBrandWCPayRequest", parameters, () => {
        button.disabled = false;
      }),
    );
  };

  const pay = async () => {
    button.disabled = true;
    if (parameters !== null) return askWechat();
    const query = new URLSearchParams(location.search);
    try {
      const response = await fetch(`${path}/pay`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ code: query.get("code"), state: query.get("state") }),
      });
      const answer = await response.json();
      if (answer.kind === "pay") {
        parameters = answer.parameters;
        return askWechat();
      }
      if (answer.kind === "changed" || answer.kind === "again") return lookAgain();
      say(answer.kind === "elsewhere" ? "elsewhere" : "later");
    } catch {
      say("later");
    }
    button.disabled = false;
  };

  if (button !== null) button.addEventListener("click", () => void pay());
  if (main.dataset.watch === "yes") setTimeout(askState, betweenAsksMs);
  if (main.dataset.state === "paid" && navigator.wakeLock !== undefined) {
    navigator.wakeLock.request("screen").catch(() => {});
  }
})();
