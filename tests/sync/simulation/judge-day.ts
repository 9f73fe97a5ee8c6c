import type { Office } from "#headoffice/office.ts";
import { entryHash } from "#scripts/verify-journal/entry-hash.ts";
import { saleTold, type StoredRow, type UploadRow, withTexts } from "#tests/support/stored-bodies.ts";
import { refundFen } from "./model-journal.ts";
import type { Day, ModelMachine } from "./world.ts";

export interface Broken {
  readonly promise: string;
  readonly what: string;
}

interface EventRow extends StoredRow {
  readonly epoch: string;
  readonly seq: number;
  readonly kind: string;
  readonly v: number;
  readonly at_wall: string;
  readonly at_mono: number;
  readonly prev: string;
  readonly hash: string;
}

type Event = ReturnType<typeof withTexts<EventRow>>[number];

interface DayRow {
  readonly terminal_id: string;
  readonly business_date: string;
  readonly sale_count: number;
  readonly sales_fen: number;
  readonly refund_count: number;
  readonly refund_fen: number;
  readonly last_sale_hash: string;
}

const noHash = "0".repeat(64);

/** The promises I1 to I5 over a day that is over, read from head office's own tables. */
export async function judgeDay({ sql }: Office, day: Day): Promise<readonly Broken[]> {
  const broken: Broken[] = [...day.broken];
  const say = (promise: string, what: string) => void broken.push({ promise, what });
  const events = withTexts(
    await sql.rows<EventRow>("SELECT * FROM journal_events WHERE store_code = ? ORDER BY terminal_id, epoch, seq", [
      day.storeCode,
    ]),
    await sql.rows<UploadRow>("SELECT * FROM upload_bodies WHERE store_code = ?", [day.storeCode]),
  );
  const apart = await sql.rows<{ hash: string }>("SELECT hash FROM quarantined_entries WHERE store_code = ?", [
    day.storeCode,
  ]);
  const there = new Set([...events, ...apart].map(({ hash }) => hash));

  if (!day.isDrained) say("everything is sent once the line is whole", "entries still wait");
  for (const machine of day.machines) judgeMachine(machine, there, say);
  judgeEvents(day, events, say);
  judgeAlarms(day, say);
  judgeSums(day, events, await dayRows(sql, day.storeCode), say);
  return broken;
}

type Say = (promise: string, what: string) => void;

/**
 * I1 and I2: a paper's sale is in the journal for ever; what was acknowledged is at head office, and so is what a relay said
 * it keeps, whatever became of its till.
 */
function judgeMachine(
  { disk, receipts, acked, lost, kept, place }: ModelMachine,
  there: ReadonlySet<string>,
  say: Say,
): void {
  const here = new Set(disk.epochs.flatMap(({ entries }) => entries.map(({ hash }) => hash)));
  for (const { saleNumber, hash } of receipts) {
    if (!here.has(hash) && !lost.has(hash)) say("I1 printed is in the journal for ever", saleNumber);
    if (!there.has(hash) && !lost.has(hash)) say("I2 everything sold reaches head office", saleNumber);
  }
  for (const { epoch, seq, hash } of acked)
    if (!there.has(hash)) say("I2 acknowledged is at head office", `${epoch} ${seq}`);
  for (const hash of kept)
    if (!there.has(hash)) say("I2 kept by a relay reaches head office", `${place.terminalId} ${hash}`);
}

/** I3 and I4: each key once, with its hash, gapless, chained; exactly what head office said it took. */
function judgeEvents({ held }: Day, events: readonly Event[], say: Say): void {
  const found = new Map<string, string[]>();
  for (const row of events) {
    const key = `${row.terminal_id} ${row.epoch}`;
    const before = found.get(key) ?? [];
    found.set(key, [...before, row.hash]);
    if (row.seq !== before.length + 1) say("I4 gapless per epoch", `${key} ${row.seq}`);
    if (row.prev !== (before.at(-1) ?? noHash)) say("I3 chained", `${key} ${row.seq}`);
    const { epoch, seq, kind, v, at_wall: atWall, at_mono: atMono, body, prev } = row;
    const sealed = entryHash(row.terminal_id, { epoch, seq, kind, v, atWall, atMono, body, prev });
    if (sealed !== row.hash) say("I3 what is held is what was sealed", `${key} ${row.seq}`);
  }
  const right = [...held].map(([key, hashes]): [string, readonly string[]] => [
    key.slice(key.indexOf("-") + 1),
    hashes,
  ]);
  for (const [key, hashes] of right)
    if (found.get(key)?.join() !== hashes.join()) say("I3 what was taken is never changed or dropped", key);
  if (found.size !== right.length)
    say("I3 nothing comes from nowhere", `${found.size} epochs instead of ${right.length}`);
}

/** A till whose entries stand behind a fork says so, and goes on in another epoch. */
function judgeAlarms({ machines }: Day, say: Say): void {
  for (const { disk, place } of machines) {
    const isForked = disk.epochs.some(({ forkedAt }) => forkedAt !== null);
    if (isForked && disk.alarm === null) say("a fork raises an alarm", place.terminalId);
    if (isForked && disk.epochs.at(-1)?.forkedAt !== null) say("a fork leads to a new epoch", place.terminalId);
  }
}

interface SumOfSale {
  readonly saleId: string;
  readonly businessDate: string;
  readonly totalFen: number;
}

/** I5: head office's sums are those of the sales in its journal; on a day without troubles they are the papers'. */
function judgeSums(day: Day, events: readonly Event[], rows: readonly DayRow[], say: Say): void {
  const sums = new Map<string, { count: number; fen: number }>();
  const seen = new Set<string>();
  for (const { terminal_id: terminalId, kind, body } of events) {
    if (kind !== "sale-completed") continue;
    const [sale] = saleTold<SumOfSale>(body);
    // That it is not what was sealed is said above.
    if (sale === undefined) continue;
    if (seen.has(`${terminalId} ${sale.saleId}`)) continue;
    seen.add(`${terminalId} ${sale.saleId}`);
    const key = `${terminalId} ${sale.businessDate}`;
    const sum = sums.get(key) ?? { count: 0, fen: 0 };
    sums.set(key, { count: sum.count + 1, fen: sum.fen + sale.totalFen });
  }
  const told = new Map(rows.map((row) => [`${row.terminal_id} ${row.business_date}`, row]));
  if (told.size !== sums.size) say("I5 sums are equal", `${told.size} days instead of ${sums.size}`);
  for (const [key, { count, fen }] of sums) {
    const row = told.get(key);
    if (row?.sale_count !== count || row.sales_fen !== fen)
      say("I5 sums are equal", `${key}: ${row?.sale_count} sales, ${row?.sales_fen} fen instead of ${count}, ${fen}`);
  }
  if (day.trouble === "none") for (const machine of day.machines) if (!machine.isDead) judgeTill(machine, told, say);
}

/** Of a till that nothing but power cuts and a bad line befell. */
function judgeTill({ disk, place }: ModelMachine, told: ReadonlyMap<string, DayRow>, say: Say): void {
  if (disk.epochs.length !== 1) say("a bad line alone begins no epoch", place.terminalId);
  const sales = disk.epochs.flatMap(({ entries }) => entries.filter(({ kind }) => kind === "sale-completed"));
  const bodies = sales.map(
    ({ body }) => JSON.parse(body) as { saleNumber: string; businessDate: string; totalFen: number },
  );
  const wrong = bodies.find(({ saleNumber }, index) => Number(saleNumber.split("-")[1]) !== index + 1);
  if (wrong !== undefined) say("sale numbers have no gap", wrong.saleNumber);
  const row = told.get(`${place.terminalId} ${bodies[0]?.businessDate}`);
  const refunds = disk.epochs.flatMap(({ entries }) => entries.filter(({ kind }) => kind === "refund-settled")).length;
  if ((row?.refund_count ?? 0) !== refunds || (row?.refund_fen ?? 0) !== refunds * refundFen)
    say("I5 both sides agree", `${place.terminalId}: ${refunds} refunds here, ${row?.refund_count} there`);
  const fen = bodies.reduce((sum, { totalFen }) => sum + totalFen, 0);
  if (bodies.length === 0 && row === undefined) return;
  if (row?.sale_count !== bodies.length || row.sales_fen !== fen || row.last_sale_hash !== sales.at(-1)?.hash)
    say(
      "I5 both sides agree",
      `${place.terminalId}: ${bodies.length} sales, ${fen} fen here, ${JSON.stringify(row)} there`,
    );
}

function dayRows(sql: Office["sql"], storeCode: string): Promise<readonly DayRow[]> {
  return sql.rows<DayRow>(
    "SELECT terminal_id, business_date, sale_count, sales_fen, refund_count, refund_fen, last_sale_hash FROM day_totals WHERE store_code = ?",
    [storeCode],
  );
}
