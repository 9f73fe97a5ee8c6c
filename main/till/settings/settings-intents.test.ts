import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { KioskState } from "#contract/ipc/settings-intents.ts";
import { defaultKeys } from "#core/keys/key-map.ts";
import { businessDay, chips, cola, people } from "#tests/support/bench-shop.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { barPng, type LogoChoice, testSettings } from "#tests/support/test-settings.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

const { manager, cashier } = people;
const officeSays: { footerZh?: string } = {};
let logo: LogoChoice;
let bench: TillBench;
/** The machine as it was last told to be. */
let machine: { kiosk: KioskState; startsItself: boolean | null; isRefusing: boolean };

beforeEach(async () => {
  logo = { chosen: null };
  machine = { kiosk: "off", startsItself: false, isRefusing: false };
  delete officeSays.footerZh;
  bench = openTillBench({
    settings(directory, base, now) {
      const settings = testSettings(directory, base, now, logo, {
        view: () => ({ kiosk: machine.kiosk, isKioskForced: false, startsItself: machine.startsItself }),
        openKiosk: () => void (machine.kiosk = "open"),
        lockKiosk: () => void (machine.kiosk = "locked"),
        setStartsItself(isOn) {
          if (machine.isRefusing) return { ok: false, fault: "autostart-unwritable" };
          machine.startsItself = isOn;
          return { ok: true, value: null };
        },
      });
      const said = { ...officeSays };
      settings.followOffice(() => said);
      return settings;
    },
  });
  await bench.atWork();
});
afterEach(() => bench.close());

async function asManager(): Promise<void> {
  await bench.must("sign-in", { cashierId: manager.id, pin: manager.pin });
}

/** What a receipt of the shop as it is now says, line by line. */
async function preview(language: "zh-CN" | "en" | "both" = "zh-CN", columns: 48 | 32 = 48): Promise<readonly string[]> {
  const { store } = await bench.must("settings-page", {});
  const { lines } = await bench.must("preview-receipt", { store, columns, language });
  return lines.map((line) => (line.kind === "text" ? line.text.trim() : `<${line.kind}>`));
}

const onDisk = (): unknown => JSON.parse(readFileSync(join(bench.directory, "settings.json"), "utf8"));

describe("The settings pages", () => {
  it("are a manager's alone, whatever is asked", async () => {
    const { store } = await (async () => {
      await asManager();
      return bench.must("settings-page", {});
    })();
    await bench.must("sign-in", { cashierId: cashier.id, pin: cashier.pin });
    const refused = { ok: false, fault: { kind: "not-allowed" } };
    expect(await bench.send("settings-page", {})).toEqual(refused);
    expect(await bench.send("save-store", { ...store, nameZh: "别家" })).toEqual(refused);
    expect(await bench.send("set-key", { action: "hold", key: "F13", swap: false })).toEqual(refused);
    expect(await bench.send("save-day", { utcOffsetMinutes: 0, dayCutOffMinutes: 0 })).toEqual(refused);
    expect(await bench.send("choose-logo", {})).toEqual(refused);
    expect(await bench.send("print-sample", { store, language: "en" })).toEqual(refused);
  });

  it("put the shop's words on its receipts, on the disk and in the journal, and leave the rest alone", async () => {
    await asManager();
    const { store } = await bench.must("settings-page", {});
    const wanted = { ...store, headerZh: "老街三十年\n天天新鲜", taxNumber: "91310000MA1FL0000X", footerEn: "Bye" };
    const after = await bench.must("save-store", wanted);
    expect(after.store).toEqual(wanted);
    expect(await preview()).toEqual(
      expect.arrayContaining(["税号 91310000MA1FL0000X", "老街三十年", "天天新鲜", "谢谢惠顾，欢迎再次光临"]),
    );
    expect(await preview("en", 32)).toEqual(expect.arrayContaining(["Tax no. 91310000MA1FL0000X", "Bye"]));
    const set = { headerZh: wanted.headerZh, taxNumber: wanted.taxNumber, footerEn: "Bye" };
    expect(onDisk()).toEqual({ store: set });
    expect(journalBodies(bench.directory, "settings-changed")).toEqual([
      {
        page: "store",
        before: { taxNumber: "", headerZh: "", footerEn: "Thank you, see you again" },
        after: set,
        cashierId: manager.id,
      },
    ]);
    // What is as terminal.json has it is kept no more.
    await bench.must("save-store", store);
    expect(onDisk()).toEqual({ store: {} });
  });

  it("say the sale in both languages where the receipts are in both", async () => {
    await asManager();
    const lines = await preview("both");
    expect(lines).toEqual(
      expect.arrayContaining([
        "小林便利店",
        "Lin's Store",
        "可口可乐 500ml Coca-Cola 500 ml",
        "谢谢惠顾，欢迎再次光临",
        "Thank you, see you again",
      ]),
    );
    expect(lines.join("\n")).toMatch(/合计 Total\s+￥16\.98/);
  });

  it("keep what head office has set, and say so", async () => {
    officeSays.footerZh = "总部祝您愉快";
    await bench.crash();
    await asManager();
    const page = await bench.must("settings-page", {});
    expect([page.ofOffice, page.store.footerZh]).toEqual([["footerZh"], "总部祝您愉快"]);
    expect(await bench.send("save-store", { ...page.store, footerZh: "别的" })).toEqual({
      ok: false,
      fault: { kind: "set-by-office" },
    });
    expect((await bench.must("save-store", { ...page.store, phone: "110" })).store.phone).toBe("110");
  });

  it("are there again after a power cut, and a file that is spoilt is set aside without stopping the till", async () => {
    await asManager();
    await bench.must("save-look", { theme: "dark", textPercent: 150, volumePercent: 30 });
    await bench.crash();
    expect(bench.till.view().shop.look).toEqual({ theme: "dark", volumePercent: 30, keys: defaultKeys });
    writeFileSync(join(bench.directory, "settings.json"), '{ "theme": "dark", "colour": 1 }');
    await bench.crash();
    await asManager();
    const { theme, isSetAside } = await bench.must("settings-page", {});
    expect([theme, isSetAside]).toEqual([null, true]);
    expect(readdirSync(bench.directory)).toContain("settings.json.unreadable");
  });
});

describe("A logo", () => {
  it("is kept below the data directory, shown in the dots of either paper, and replaced or taken away whole", async () => {
    await asManager();
    logo.chosen = { path: String.raw`C:\Bilder\logo.png`, bytes: barPng(1_152, 200) };
    expect((await bench.must("choose-logo", {})).logoName).toBe("logo.png");
    const { store } = await bench.must("settings-page", {});
    const drawn = async (columns: 48 | 32) =>
      (await bench.must("preview-receipt", { store, columns, language: "en" })).logo;
    expect(await drawn(48)).toMatchObject({ widthDots: 576, heightDots: 100 });
    expect(await drawn(32)).toMatchObject({ widthDots: 384, heightDots: 67 });
    const bits = Buffer.from((await drawn(48))?.bitsBase64 ?? "", "base64");
    expect([bits.subarray(0, 72 * 25).every((byte) => byte === 0xff), bits.at(-1)]).toEqual([true, 0]);
    const files = (): string[] => readdirSync(bench.directory).filter((name) => name.startsWith("logo-"));
    const [first] = files();
    logo.chosen = { path: String.raw`C:\shop\neu.png`, bytes: barPng(100, 40) };
    expect((await bench.must("choose-logo", {})).logoName).toBe("neu.png");
    expect([files().length, files()[0] === first]).toEqual([1, false]);
    expect((await bench.must("remove-logo", {})).logoName).toBeNull();
    expect([files(), await drawn(48)]).toEqual([[], null]);
    expect(journalBodies(bench.directory, "settings-changed")).toMatchObject([
      { page: "logo" },
      { page: "logo" },
      { page: "logo" },
    ]);
  });

  it.each([
    ["a text", Buffer.from("no picture at all"), "logo-not-a-picture"],
    ["a PNG cut short", barPng(400, 100).subarray(0, 60), "logo-damaged"],
    ["a poster", barPng(2_400, 10), "logo-too-many-pixels"],
    ["two megabytes and more", Buffer.alloc(2_097_153, 0x89), "logo-file-too-large"],
    ["white on white", barPng(40, 40, 255), "logo-blank"],
    ["a file that cannot be read", null, "logo-unreadable"],
  ])("that is %s is refused with its reason, and nothing changes", async (_what, bytes, kind) => {
    await asManager();
    logo.chosen = { path: "x.png", bytes };
    expect(await bench.send("choose-logo", {})).toEqual({ ok: false, fault: { kind } });
    expect((await bench.must("settings-page", {})).logoName).toBeNull();
    expect(journalBodies(bench.directory, "settings-changed")).toEqual([]);
  });
});

describe("A sample", () => {
  it("comes out with the words that are typed, says what it is, and is in no book", async () => {
    await asManager();
    const { store } = await bench.must("settings-page", {});
    await bench.must("print-sample", { store: { ...store, headerEn: "Not saved" }, language: "en" });
    const words = (bench.slips.at(-1) ?? []).map((line) => (line.kind === "text" ? line.text.trim() : line.kind));
    expect([words[0], words.at(-1)]).toEqual(["样张 SAMPLE", "样张 SAMPLE"]);
    expect(words).toContain("Not saved");
    expect((await bench.must("settings-page", {})).store.headerEn).toBe("");
    expect(bench.sales()).toEqual([]);
    bench.slipEnds = "not-sent";
    expect(await bench.send("print-sample", { store, language: "en" })).toEqual({
      ok: false,
      fault: { kind: "sample-not-printed" },
    });
  });
});

describe("The business day", () => {
  it("is another one from the next day on, and no sale that is booked moves", async () => {
    await bench.scan(cola);
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 1_000 });
    await bench.must("next-sale", {});
    await asManager();
    const { day } = await bench.must("save-day", { utcOffsetMinutes: 480, dayCutOffMinutes: 240 });
    const nextMs = Date.parse(`${businessDay}T00:00:00+08:00`) + 86_400_000;
    expect(day).toEqual({
      rule: { utcOffsetMinutes: 480, dayCutOffMinutes: 0 },
      next: { utcOffsetMinutes: 480, dayCutOffMinutes: 240, fromMs: nextMs },
    });
    expect(bench.sales().map(({ businessDate }) => businessDate)).toEqual([businessDay]);
    expect((await bench.must("settings-page", {})).today).toBe(businessDay);
    // Two in the night: by the old rule tomorrow, by the new one still today.
    await bench.clock.advance(nextMs + 2 * 3_600_000 - bench.clock.now());
    expect((await bench.must("settings-page", {})).today).toBe(businessDay);
    await bench.clock.advance(3 * 3_600_000);
    expect((await bench.must("settings-page", {})).today > businessDay).toBe(true);
  });

  it("cannot be turned back", async () => {
    await asManager();
    await bench.must("save-day", { utcOffsetMinutes: 480, dayCutOffMinutes: 0 });
    expect(await bench.send("save-day", { utcOffsetMinutes: -720, dayCutOffMinutes: 600 })).toEqual({
      ok: false,
      fault: { kind: "day-would-go-back" },
    });
  });
});

describe("Languages and rounding", () => {
  it("hold for the window, the papers and the next sale, and each line keeps its rule", async () => {
    await asManager();
    await bench.must("save-language", { locale: "en", rounding: "yuan" });
    const page = await bench.must("settings-page", {});
    // Another language of the till leaves the receipts in theirs.
    expect([page.locale, page.receiptLanguage, page.rounding]).toEqual(["en", "zh-CN", "yuan"]);
    expect([bench.shown.shop.locale, bench.shown.sale.rounding]).toEqual(["en", "yuan"]);
    await bench.scan(chips);
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 10_000 });
    const [sale] = bench.sales();
    expect([sale?.rounding, (sale?.totalFen ?? 1) % 100]).toEqual(["yuan", 0]);
    await bench.must("next-sale", {});
    expect(bench.shown.sale.rounding).toBe("yuan");
  });
});

describe("The keyboard and the screens", () => {
  it("take a key that is free, say who has one, and change two over", async () => {
    await asManager();
    expect((await bench.must("set-key", { action: "hold", key: "F13", swap: false })).keys.hold).toBe("F13");
    expect(await bench.send("set-key", { action: "hold", key: "F6", swap: false })).toEqual({
      ok: false,
      fault: { kind: "key-taken", by: "recall" },
    });
    expect(await bench.send("set-key", { action: "hold", key: "7", swap: true })).toEqual({
      ok: false,
      fault: { kind: "key-typed-by-scanners" },
    });
    expect(await bench.send("set-key", { action: "fly", key: "F7", swap: false })).toEqual({
      ok: false,
      fault: { kind: "bad-arguments" },
    });
    const swapped = await bench.must("set-key", { action: "hold", key: "F6", swap: true });
    expect([swapped.keys.hold, swapped.keys.recall]).toEqual(["F6", "F13"]);
    expect(bench.shown.shop.look?.keys).toEqual(swapped.keys);
    expect(onDisk()).toEqual({ keys: { hold: "F6", recall: "F13" } });
    expect((await bench.must("reset-keys", {})).keys).toEqual(defaultKeys);
  });

  it("stand only on screens that are there", async () => {
    await asManager();
    const wanted = { till: 22, customer: "none", isFullScreen: true } as const;
    expect((await bench.must("save-screens", wanted)).screens).toEqual(wanted);
    expect(await bench.send("save-screens", { ...wanted, till: 33 })).toEqual({
      ok: false,
      fault: { kind: "no-such-screen" },
    });
  });
});

describe("The machine", () => {
  const told = () => journalBodies(bench.directory, "settings-changed");
  const refusedBy = async (answer: ReturnType<typeof bench.send>): Promise<unknown> => {
    const { ok, ...rest } = (await answer) as { readonly ok: boolean; readonly fault?: { readonly kind: string } };
    return ok ? "not refused" : rest.fault?.kind;
  };

  it("is locked at a manager's press, and no word but a manager's PIN takes the lock off or opens its door", async () => {
    expect(await refusedBy(bench.send("save-kiosk", { isKiosk: true }))).toBe("not-allowed");
    expect(await refusedBy(bench.send("open-kiosk", { approvalPin: manager.pin }))).toBe("not-allowed");
    await asManager();
    await bench.must("save-kiosk", { isKiosk: true });
    expect(onDisk()).toMatchObject({ isKiosk: true });
    expect(await refusedBy(bench.send("save-kiosk", { isKiosk: false }))).toBe("approval-needed");
    for (const approvalPin of [cashier.pin, "0000"]) {
      expect(await refusedBy(bench.send("save-kiosk", { isKiosk: false, approvalPin }))).toBe("approval-refused");
      expect(await refusedBy(bench.send("open-kiosk", { approvalPin }))).toBe("approval-refused");
    }
    expect(onDisk()).toMatchObject({ isKiosk: true });
    expect(machine.kiosk).toBe("off");
    expect(told()).toEqual([{ page: "kiosk", before: false, after: true, cashierId: manager.id }]);
  });

  it("is let go by a manager's PIN, which the journal tells, and locked again without one", async () => {
    await asManager();
    expect(await bench.must("open-kiosk", { approvalPin: manager.pin })).toMatchObject({ machine: { kiosk: "open" } });
    expect(await bench.must("lock-kiosk", {})).toMatchObject({ machine: { kiosk: "locked" } });
    await bench.must("save-kiosk", { isKiosk: true });
    await bench.must("save-kiosk", { isKiosk: false, approvalPin: manager.pin });
    expect(onDisk()).toMatchObject({ isKiosk: false });
    expect(told()).toMatchObject([{ page: "kiosk-door", after: "open" }, { after: true }, { after: false }]);
  });

  it("starts the till or does not, as a manager says; refused by the system or not installed, nothing is told", async () => {
    expect(await refusedBy(bench.send("save-autostart", { isOn: true }))).toBe("not-allowed");
    await asManager();
    expect(await bench.must("save-autostart", { isOn: true })).toMatchObject({ machine: { startsItself: true } });
    machine.isRefusing = true;
    expect(await refusedBy(bench.send("save-autostart", { isOn: false }))).toBe("autostart-unwritable");
    machine.startsItself = null;
    expect(await refusedBy(bench.send("save-autostart", { isOn: true }))).toBe("not-allowed");
    expect(told()).toEqual([{ page: "autostart", before: false, after: true, cashierId: manager.id }]);
  });
});
