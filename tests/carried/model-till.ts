import { createHash, createHmac, type KeyObject, sign, verify } from "node:crypto";
import { type Confirmation, confirmationSigned, readConfirmation } from "#core/carried/confirmation.ts";
import { type CarriedProof, confirmationRefusal, stateRefusal } from "#core/carried/proof.ts";
import { type CarriedRequest, requestAddress, requestSigned } from "#core/carried/request.ts";
import { codeHashed, codeOf, codeRefusal, readTypedCode } from "#core/carried/typed-code.ts";
import { type Fen, fen } from "#core/money/fen.ts";
import { type Attempt, type AttemptEvent, defaultAttemptTiming } from "#core/tender/attempt.ts";
import { isFinished, newAttempt, stepAttempt } from "#core/tender/step-attempt.ts";

/** What the till has told nobody yet, in the order of its journal. */
export interface JournalWord {
  readonly seq: number;
  readonly word: "sold" | "abandoned";
  readonly outTradeNo: string;
  readonly amountFen: number;
  readonly nonce: string | null;
}

/** A sale that was committed as paid, and by what. */
export interface PaidSale {
  readonly outTradeNo: string;
  readonly amountFen: number;
  readonly proof: CarriedProof;
}

export interface TillKeys {
  readonly key: string;
  readonly privateKey: KeyObject;
  readonly officeKey: KeyObject;
  readonly secret: Uint8Array;
  readonly payUrl: string;
}

const caps = { mostByCodeFen: fen(50_000), mostByCodePerDayFen: fen(200_000) };

/**
 * The till as far as a carried payment goes: the product's own machine and words, and a disk that is a map, written whole
 * at each commit. What is not on that disk a restart forgets.
 */
export class ModelTill {
  readonly sales: PaidSale[] = [];
  readonly attempts = new Map<string, Attempt>();
  readonly #keys: TillKeys;
  readonly #now: () => number;
  readonly #tries = new Map<string, number>();
  #byCodeFen = 0;
  #journal: JournalWord[] = [];
  #acknowledged = 0;

  constructor(keys: TillKeys, now: () => number) {
    this.#keys = keys;
    this.#now = now;
  }

  /** Stores an attempt and shows its QR. @returns what the QR says behind `/P/` */
  show(outTradeNo: string, amountFen: number, nonce: string): string {
    const { key: terminalKey, secret, privateKey, payUrl } = this.#keys;
    const secretId = createHash("sha256").update(secret).digest().subarray(0, 4).toString("base64url");
    const facts = { nonce, secretId, linesFen: fen(amountFen), lineCount: 1 };
    const request: CarriedRequest = { terminalKey, outTradeNo, amountFen: fen(amountFen), ...facts };
    const signature = sign(null, Buffer.from(requestSigned(request)), privateKey);
    const address = requestAddress(payUrl, request, signature);
    const ids = { saleId: outTradeNo, tenderId: outTradeNo } as const;
    const created = newAttempt({
      ...{ kind: "carried", outTradeNo, ...ids, amountFen: fen(amountFen), nowMs: this.#now() },
      request: { facts, address },
    });
    this.#commit(created, { kind: "stored" });
    return address.split("/P/")[1] ?? "";
  }

  open(): readonly Attempt[] {
    return [...this.attempts.values()].filter((attempt) => !isFinished(attempt));
  }

  /** Digits that a scanner read, or head office answered. */
  scan(digits: string, by: "scan" | "line"): void {
    const read = readConfirmation(digits);
    if (read === null) return;
    const attempt = this.attempts.get(read.outTradeNo) ?? null;
    if (confirmationRefusal(read, attempt, (word) => this.#isByOffice(word)) !== null || attempt === null) return;
    this.#prove(attempt, { by, confirmation: digits });
  }

  /** What was typed while `outTradeNo` is on the screen. */
  type(outTradeNo: string, text: string): void {
    const attempt = this.attempts.get(outTradeNo);
    const code = readTypedCode(text);
    if (attempt?.carried === undefined || code === null || stateRefusal(attempt) !== null) return;
    const tries = this.#tries.get(outTradeNo) ?? 0;
    if (codeRefusal({ amountFen: attempt.amountFen, tries }, fen(this.#byCodeFen), caps) !== null) return;
    this.#tries.set(outTradeNo, tries + 1);
    const word = { outTradeNo, amountFen: attempt.amountFen, nonce: attempt.carried.nonce };
    const right = codeOf(createHmac("sha256", this.#keys.secret).update(codeHashed(word)).digest());
    if (code !== right) return;
    this.#byCodeFen += attempt.amountFen;
    this.#prove(attempt, { by: "code", code: text });
  }

  abandon(outTradeNo: string): void {
    const attempt = this.attempts.get(outTradeNo);
    if (attempt === undefined) return;
    const after = this.#commit(attempt, { kind: "cancel-requested" });
    if (attempt.state === "abandoned" || after.state !== "abandoned") return;
    this.#tell({ word: "abandoned", outTradeNo, amountFen: after.amountFen, nonce: after.carried?.nonce ?? null });
  }

  /** The power goes and comes back. */
  restart(): void {
    for (const attempt of this.open()) this.#commit(attempt, { kind: "resumed" });
  }

  /** What head office has not acknowledged, oldest first. */
  unacknowledged(): readonly JournalWord[] {
    return this.#journal.filter(({ seq }) => seq > this.#acknowledged);
  }

  acknowledge(seq: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, seq);
  }

  #prove(attempt: Attempt, proof: CarriedProof): void {
    const payerTotalFen: Fen = attempt.amountFen;
    const facts = { transactionId: null, payerTotalFen, successTime: "", proof };
    const after = this.#commit(attempt, { kind: "proved", facts });
    if (attempt.state === "paid" || after.state !== "paid") return;
    const { outTradeNo, amountFen } = after;
    this.sales.push({ outTradeNo, amountFen, proof });
    this.#tell({ word: "sold", outTradeNo, amountFen, nonce: null });
  }

  #commit(attempt: Attempt, event: AttemptEvent): Attempt {
    const { attempt: after } = stepAttempt(attempt, event, this.#now(), defaultAttemptTiming);
    this.attempts.set(after.outTradeNo, after);
    return after;
  }

  #tell(word: Omit<JournalWord, "seq">): void {
    this.#journal.push({ seq: this.#journal.length + 1, ...word });
  }

  #isByOffice(word: Confirmation): boolean {
    return verify(null, Buffer.from(confirmationSigned(word)), this.#keys.officeKey, word.signature);
  }
}
