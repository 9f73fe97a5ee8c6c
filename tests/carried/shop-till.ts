import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CarriedProof } from "#core/carried/proof.ts";
import { assert } from "#core/result.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import { openSalesStore } from "#main/store/sales/open-sales-store.ts";
import { businessDay, people } from "#tests/support/bench-shop.ts";
import { deadLine, syncWhileCut } from "#tests/support/carried-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";
import type { SetAside } from "#tests/support/till-bench-options.ts";
import { createVirtualClock, type VirtualClock } from "#tests/support/virtual-clock.ts";
import type { Line, Way } from "./line.ts";
import { barcodeOf, type MadeShop, tillConfig } from "./made-shop.ts";
import { TillLine } from "./till-line.ts";

/** A sale that was committed as paid by a customer's phone, and by what. */
export interface PaidSale {
  readonly outTradeNo: string;
  readonly amountFen: number;
  readonly proof: CarriedProof;
}

/** A copy of the till's files, from before its newest request. */
interface Backup {
  readonly directory: string;
  readonly atMs: number;
}

/** The till as the product has it, with its own store, use cases and keys; WeChat Pay is out of its reach all day. */
export class ShopTill {
  /** What the till has committed as paid, on whichever of its files. */
  readonly #sales = new Map<string, PaidSale>();
  readonly #shop: MadeShop;
  readonly #line: Line;
  readonly #clock: VirtualClock;
  readonly #heard: (confirmation: string) => void;
  #skewMs = 0;
  #bench: TillBench | null = null;
  #own: TillLine | null = null;
  #backup: Backup | null = null;
  #boots = 0;
  /** Its journal has grown since its sales were last looked at. */
  #hasNews = false;

  /** @param heard every confirmation that came over the till's own line */
  static async open(
    shop: MadeShop,
    line: Line,
    startMs: number,
    heard: (confirmation: string) => void,
  ): Promise<ShopTill> {
    const till = new ShopTill(shop, line, startMs, heard);
    await till.#start(shop.till);
    return till;
  }

  private constructor(shop: MadeShop, line: Line, startMs: number, heard: (confirmation: string) => void) {
    this.#shop = shop;
    this.#line = line;
    const clock = createVirtualClock(startMs);
    this.#clock = { ...clock, now: () => clock.now() + this.#skewMs };
    this.#heard = heard;
  }

  get faults(): readonly string[] {
    return this.#running().faults;
  }

  /** Everything the till has told its journal is at head office. */
  get isAllSent(): boolean {
    return this.#running().store.journalStatus().waiting === 0;
  }

  /** A sale of one thing and its request on the customer display; whatever was on the screen is put aside. */
  async show(priceFen: number): Promise<Attempt> {
    this.#backUp();
    const bench = this.#running();
    await this.#signIn();
    if (bench.shown.payment?.stage === "done") await bench.must("next-sale", {});
    else if (bench.shown.payment?.stage === "wechat") await bench.must("park-sale", {});
    else if (bench.shown.sale.lines.length > 0) await bench.must("hold-sale", { label: "" });
    await bench.scan(barcodeOf(priceFen));
    await bench.must("take-payment", {});
    const { saleId } = bench.shown.sale;
    await bench.must("show-carried", { amountFen: null });
    const attempt = bench.store.attemptsOfSale(saleId).at(-1);
    assert(attempt?.carried !== undefined, "the request is on the display");
    return attempt;
  }

  /** Payments that wait for their proof. */
  open(): readonly Attempt[] {
    return this.#running().store.unfinishedAttempts();
  }

  async scan(digits: string): Promise<void> {
    await this.#signIn();
    await this.#running().scan(digits);
  }

  /** Past what the window's own channel lets through: eight digits are asked for there already. */
  async type(outTradeNo: string, code: string): Promise<void> {
    await this.#signIn();
    await this.#running().send("type-carried-code", { outTradeNo, code });
  }

  /** False where there is nothing to give up. */
  async abandon(outTradeNo: string): Promise<boolean> {
    await this.#signIn();
    return (await this.#running().send("cancel-attempt", { outTradeNo })).ok;
  }

  /** The power goes and comes back. */
  async restart(): Promise<void> {
    await this.#running().crash();
    await this.#atWork();
  }

  /**
   * The files are set back to before the newest request, and the clock with them: the till does not know the sale any more
   * and may give its number a second time. False where head office has not heard all of it, as then money would be lost
   * with the disk, or where there is no such copy.
   */
  async setBack(): Promise<boolean> {
    const backup = this.#backup;
    if (backup === null || this.open().length > 0 || !this.isAllSent) return false;
    this.sales();
    this.#backup = null;
    const { ids, directory } = this.#running().setAside();
    rmSync(directory, { recursive: true, force: true });
    this.#skewMs += backup.atMs - this.#clock.now();
    this.#clock.dropTimers();
    await this.#start({ directory: backup.directory, ids });
    rmSync(backup.directory, { recursive: true, force: true });
    return true;
  }

  async upload(way: Way): Promise<void> {
    this.#line.way = way;
    await this.#own?.upload();
  }

  /** Asks head office about its own payments; what is paid there proves those that wait. */
  async ask(way: Way): Promise<void> {
    this.#line.way = way;
    await this.#own?.refresh();
  }

  async pass(ms: number): Promise<void> {
    await this.#clock.advance(ms);
  }

  /** Every sale paid by a phone; one that a file has lost since is one all the same, because head office has it. */
  sales(): readonly PaidSale[] {
    if (!this.#hasNews) return [...this.#sales.values()];
    this.#hasNews = false;
    const { store } = this.#running();
    for (const { saleId } of store.salesOfDay(businessDay, 1_000, null)) {
      if (this.#sales.has(saleId)) continue;
      const tenders = store.sale(saleId)?.sale.tenders ?? [];
      const [tender] = tenders;
      assert(tender?.kind === "wechat" && tender.proof !== undefined, "all sales here are paid by phones");
      const { outTradeNo, amountFen, proof } = tender;
      this.#sales.set(saleId, { outTradeNo, amountFen, proof });
    }
    return [...this.#sales.values()];
  }

  close(): void {
    this.#bench?.close();
    if (this.#backup !== null) rmSync(this.#backup.directory, { recursive: true, force: true });
  }

  async #start(from: SetAside): Promise<void> {
    this.#boots += 1;
    this.#bench = openTillBench({
      ...{ config: tillConfig, clock: this.#clock, inquiry: deadLine, catalog: this.#shop.catalog, from },
      openStore: (deps) => openSalesStore({ ...deps, onJournal: () => (this.#hasNews = true) }),
      idsBegin: `boot-${this.#boots}`,
      sync: () => syncWhileCut(this.#own?.carried ?? null),
    });
    await this.#atWork();
  }

  /** After every start: its line is made anew, and the gateway is away. */
  async #atWork(): Promise<void> {
    const bench = this.#running();
    this.#own = await TillLine.open(bench, this.#line.ask, this.#heard);
    bench.till.gatewayReached("offline");
    await this.#signIn();
  }

  async #signIn(): Promise<void> {
    const bench = this.#running();
    const { id: cashierId, pin } = people.cashier;
    if (bench.shown.session === null) await bench.must("sign-in", { cashierId, pin });
  }

  #backUp(): void {
    if (this.#backup !== null) rmSync(this.#backup.directory, { recursive: true, force: true });
    const directory = mkdtempSync(join(tmpdir(), "tillway-backup-"));
    cpSync(this.#running().directory, directory, { recursive: true });
    this.#backup = { directory, atMs: this.#clock.now() };
  }

  #running(): TillBench {
    assert(this.#bench !== null, "the till is on");
    return this.#bench;
  }
}
