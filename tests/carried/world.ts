import { ordersOfTill } from "#headoffice/carried/answer-till.ts";
import type { Keeper } from "#headoffice/carried/carried.ts";
import { createKeeper } from "#headoffice/carried/keeper.ts";
import { payFor } from "#headoffice/carried/pay-for.ts";
import { takeCarriedWord } from "#headoffice/carried/project-carried.ts";
import { showRequest } from "#headoffice/carried/show-request.ts";
import { takeNotice } from "#headoffice/carried/take-notice.ts";
import { hold } from "./broken.ts";
import { Died, ModelGateway } from "./model-gateway.ts";
import { type JournalWord, ModelTill } from "./model-till.ts";
import { readWord } from "./forge.ts";
import { type OfficeWorld, openOfficeWorld, place, terminalKey } from "./office-world.ts";

/** What becomes of a message between two parties. */
export const ways = ["arrives", "lost", "unheard", "twice"] as const;
export type Way = (typeof ways)[number];

const startMs = Date.parse("2026-03-02T12:00:00+08:00");
const minute = 60_000;
/** The keeper's timetable ends in hours, and an order the gateway never knew is given up after ten minutes. */
const restSteps = [...Array.from({ length: 40 }, () => minute), ...Array.from({ length: 6 }, () => 60 * minute)];

/** A request on the customer display, as phones and forgers have it. */
export interface Shown {
  readonly outTradeNo: string;
  readonly payload: string;
}

/** An amount under a number, as somebody has put his name to it. */
interface Named {
  readonly outTradeNo: string;
  readonly amountFen: number;
}

/**
 * One till, head office with its real machine, keeper and database, the gateway's book, two phones and a network that loses,
 * doubles and delays, all in one time. After every step the promises are looked at.
 */
export class World {
  readonly gateway: ModelGateway;
  readonly till: ModelTill;
  readonly shown: Shown[] = [];
  /** What the till has put its name to; a number that is given twice may have two amounts. */
  readonly #asked: Named[] = [];
  /** What head office has put its name to, on a page or over the till's own line. */
  readonly #said: Named[] = [];
  /** Requests that nobody signed. */
  readonly forged: Shown[] = [];
  /** Every confirmation a phone ever showed: what is seen once can be shown again. */
  readonly seen: { readonly outTradeNo: string; readonly digits: string; readonly code: string | null }[] = [];
  /** Who may still say yes: the phone has the order's payment before it. */
  readonly sheets: { readonly outTradeNo: string; readonly openid: string }[] = [];
  #nowMs = startMs;
  #codes = 0;
  /** Of an attempt the till has forgotten. */
  #nextNumber: string | null = null;
  #keeper: Keeper;
  /** Uploads that are still on their way, though the till has sent them again since. */
  #strays: JournalWord[] = [];
  readonly #office: OfficeWorld;
  readonly #now = (): number => this.#nowMs;

  static async open(): Promise<World> {
    return new World(await openOfficeWorld());
  }

  private constructor(office: OfficeWorld) {
    this.#office = office;
    this.gateway = new ModelGateway(this.#now);
    const { tillKey: privateKey, officePublicKey: officeKey, secret } = office;
    const { payUrl } = this.gateway;
    this.till = new ModelTill({ key: terminalKey, privateKey, officeKey, secret, payUrl }, this.#now);
    this.#keeper = this.#startKeeper();
  }

  show(amountFen: number): void {
    const count = this.shown.length + 1;
    const outTradeNo = this.#nextNumber ?? `BJ01T01X${String(count).padStart(4, "0")}`;
    this.#nextNumber = null;
    const nonce = Buffer.from(`nonce-${String(count).padStart(6, "0")}`).toString("base64url");
    this.shown.push({ outTradeNo, payload: this.till.show(outTradeNo, amountFen, nonce) });
    this.#asked.push({ outTradeNo, amountFen });
  }

  /**
   * The till is set back to a backup from before its newest sale, which head office has: it does not know the sale any more
   * and gives its number a second time. False where there is no such sale.
   */
  setBack(): boolean {
    const sale = this.till.sales.at(-1);
    const isNewest = sale !== undefined && sale.outTradeNo === this.shown.at(-1)?.outTradeNo;
    if (!isNewest || this.till.unacknowledged().length > 0 || this.#nextNumber !== null) return false;
    this.till.attempts.delete(sale.outTradeNo);
    this.#nextNumber = sale.outTradeNo;
    return true;
  }

  /** The page of a payload, in WeChat; it is looked at, and kept where it shows head office's word. */
  async look(payload: string, outTradeNo: string): Promise<void> {
    const { confirmation } = await showRequest(this.#parts(), payload, true);
    if (confirmation === null) return;
    this.seen.push({ outTradeNo, ...confirmation });
    this.#said.push(readWord(confirmation.digits));
  }

  /** The button on the page, pressed by one of two customers. */
  async press(payload: string, outTradeNo: string, openid: string, way: Way): Promise<void> {
    if (way === "lost") return;
    const carried = { gateway: this.gateway, keeper: this.#keeper };
    for (let times = way === "twice" ? 2 : 1; times > 0; times -= 1) {
      const code = `${openid}-${(this.#codes += 1)}`;
      const answer = await orDied(payFor(this.#parts(), carried, payload, code));
      if (answer?.kind === "pay" && way !== "unheard") this.sheets.push({ outTradeNo, openid });
    }
  }

  async notify(outTradeNo: string, isForged: boolean): Promise<void> {
    const body = this.gateway.notice(outTradeNo) ?? Buffer.from(JSON.stringify({ out_trade_no: outTradeNo, total: 1 }));
    const isGenuine = !isForged && this.gateway.notice(outTradeNo) !== null;
    await takeNotice(this.#parts(), this.gateway, { signed: isGenuine ? "by-the-gateway" : "by-nobody" }, body);
  }

  /** The till uploads what head office has not acknowledged. */
  async upload(way: Way): Promise<void> {
    const words = this.till.unacknowledged();
    if (way === "lost") {
      // Given up by the till, and not by the network.
      this.#strays.push(...words);
      return;
    }
    for (const word of words) await this.#receive(word, way === "twice" ? 2 : 1);
    const last = words.at(-1);
    if (way !== "unheard" && last !== undefined) this.till.acknowledge(last.seq);
  }

  async strayArrives(): Promise<void> {
    const [word] = this.#strays.splice(0, 1);
    // The journal takes an entry once: one it has is answered, and told no order again.
    if (word !== undefined) await this.#receive(word, 1);
  }

  /** The till asks about its own; what is paid there proves its open attempts. */
  async ask(way: Way): Promise<void> {
    if (way !== "arrives" && way !== "twice") return;
    const numbers = this.till.open().map(({ outTradeNo }) => outTradeNo);
    const told = await ordersOfTill(this.#office.sql, this.#office.key, place, numbers);
    for (const { confirmation } of told) {
      if (confirmation === null) continue;
      this.#said.push(readWord(confirmation));
      this.till.scan(confirmation, "line");
    }
  }

  /** Head office's process is another one; what it was doing is left as it stands in the database. */
  async restartOffice(): Promise<void> {
    this.#keeper = this.#startKeeper();
  }

  async pass(ms: number): Promise<void> {
    this.#nowMs += ms;
    this.gateway.arrive();
    await this.#keeper.look();
  }

  /** All are reconnected, nobody dies any more, and the cashier has an answer for every attempt. */
  async rest(): Promise<void> {
    this.gateway.troubles = [];
    await this.ask("arrives");
    for (const { outTradeNo } of this.till.open()) this.till.abandon(outTradeNo);
    while (this.#strays.length > 0) await this.strayArrives();
    await this.upload("arrives");
    for (const ms of restSteps) {
      await this.pass(ms);
      // Whoever still can says yes, in the middle of it.
      if (ms === minute) for (const sheet of this.sheets) this.gateway.pay(sheet.outTradeNo, sheet.openid);
      this.hold();
    }
    await this.#holdAtRest();
  }

  /** What must be true at any moment. */
  hold(): void {
    for (const sale of this.till.sales) {
      const order = this.gateway.book.get(sale.outTradeNo);
      const sales = this.till.sales.filter(({ outTradeNo }) => outTradeNo === sale.outTradeNo);
      const soldFen = sales.reduce((sum, { amountFen }) => sum + amountFen, 0);
      hold("paid-is-charged", order?.chargedFen === soldFen, () => ({ sales, order }));
      hold("never-both", order?.refundedFen === 0, () => ({ sale, order }));
      const isText = sale.proof.by !== "code" || /^\d{4} ?\d{4}$/.test(sale.proof.code);
      hold("a-code-is-text", isText, () => sale);
      hold("amounts-are-signed", isNamed(this.#said, sale.outTradeNo, sale.amountFen), () => sale);
    }
    for (const [outTradeNo, { amountFen, chargedFen, refundedFen }] of this.gateway.book) {
      hold("amounts-are-signed", isNamed(this.#asked, outTradeNo, amountFen), () => ({ outTradeNo, amountFen }));
      const isOnce = refundedFen === 0 || refundedFen === chargedFen;
      hold("refunded-once", isOnce, () => ({ outTradeNo, chargedFen, refundedFen }));
    }
  }

  async #holdAtRest(): Promise<void> {
    for (const [outTradeNo, order] of this.gateway.book) {
      const isSold = this.till.sales.some((sale) => sale.outTradeNo === outTradeNo);
      const isKept = order.chargedFen > 0 && order.refundedFen === 0 && !isSold;
      hold("none-is-kept", !isKept, () => ({ outTradeNo, order, attempt: this.till.attempts.get(outTradeNo)?.state }));
    }
    const left = await this.#office.sql.rows(
      "SELECT out_trade_no, money, till FROM carried_orders WHERE next_ms IS NOT NULL",
    );
    hold("comes-to-rest", left.length === 0, () => left);
  }

  async #receive(word: JournalWord, times: number): Promise<void> {
    const entry = { epoch: "e1", seq: word.seq };
    for (let left = times; left > 0; left -= 1) {
      await this.#office.sql.transaction((tx) => takeCarriedWord(tx, place, entry, word, this.#nowMs));
    }
  }

  #parts() {
    const { sql, key } = this.#office;
    return { sql, key, clock: { now: this.#now }, log: () => {} };
  }

  #startKeeper(): Keeper {
    return createKeeper(this.#parts(), this.gateway);
  }
}

function isNamed(named: readonly Named[], outTradeNo: string, amountFen: number): boolean {
  return named.some((one) => one.outTradeNo === outTradeNo && one.amountFen === amountFen);
}

/** Null where head office died over it. */
async function orDied<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof Died) return null;
    throw cause;
  }
}
