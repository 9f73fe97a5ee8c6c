import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { showRequest } from "#headoffice/carried/show-request.ts";
import { openingMs } from "#tests/support/bench-shop.ts";
import { hold } from "./broken.ts";
import { readWord } from "./forge.ts";
import { type Answered, HeadOffice } from "./head-office.ts";
import { Line, type Way } from "./line.ts";
import { openMadeShop, type MadeShop } from "./made-shop.ts";
import { ModelGateway } from "./model-gateway.ts";
import { ShopTill } from "./shop-till.ts";

const minute = 60_000;
/** The keeper's timetable ends in hours, and an order the gateway never knew is given up after ten minutes. */
const restSteps = [...Array.from({ length: 40 }, () => minute), ...Array.from({ length: 6 }, () => 60 * minute)];
/** A till whose clock is wrong is told so first, and one that was set back begins anew. */
const mostUploads = 5;

/** WeChat's browser, come back from WeChat with what its first look was given. */
const cookie = "0123456789abcdef0123456789abcdef";
const phone = { "user-agent": "MicroMessenger/8.0.55", cookie: `tillway-pay=${cookie}` } as const;
const json = { "content-type": "application/json" } as const;

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
 * One till and head office, both the product's own on their own files, the gateway's book, two phones and a network that
 * loses, doubles and delays, all in one time. After every step the promises are looked at.
 */
export class World {
  readonly gateway = new ModelGateway(() => this.#nowMs);
  readonly line: Line;
  readonly shown: Shown[] = [];
  /** Requests that nobody signed. */
  readonly forged: Shown[] = [];
  /** Every confirmation a phone ever showed: what is seen once can be shown again. */
  readonly seen: { readonly outTradeNo: string; readonly digits: string; readonly code: string | null }[] = [];
  /** Who may still say yes: the phone has the order's payment before it. */
  readonly sheets: { readonly outTradeNo: string; readonly openid: string }[] = [];
  /** What the till has put its name to; a number that is given twice may have two amounts. */
  readonly #asked: Named[] = [];
  /** What head office has put its name to, on a page or over the till's own line. */
  readonly #said: Named[] = [];
  readonly #folder: string;
  #nowMs = openingMs;
  #codes = 0;
  #till: ShopTill | null = null;
  #office: HeadOffice | null = null;

  static async open(): Promise<World> {
    const shop = await openMadeShop();
    const world = new World();
    await world.#start(shop);
    return world;
  }

  private constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), "tillway-world-"));
    this.line = new Line(() => this.office);
  }

  get till(): ShopTill {
    if (this.#till === null) throw new Error("the till is on");
    return this.#till;
  }

  get office(): HeadOffice {
    if (this.#office === null) throw new Error("head office is open");
    return this.#office;
  }

  async show(amountFen: number): Promise<void> {
    const { outTradeNo, codeUrl } = await this.till.show(amountFen);
    this.shown.push({ outTradeNo, payload: codeUrl?.split("/P/")[1] ?? "" });
    this.#asked.push({ outTradeNo, amountFen });
  }

  /** What the page of a payload shows in WeChat, without its drawing; kept where it is head office's word. */
  async look(payload: string, outTradeNo: string): Promise<void> {
    const { confirmation } = await showRequest(this.office.office, payload, true);
    if (confirmation === null) return;
    this.seen.push({ outTradeNo, ...confirmation });
    this.#said.push(readWord(confirmation.digits));
  }

  /** The page asks by itself whether something has become of it. */
  async poll(payload: string): Promise<void> {
    await this.office.ask({ method: "GET", url: `/P/${payload}/state`, headers: phone });
  }

  /** The button on the page, pressed by one of two customers. */
  async press(payload: string, outTradeNo: string, openid: string, way: Way): Promise<void> {
    if (way === "lost") return;
    for (let times = way === "twice" ? 2 : 1; times > 0; times -= 1) {
      const body = Buffer.from(JSON.stringify({ code: this.#nextCode(openid), state: cookie }));
      const url = `/P/${payload}/pay`;
      const answer = await this.office.ask({ method: "POST", url, headers: { ...phone, ...json }, body });
      if (await this.#hasDied()) return;
      if (isToPay(answer) && way !== "unheard") this.sheets.push({ outTradeNo, openid });
    }
  }

  async notify(outTradeNo: string, isForged: boolean): Promise<void> {
    const genuine = this.gateway.notice(outTradeNo);
    const body = genuine ?? Buffer.from(JSON.stringify({ out_trade_no: outTradeNo, total: 1 }));
    const signed = isForged || genuine === null ? "by-nobody" : "by-the-gateway";
    await this.office.ask({ method: "POST", url: "/carried/notice", headers: { ...json, signed }, body });
  }

  /** What the cashier types while `outTradeNo` is on the screen. */
  async type(outTradeNo: string, text: string): Promise<void> {
    const before = this.till.sales().length;
    await this.till.type(outTradeNo, text);
    const isTaken = this.till.sales().length > before;
    hold("a-code-is-text", !isTaken || /^\d{4} ?\d{4}$/.test(text), () => ({ outTradeNo, text }));
  }

  async pass(ms: number): Promise<void> {
    await this.till.pass(ms);
    await this.#passAtOffice(ms);
  }

  /** All are reconnected, nobody dies any more, and the cashier has an answer for every attempt; then the shop closes. */
  async rest(): Promise<void> {
    this.gateway.troubles = [];
    await this.till.ask("arrives");
    await this.till.ask("arrives");
    for (const { outTradeNo } of this.till.open()) await this.till.abandon(outTradeNo);
    while (this.line.hasStrays) await this.line.strayArrives();
    for (let left = mostUploads; left > 0 && !this.till.isAllSent; left -= 1) await this.till.upload("arrives");
    hold("comes-to-rest", this.till.isAllSent, () => "the till has something to tell");
    for (const ms of restSteps) {
      await this.#passAtOffice(ms);
      // Whoever still can says yes, in the middle of it.
      if (ms === minute) for (const sheet of this.sheets) this.gateway.pay(sheet.outTradeNo, sheet.openid);
      this.hold();
    }
    await this.#holdAtRest();
  }

  /** What must be true at any moment. */
  hold(): void {
    const sales = this.till.sales();
    for (const sale of sales) {
      const order = this.gateway.book.get(sale.outTradeNo);
      const same = sales.filter(({ outTradeNo }) => outTradeNo === sale.outTradeNo);
      const soldFen = same.reduce((sum, { amountFen }) => sum + amountFen, 0);
      hold("paid-is-charged", order?.chargedFen === soldFen, () => ({ same, order }));
      hold("never-both", order?.refundedFen === 0, () => ({ sale, order }));
      hold("amounts-are-signed", isNamed(this.#said, sale.outTradeNo, sale.amountFen), () => sale);
    }
    for (const [outTradeNo, { amountFen, chargedFen, refundedFen }] of this.gateway.book) {
      hold("amounts-are-signed", isNamed(this.#asked, outTradeNo, amountFen), () => ({ outTradeNo, amountFen }));
      const isOnce = refundedFen === 0 || refundedFen === chargedFen;
      hold("refunded-once", isOnce, () => ({ outTradeNo, chargedFen, refundedFen }));
    }
    const faults = [...this.till.faults, ...this.office.faults];
    hold("no-bug", faults.length === 0, () => faults);
  }

  async close(): Promise<void> {
    this.#till?.close();
    await this.#office?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #start(shop: MadeShop): Promise<void> {
    const path = join(this.#folder, "office.db");
    cpSync(shop.officeFile, path);
    this.#office = await HeadOffice.open({ path, gateway: this.gateway, now: () => this.#nowMs });
    this.#till = await ShopTill.open(shop, this.line, openingMs, (digits) => this.#said.push(readWord(digits)));
  }

  async #passAtOffice(ms: number): Promise<void> {
    this.#nowMs += ms;
    this.gateway.arrive();
    await this.office.look();
    await this.#hasDied();
  }

  /** Whether head office died over what it was just asked; another process is there then. */
  async #hasDied(): Promise<boolean> {
    const { hasKilled } = this.gateway;
    this.gateway.hasKilled = false;
    if (hasKilled) await this.office.restart();
    return hasKilled;
  }

  /** WeChat's word for who looks, good once. */
  #nextCode(openid: string): string {
    return `${openid}-${(this.#codes += 1)}`;
  }

  async #holdAtRest(): Promise<void> {
    const sales = this.till.sales();
    for (const [outTradeNo, order] of this.gateway.book) {
      const isSold = sales.some((sale) => sale.outTradeNo === outTradeNo);
      const isKept = order.chargedFen > 0 && order.refundedFen === 0 && !isSold;
      hold("none-is-kept", !isKept, () => ({ outTradeNo, order }));
    }
    const left = await this.office.rows(
      "SELECT out_trade_no, money, till FROM carried_orders WHERE next_ms IS NOT NULL",
    );
    hold("comes-to-rest", left.length === 0, () => left);
  }
}

function isToPay({ status, bytes }: Answered): boolean {
  if (status !== 200) return false;
  // What pay-routes answers with this status.
  const { kind } = JSON.parse(bytes.toString()) as { readonly kind: string };
  return kind === "pay";
}

function isNamed(named: readonly Named[], outTradeNo: string, amountFen: number): boolean {
  return named.some((one) => one.outTradeNo === outTradeNo && one.amountFen === amountFen);
}
