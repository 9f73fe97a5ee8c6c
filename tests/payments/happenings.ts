import { assert } from "#core/result.ts";
import { sendRaw } from "#tests/support/raw-wechat.ts";
import { people } from "#tests/support/bench-shop.ts";
import { merchantAccount } from "./account.ts";
import type { Course, Happening } from "./course.ts";
import { isHeldBack } from "./faults.ts";
import type { Scene } from "./scene.ts";

/** Puts the course's faults in the simulator's way. A slow answer comes half a time-out too late. */
export async function scriptWrongs(scene: Scene, { wrongs }: Course): Promise<void> {
  scene.isImpatient = wrongs.some(({ outcome }) => isHeldBack(outcome));
  for (const { operation, outcome, times, params = {} } of wrongs) {
    const answerAfterMs = Math.trunc(scene.timeoutMs * 1.5);
    const slow = outcome.startsWith("slow") ? { answerAfterMs } : {};
    const count = times === "until-healed" ? 1_000_000 : times;
    if (isHeldBack(outcome)) scene.heldBack.set(operation, count);
    const script = { operation, outcome, times: count, next: true, params: { ...params, ...slow } };
    await scene.control("/gateway/script", script);
  }
}

/** The world is whole again: no script waits, the cable is in, the clocks agree. */
export async function heal(scene: Scene): Promise<void> {
  scene.isImpatient = false;
  scene.heldBack.clear();
  await scene.control("/gateway/script/clear", {});
  await scene.control("/gateway/offline", { offline: false });
  await scene.control("/gateway/clock", { wireSkewMs: 0 });
}

/** Lets one thing of a course happen; what makes no sense any more (a password nobody asks for) does not. */
export async function happen(scene: Scene, what: Happening, outTradeNo: string | null): Promise<void> {
  const { till, simulator } = scene;
  switch (what.kind) {
    case "cancel":
    case "park":
      await tap(scene, what.kind);
      break;
    case "restart":
      await till.crash();
      break;
    case "cable-cut":
      await scene.control("/gateway/offline", { offline: true });
      break;
    case "heal":
      await heal(scene);
      break;
    case "rotate-keys":
      await scene.control("/gateway/certificates", { rotate: true });
      break;
    case "wire-clock":
      await scene.control("/gateway/clock", { wireSkewMs: what.skewMs });
      break;
    case "refund-by-hand":
      await refundByHand(scene, outTradeNo);
      break;
    case "send-on-by-hand":
      await sendOnByHand(scene, outTradeNo);
      break;
    case "password": {
      const isAsked = simulator.wallet.view().pending.some((pending) => pending.outTradeNo === outTradeNo);
      if (!isAsked || outTradeNo === null) break;
      const { accepts: accept, movesMs: settleAfterMs = 0 } = what;
      simulator.wallet.enterPassword({ outTradeNo, accept, settleAfterMs });
      break;
    }
  }
  await scene.settled();
}

/** The cashier's key on an attempt that is still open. */
async function tap(scene: Scene, key: "cancel" | "park"): Promise<void> {
  const { till } = scene;
  await signInAgain(scene);
  const attempt = till.shown.openAttempts.find(({ saleId }) => saleId === till.shown.sale.saleId);
  if (attempt === undefined) return;
  if (key === "park") await till.must("park-sale", {});
  else if (attempt.canCancel) await till.must("cancel-attempt", { outTradeNo: attempt.outTradeNo });
}

/** After a restart nobody is signed in. */
export async function signInAgain({ till }: Scene): Promise<void> {
  if (till.shown.session !== null) return;
  await till.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
}

/** To the next thing that happens, five seconds at most; in long quiet waits, longer strides. */
export function stepMs(passedMs: number, nextAtMs = Number.POSITIVE_INFINITY): number {
  const stride = passedMs < 300_000 ? 5_000 : passedMs < 7_200_000 ? 30_000 : 600_000;
  return Math.max(1, Math.min(stride, nextAtMs - passedMs));
}

/** A person gives the whole payment back on the merchant platform, where the till is not asked. */
async function refundByHand(scene: Scene, outTradeNo: string | null): Promise<void> {
  const total = scene.order(outTradeNo ?? "")?.chargedFen ?? 0;
  await byHand(scene, "/v3/refund/domestic/refunds", {
    ...{ out_trade_no: outTradeNo, out_refund_no: `HAND${outTradeNo}` },
    amount: { refund: total, total, currency: "CNY" },
  });
}

/** A person sends a refund that is stuck to the shop's own account. */
async function sendOnByHand(scene: Scene, outTradeNo: string | null): Promise<void> {
  const refund = scene.order(outTradeNo ?? "")?.refunds[0];
  await byHand(scene, `/v3/refund/domestic/refunds/${refund?.refundId}/apply-abnormal-refund`, {
    ...{ out_refund_no: refund?.outRefundNo, type: "MERCHANT_BANK_CARD" },
  });
}

async function byHand({ simulator, clock }: Scene, target: string, body: object): Promise<void> {
  const { gateway, client } = merchantAccount();
  const { merchant, platform } = gateway;
  const keys = { merchant, privateKeyPem: client.privateKeyPem, publicKeyId: platform.publicKeyId };
  const sender = { baseUrl: simulator.baseUrl, nowMs: clock.now(), ...keys };
  const { status, text } = await sendRaw(sender, "POST", target, body);
  assert(status === 200, `the merchant platform does as a person says, got ${text}`);
}
