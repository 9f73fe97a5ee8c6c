import type { IntentArgs } from "#contract/ipc/intents.ts";
import { defaultCarriedCaps } from "#contract/config/payments.ts";
import type { CarriedOrder } from "#contract/wire/carried.ts";
import { confirmationSigned, readConfirmation } from "#core/carried/confirmation.ts";
import { isAgreed } from "#core/carried/order-word.ts";
import { type CarriedProof, type CarriedRefusal, confirmationRefusal, stateRefusal } from "#core/carried/proof.ts";
import { codeHashed, codeOf, codeRefusal, mostCodeTries, readTypedCode } from "#core/carried/typed-code.ts";
import { type Fen, fen } from "#core/money/fen.ts";
import { fail } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { TillContext } from "#main/till/context.ts";
import { notify } from "#main/till/notices.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import type { CarriedWay } from "#main/till/ports/carried-way.ts";
import { sayNotSelling } from "#main/till/scan-words.ts";
import { today } from "#main/till/today.ts";

/** As the gateway says its times: payments are known by their Beijing day. */
const beijingOffsetMinutes = 480;

/** Head office's word off the customer's phone. It counts for its own attempt, whatever is on the screen meanwhile. */
export function scanConfirmation(till: TillContext, digits: string): Outcome {
  const read = readConfirmation(digits);
  const attempt = read === null ? null : till.deps.store.attempt(read.outTradeNo);
  const why = judgeConfirmation(till, digits);
  if (why === null && attempt !== null && prove(till, attempt, { by: "scan", confirmation: digits })) return done;
  // The attempt waits and is not taken up yet, as in the first moments after a start: the same scan counts then.
  if (why === null) return sayNotSelling(till, "paying", "payment-under-way");
  return refused(till, why, read?.outTradeNo ?? null, "scan");
}

/** The eight digits, where the phone's screen cannot be scanned: three tries, and capped by amount and by day. */
export function typeCarriedCode(till: TillContext, args: IntentArgs<"type-carried-code">): Outcome {
  const { deps, state } = till;
  const { outTradeNo } = args;
  const attempt = deps.store.attempt(outTradeNo);
  const way = deps.sync?.carried ?? null;
  if (attempt?.carried === undefined || way === null) return refuse("no-such-payment");
  if (state.shift === null) return refuse("no-shift");
  const code = readTypedCode(args.code);
  if (code === null) return refuse("bad-arguments");
  const early = stateRefusal(attempt) ?? codeRefusal(triesOf(till, attempt), takenTodayFen(till), codeCaps(till));
  if (early !== null) return refused(till, early, outTradeNo, "code");
  deps.store.noteCodeTry(outTradeNo, today(till));
  if (!isItsCode(way, attempt, attempt.carried, code)) return refused(till, "code", outTradeNo, "code");
  return prove(till, attempt, { by: "code", code }) ? done : refuse("payment-under-way");
}

/** Head office's answer over the till's own line: a proof like one from a phone, and its last word for the list. */
export function heardCarried(till: TillContext, orders: readonly CarriedOrder[]): void {
  const { store, logFault } = till.deps;
  for (const { outTradeNo, state, confirmation } of orders) {
    try {
      const attempt = store.attempt(outTradeNo);
      if (attempt?.carried === undefined) continue;
      const isWaiting = stateRefusal(attempt) === null;
      if (isWaiting && confirmation !== null && judgeConfirmation(till, confirmation) === null) {
        prove(till, attempt, { by: "line", confirmation });
      }
      const here = store.attempt(outTradeNo)?.state;
      store.noteCarriedWord(outTradeNo, state, (here === "paid" || here === "abandoned") && isAgreed(here, state));
    } catch (cause) {
      logFault("take head office's word of a payment on the phone", cause);
    }
  }
  till.changed("status", "openAttempts");
}

/** Codes typed for the attempt, as the caps are asked about it. */
export function triesOf(till: TillContext, { outTradeNo, amountFen }: Attempt) {
  return { amountFen, tries: till.deps.store.codeTries(outTradeNo) };
}

export function takenTodayFen(till: TillContext): Fen {
  return till.deps.store.takenByCodeFen(today(till));
}

export function codeCaps(till: TillContext) {
  const { mostByCodeFen, mostByCodePerDayFen } = till.deps.config.payments?.carried ?? defaultCarriedCaps;
  return { mostByCodeFen: fen(mostByCodeFen), mostByCodePerDayFen: fen(mostByCodePerDayFen) };
}

function judgeConfirmation(till: TillContext, digits: string): CarriedRefusal | null {
  const way = till.deps.sync?.carried ?? null;
  const read = readConfirmation(digits);
  if (read === null) return "signature";
  return confirmationRefusal(
    read,
    till.deps.store.attempt(read.outTradeNo),
    (said) => way?.isByOffice(confirmationSigned(said), said.signature) === true,
  );
}

function isItsCode(way: CarriedWay, attempt: Attempt, carried: NonNullable<Attempt["carried"]>, code: string): boolean {
  const { outTradeNo, amountFen } = attempt;
  const hash = way.hash(carried.secretId, codeHashed({ outTradeNo, amountFen, nonce: carried.nonce }));
  return hash !== null && way.isSame(codeOf(hash), code);
}

/** False where the attempt is not under way: it is not taken up yet, or has ended in this very moment. */
function prove(till: TillContext, { outTradeNo, amountFen }: Attempt, proof: CarriedProof): boolean {
  const { attempts, clock } = till.deps;
  const successTime = localIso(clock.now(), beijingOffsetMinutes);
  return attempts?.prove(outTradeNo, { transactionId: null, payerTotalFen: amountFen, successTime, proof }) ?? false;
}

/** Journaled, and said on the strip: whoever scanned may be in the middle of another sale. */
function refused(till: TillContext, why: CarriedRefusal, outTradeNo: string | null, by: "scan" | "code"): Outcome {
  const { store } = till.deps;
  store.appendJournal({
    kind: "carried-refused",
    body: { why, outTradeNo, by, cashierId: till.state.cashier?.id ?? null },
  });
  if (by === "scan") notify(till, { kind: "carried-refused", why });
  till.changed("payment");
  const tries = outTradeNo === null ? 0 : store.codeTries(outTradeNo);
  return fail({ kind: "carried-refused", why, triesLeft: Math.max(0, mostCodeTries - tries) });
}
