import type { HeadOffice } from "#headoffice/open-head-office.ts";
import type { TerminalPlace } from "#headoffice/terminals/terminal.ts";
import { pick, type Random, seededRandom } from "#tests/support/random.ts";
import { createLine } from "./line.ts";
import {
  type ModelDisk,
  modelOutbox,
  newDisk,
  giveBack,
  note,
  type Receipt,
  sell,
  waitingCount,
} from "./model-journal.ts";
import { modelOffice } from "./model-office.ts";
import { createUploader, type ModelUploader } from "./model-till.ts";
import { createOracle } from "./oracle.ts";
import { createVirtualTime, type VirtualTime } from "./virtual-time.ts";

/** What a day may hold beside cut lines and power cuts, by seed. */
export type Trouble = "none" | "restore" | "clone" | "revoke";

/** One machine that sells under a terminal's name. */
export interface ModelMachine {
  readonly place: TerminalPlace;
  disk: ModelDisk;
  /** Papers it gave to customers. */
  readonly receipts: Receipt[];
  /** Places head office acknowledged to it. */
  readonly acked: { readonly epoch: string; readonly seq: number; readonly hash: string }[];
  /** Hashes of receipts that were lost with a disk before they were sent: nobody can have them. */
  readonly lost: Set<string>;
}

export interface Day {
  readonly seed: number;
  readonly storeCode: string;
  readonly trouble: Trouble;
  readonly machines: readonly ModelMachine[];
  readonly held: ReadonlyMap<string, readonly string[]>;
  readonly apart: ReadonlyMap<string, ReadonlySet<string>>;
  /** Promises that were broken while it went on. */
  readonly broken: readonly { readonly promise: string; readonly what: string }[];
  readonly counts: { readonly sales: number; readonly powerCuts: number; readonly officeDeaths: number };
  readonly isDrained: boolean;
}

export interface DayOptions {
  readonly seed: number;
  /** Of a control: a till whose commits return before they are on the disk. */
  readonly isFsyncDropped?: boolean;
}

const sellingMs = 8 * 60_000;
/** Within this of the line being whole everything must have been sent: the longest pause is five minutes. */
const drainMs = 45 * 60_000;

/** One day of a shop's tills, the same for the same seed, over a head office that other days share. */
export async function liveDay(
  { office }: Pick<HeadOffice, "office">,
  { seed, isFsyncDropped = false }: DayOptions,
): Promise<Day> {
  const random = seededRandom(seed);
  const time = createVirtualTime(Date.UTC(2026, 2, 2, 1) + seed * 1_000);
  const storeCode = seed.toString(36).toUpperCase().padStart(4, "0");
  const trouble = troubleOf(random);
  const broken: { promise: string; what: string }[] = [];
  const oracle = createOracle();
  const head = modelOffice(office, time);
  const line = createLine({
    time,
    random,
    office: head,
    oracle,
    broken: (promise, what) => broken.push({ promise, what }),
  });
  const counts = { sales: 0, powerCuts: 0 };
  let isSelling = true;
  let ids = 0;
  const newId = (what: string) => `${what}-${storeCode}-${(ids += 1)}`;

  const shop = { time, random, line, newId, isFsyncDropped, counts, isSelling: () => isSelling };
  const machines: ModelMachine[] = [];
  const tills: Power[] = [];
  for (let index = 1; index <= 1 + pick(random, 3); index += 1) {
    const place = { storeCode, terminalId: `T0${index}` };
    await head.enrol(place);
    tills.push(powerOn(shop, machineOf(place, newDisk(place.terminalId, newId("epoch"), time.now()))));
  }
  const [victim] = tills;
  if (victim !== undefined) {
    if (trouble === "restore") time.after(sellingMs / 4, () => victim.restore(1 + pick(random, 3) * 60_000));
    if (trouble === "clone") time.after(sellingMs / 4, () => void tills.push(powerOn(shop, copyOf(victim.machine))));
    if (trouble === "revoke")
      time.after(sellingMs / 2, async () => {
        const { place } = victim.machine;
        await head.revoke(place);
        oracle.revoke(`${place.storeCode}-${place.terminalId}`);
      });
  }
  time.after(sellingMs, () => {
    isSelling = false;
    line.heal();
  });
  try {
    await time.run(time.now() + sellingMs);
    const isDrained = () => tills.every(({ machine }) => waitingCount(machine.disk) === 0);
    await time.run(time.now() + drainMs, isDrained);
    // What is still on its way (doubles, late ones) arrives too, and must change nothing.
    await time.run(time.now() + 120_000);
    for (const { machine } of tills) machines.push(machine);
    const { held, apart } = oracle;
    const told = { ...counts, officeDeaths: line.deaths() };
    return { seed, storeCode, trouble, machines, held, apart, broken, counts: told, isDrained: isDrained() };
  } finally {
    for (const till of tills) till.stop();
  }
}

function troubleOf(random: Random): Trouble {
  const drawn = random();
  return drawn < 0.55 ? "none" : drawn < 0.75 ? "restore" : drawn < 0.92 ? "clone" : "revoke";
}

function machineOf(place: TerminalPlace, disk: ModelDisk): ModelMachine {
  return { place, disk, receipts: [], acked: [], lost: new Set() };
}

/** The same disk in a second machine, as a careless copy makes it. */
function copyOf({ place, disk }: ModelMachine): ModelMachine {
  return machineOf(place, disk);
}

interface Shop {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly line: ReturnType<typeof createLine>;
  readonly newId: (what: string) => string;
  readonly isFsyncDropped: boolean;
  readonly counts: { sales: number; powerCuts: number };
  readonly isSelling: () => boolean;
}

interface Power {
  readonly machine: ModelMachine;
  /** Puts a backup of so long ago in, as somebody does after a disk died. */
  restore(agoMs: number): void;
  stop(): void;
}

/** A machine that sells, dies and starts again until the shop closes. */
function powerOn(shop: Shop, machine: ModelMachine): Power {
  const { time, random, line, newId, counts } = shop;
  const backups: { readonly atMs: number; readonly disk: ModelDisk }[] = [];
  let uploader: ModelUploader | null = null;
  let isOn = false;
  /** What a disk that only says it has written really has. */
  let written = machine.disk;

  function commit(disk: ModelDisk): void {
    machine.disk = disk;
    if (!shop.isFsyncDropped || random() < 0.1) written = disk;
  }

  const outbox = modelOutbox({ disk: () => machine.disk, commit }, { newEpoch: () => newId("epoch"), now: time.now });

  function start(): void {
    isOn = true;
    uploader = createUploader({
      ...{ place: machine.place, time, random, line, outbox },
      onAcked({ epoch, seq }) {
        if (seq > 0) machine.acked.push({ epoch, seq, hash: outbox.hashAt(epoch, seq) ?? "" });
      },
    });
    time.after(1_000 + pick(random, 3_000), sellOne);
  }

  function cutPower(): void {
    counts.powerCuts += 1;
    isOn = false;
    uploader?.stop();
    machine.disk = written;
    time.after(500 + pick(random, 8_000), start);
  }

  function sellOne(): void {
    if (!isOn || !shop.isSelling()) return;
    const drawn = random();
    const facts = { saleId: newId("sale"), nowMs: time.now(), businessDate: "2026-03-02" };
    // The power may go before the commit, or after it and before the paper.
    if (drawn < 0.02) return cutPower();
    const sold = sell(machine.disk, facts);
    commit(sold.disk);
    counts.sales += 1;
    if (drawn < 0.04) return cutPower();
    machine.receipts.push(sold.receipt);
    if (drawn > 0.05 && drawn < 0.12) commit(giveBack(machine.disk, sold.receipt, time.now()));
    if (drawn > 0.9) commit(note(machine.disk, "drawer-opened", { reason: "change" }, time.now()));
    uploader?.wake();
    if (drawn > 0.94 && drawn < 0.97) return cutPower();
    time.after(2_000 + pick(random, 30_000), sellOne);
  }

  function backUp(): void {
    backups.push({ atMs: time.now(), disk: machine.disk });
    if (shop.isSelling()) time.after(30_000, backUp);
  }

  backUp();
  start();
  return {
    machine,
    restore(agoMs) {
      const backup = backups.findLast(({ atMs }) => atMs <= time.now() - agoMs) ?? backups[0];
      if (backup === undefined) return;
      const kept = new Set(backup.disk.epochs.flatMap(({ entries }) => entries.map(({ hash }) => hash)));
      for (const { hash } of machine.receipts) if (!kept.has(hash)) machine.lost.add(hash);
      machine.disk = backup.disk;
      written = backup.disk;
      cutPower();
    },
    stop: () => uploader?.stop(),
  };
}
