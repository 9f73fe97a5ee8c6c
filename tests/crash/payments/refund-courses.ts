import type { SaleDetailView } from "#contract/ipc/manager-view.ts";
import { customerWill } from "#tests/support/shop-day.ts";
import { must, openPayment, paymentsEnd, scanCode } from "./basket.ts";
import type { Counter } from "./counter.ts";
import type { Course } from "./courses.ts";
import type { AskedRefund, Notebook } from "./notebook.ts";

/** The gateway takes five seconds to give money back. */
export const givesBackWithinMs = 6_000;

interface RefundWay {
  readonly kind: "cash" | "wechat";
  readonly isPart?: true;
  /** The power goes once the gateway has accepted it; the money arrives before the till is back. */
  readonly isCutOff?: "accepted" | "given" | "before-it-left";
}

function refund(way: RefundWay): Course {
  return {
    protocol: null,
    async run(counter, notebook) {
      const asked = await saleToRefund(counter, notebook, way);
      if (way.isCutOff === undefined) counter.arm();
      if (way.isCutOff === "before-it-left") cutBeforeItLeaves(counter);
      notebook.askRefund(asked);
      const sent = counter.press("refund", () => sendRefund(counter, asked));
      if (way.isCutOff === "before-it-left") {
        await Promise.allSettled([sent]);
        await counter.until("the power has gone", () => !counter.isOpen());
      } else {
        await sent;
        await accepted(counter, asked);
        if (way.isCutOff === undefined) return;
        await counter.cutPower();
      }
      if (way.isCutOff === "given") await letTimePass(counter);
      counter.arm();
      await counter.start();
      await counter.until("the till has asked", () => counter.shop.relay.hasCaught());
    },
  };
}

export const refundCourses = {
  "refund of all": refund({ kind: "wechat" }),
  "refund of a part": refund({ kind: "wechat", isPart: true }),
  "refund in cash": refund({ kind: "cash" }),
  "refund under way": refund({ kind: "wechat", isCutOff: "accepted" }),
  "refund given": refund({ kind: "wechat", isPart: true, isCutOff: "given" }),
  "refund resumed": refund({ kind: "wechat", isCutOff: "before-it-left" }),
} as const;

/** With a manager's PIN; the very same request however often it is sent. */
export function sendRefund(counter: Counter, asked: AskedRefund) {
  const till = counter.till();
  return must(till, "refund-sale", { ...asked, approvalPin: till.pins.get("manager-1") ?? "" });
}

/** Time passes at the gateway alone: money that is on its way arrives. */
export async function letTimePass(counter: Counter): Promise<void> {
  await counter.shop.control("POST", "/gateway/clock", { advanceMs: givesBackWithinMs });
}

function cutBeforeItLeaves(counter: Counter): void {
  counter.shop.relay.setTrap({
    ...{ stage: "arrived", delayMs: 0 },
    catches: ({ operation }) => operation === "refund",
    spring: () => void counter.cutPower(),
  });
}

async function accepted(counter: Counter, { saleId }: AskedRefund): Promise<void> {
  await counter.until("the refund is accepted", async () => {
    const { refunds } = await must(counter.till(), "sale-detail", { saleId });
    return refunds.every(({ state }) => !["requested", "sent", "unknown"].includes(state));
  });
}

/** A payment nobody has given anything back of: of a sale of today, or of one that is sold for it. */
async function saleToRefund(counter: Counter, notebook: Notebook, way: RefundWay): Promise<AskedRefund> {
  const found = (await findPaid(counter, notebook, way)) ?? (await sellOne(counter, notebook, way));
  const { saleId, tenderId, remainingFen } = found;
  const amountFen = way.isPart === true ? 1 + Math.floor(counter.random() * (remainingFen - 1)) : remainingFen;
  return { requestId: `request-${counter.random()}`, saleId, tenderId, amountFen, reason: "" };
}

type Paid = { readonly saleId: string } & SaleDetailView["refundable"][number];

async function findPaid(counter: Counter, notebook: Notebook, { kind }: RefundWay): Promise<Paid | null> {
  for (const { saleId } of notebook.sales.toReversed().slice(0, 12)) {
    const { refundable, refunds } = await must(counter.till(), "sale-detail", { saleId });
    const whole = refundable.find((tender) => tender.kind === kind && tender.remainingFen > 1);
    if (refunds.length === 0 && whole !== undefined) return { saleId, ...whole };
  }
  return null;
}

async function sellOne(counter: Counter, notebook: Notebook, way: RefundWay): Promise<Paid> {
  await customerWill(counter.shop, "pay");
  await openPayment(counter, notebook, false);
  if (way.kind === "wechat") {
    await scanCode(counter);
    await paymentsEnd(counter);
  } else {
    const { payment } = await counter.till().view();
    await must(counter.till(), "pay-cash", { receivedFen: payment?.leftFen ?? 0 });
  }
  notebook.noteDone(await counter.till().view());
  await must(counter.till(), "next-sale", {});
  const found = await findPaid(counter, notebook, way);
  if (found === null) throw new Error("a sale that was just paid can be given back");
  return found;
}
