import type { Mark } from "#core/sync/upload.ts";
import type { Office } from "#headoffice/office.ts";
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
import { type RelayOfDay, relayOfDay, type RelayTrouble } from "./relay-of-day.ts";
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
  /** Hashes of what a relay told it is kept, and everything before. */
  readonly kept: Set<string>;
  /** It died for good: nobody reads its disk any more. */
  isDead: boolean;
}

export interface Day {
  readonly seed: number;
  readonly storeCode: string;
  readonly trouble: Trouble;
  /** Null without a relay. */
  readonly relayTrouble: RelayTrouble | null;
  readonly machines: readonly ModelMachine[];
  readonly held: ReadonlyMap<string, readonly string[]>;
  readonly apart: ReadonlyMap<string, ReadonlySet<string>>;
  /** Promises that were broken while it went on. */
  readonly broken: readonly { readonly promise: string; readonly what: string }[];
  readonly counts: DayCounts;
  readonly isDrained: boolean;
}

export interface DayCounts {
  readonly sales: number;
  readonly powerCuts: number;
  readonly officeDeaths: number;
  readonly relayDeaths: number;
  /** Uploads a relay said it kept. */
  readonly relayKept: number;
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
  { office, relays = null }: { readonly office: Office; readonly relays?: Office | null },
  { seed, isFsyncDropped = false }: DayOptions,
): Promise<Day> {
  const random = seededRandom(seed);
  const time = createVirtualTime(Date.UTC(2026, 2, 2, 1) + seed * 1_000);
  const storeCode = seed.toString(36).toUpperCase().padStart(4, "0");
  const trouble = troubleOf(random);
  const broken: { promise: string; what: string }[] = [];
  const tell = (promise: string, what: string) => void broken.push({ promise, what });
  const oracle = createOracle();
  const head = modelOffice(office, time);
  const line = createLine({
    time,
    random,
    office: head,
    oracle,
    broken: tell,
  });
  const counts = { sales: 0, powerCuts: 0 };
  let isSelling = true;
  let ids = 0;
  const newId = (what: string) => `${what}-${storeCode}-${(ids += 1)}`;

  const relay = relayOfDay(seed, { real: relays, storeCode, time, office: head, line, newId, sellingMs, broken: tell });
  const isHeld = (key: string, to: Mark) => oracle.isHeld(key, to);
  const shop = { time, random, line, newId, isFsyncDropped, counts, relay, isHeld, tell, isSelling: () => isSelling };
  const machines: ModelMachine[] = [];
  const tills: Power[] = [];
  for (let index = 1; index <= 1 + pick(random, 3); index += 1) {
    const place = { storeCode, terminalId: `T0${index}` };
    await head.enrol(place, relay?.publicKeyOf(place));
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
  if (relay?.trouble === "till-dies") time.after(sellingMs * 0.6, () => tills.at(-1)?.die());
  if (relay?.trouble === "replaced")
    time.after(sellingMs * 0.55, async () => {
      // What only it had is lost with it: the tills must send it again.
      for (const { machine } of tills) machine.kept.clear();
      await relay.replace();
    });
  time.after(sellingMs, () => {
    isSelling = false;
    line.heal();
    relay?.heal();
  });
  try {
    await time.run(time.now() + sellingMs);
    const isSent = ({ machine }: Power) => machine.isDead || waitingCount(machine.disk) === 0;
    const isDrained = () => tills.every(isSent) && (relay?.isEmpty() ?? true);
    await time.run(time.now() + drainMs, isDrained);
    // What is still on its way (doubles, late ones) arrives too, and must change nothing.
    await time.run(time.now() + 120_000);
    for (const { machine } of tills) machines.push(machine);
    const { held, apart } = oracle;
    const { deaths: relayDeaths = 0, kept: relayKept = 0 } = relay?.counts() ?? {};
    const told = { ...counts, officeDeaths: line.deaths(), relayDeaths, relayKept };
    const relayTrouble = relay?.trouble ?? null;
    return {
      seed,
      storeCode,
      trouble,
      relayTrouble,
      machines,
      held,
      apart,
      broken,
      counts: told,
      isDrained: isDrained(),
    };
  } finally {
    for (const till of tills) till.stop();
    relay?.stop();
  }
}

function troubleOf(random: Random): Trouble {
  const drawn = random();
  return drawn < 0.55 ? "none" : drawn < 0.75 ? "restore" : drawn < 0.92 ? "clone" : "revoke";
}

function machineOf(place: TerminalPlace, disk: ModelDisk): ModelMachine {
  return { place, disk, receipts: [], acked: [], lost: new Set(), kept: new Set(), isDead: false };
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
  readonly relay: RelayOfDay | null;
  /** Whether head office has taken this entry. */
  readonly isHeld: (terminalKey: string, at: Mark) => boolean;
  readonly tell: (promise: string, what: string) => void;
  readonly isSelling: () => boolean;
}

interface Power {
  readonly machine: ModelMachine;
  /** Puts a backup of so long ago in, as somebody does after a disk died. */
  restore(agoMs: number): void;
  /** For good, with its disk. */
  die(): void;
  stop(): void;
}

/** A machine that sells, dies and starts again until the shop closes. */
function powerOn(shop: Shop, machine: ModelMachine): Power {
  const { time, random, line, newId, counts } = shop;
  const { place } = machine;
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

  function noteKept({ epoch, seq }: Mark): void {
    const entries = machine.disk.epochs.find((one) => one.epoch === epoch)?.entries ?? [];
    for (const { hash } of entries.slice(0, seq)) machine.kept.add(hash);
  }

  function start(): void {
    if (machine.isDead) return;
    isOn = true;
    uploader = createUploader({
      ...{ place, time, random, line, outbox },
      onAcked({ epoch, seq, hash }) {
        if (seq === 0) return;
        machine.acked.push({ epoch, seq, hash });
        if (!shop.isHeld(`${place.storeCode}-${place.terminalId}`, { epoch, seq, hash }))
          shop.tell("a till counts as sent only what head office has", `${place.terminalId} ${epoch} ${seq}`);
      },
      relay: shop.relay?.forTill(place, noteKept) ?? null,
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
      if (machine.isDead) return;
      const backup = backups.findLast(({ atMs }) => atMs <= time.now() - agoMs) ?? backups[0];
      if (backup === undefined) return;
      const kept = new Set(backup.disk.epochs.flatMap(({ entries }) => entries.map(({ hash }) => hash)));
      for (const { hash } of machine.receipts) if (!kept.has(hash)) machine.lost.add(hash);
      machine.disk = backup.disk;
      written = backup.disk;
      cutPower();
    },
    die() {
      isOn = false;
      machine.isDead = true;
      uploader?.stop();
      machine.disk = written;
      for (const { entries, acked } of machine.disk.epochs)
        for (const { seq, hash } of entries) if (seq > acked && !machine.kept.has(hash)) machine.lost.add(hash);
    },
    stop: () => uploader?.stop(),
  };
}
