import type { ShopSettings } from "#contract/config/shop-settings.ts";
import type { IntentArgs, IntentName } from "#contract/ipc/intents.ts";
import type { LogoView, ReceiptPreview, settingsSchemas, SettingsPageView } from "#contract/ipc/settings-intents.ts";
import { isBegun } from "#main/till/drafts.ts";
import type { StoreWord, StoreWords } from "#core/receipt/store-words.ts";
import type { Dots } from "#core/picture/dots.ts";
import { localIso } from "#core/sale/business-date.ts";
import { changeOver, ruleAt } from "#core/sale/day-rule.ts";
import { fail, ok } from "#core/result.ts";
import { approveByPin } from "#main/till/approval.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { permissionFor } from "#main/till/permission.ts";
import type { TillSettings } from "#main/till/ports/till-settings.ts";
import { paperLanguage } from "#main/till/receipt/lay-out-receipt.ts";
import { headerOf } from "#main/till/receipt/store-header.ts";
import { hasPrinter } from "#main/till/view/status-view.ts";
import { resetKeys, setKey } from "./key-settings.ts";
import { sampleReceipt, type SampleFacts } from "./sample-receipt.ts";
import { savable, scheduleOf, settingsPageView, storeFieldsOf } from "./settings-view.ts";

/** A sample that waits for a printer this long is not wanted any more. Milliseconds. */
const printWithinMs = 20_000;

type Settings = Extract<IntentName, keyof typeof settingsSchemas>;
/** What of the settings a change is about, before and after it, for the journal. */
export interface SettingsChange {
  readonly next: ShopSettings;
  readonly page: string;
  readonly before: unknown;
  readonly after: unknown;
}
type Work<N extends Settings> = (
  till: TillContext,
  settings: TillSettings,
  args: IntentArgs<N>,
) => Outcome<SettingsChange>;

/** The settings of the shop and the till. All are a manager's; a change is on the disk, then in force, then journaled. */
export const settingsIntents = {
  "settings-page": asking<"settings-page", SettingsPageView>((till, settings) => ok(settingsPageView(till, settings))),
  "save-store": changing<"save-store">(saveStore),
  "choose-logo": {
    needs: "signed-in",
    run: (till: TillContext) => withSettings(till, (settings) => chooseLogo(till, settings)),
  },
  "remove-logo": changing<"remove-logo">((_till, settings) => {
    const { logo, ...next } = settings.current();
    return ok({ next, page: "logo", before: logo?.name ?? null, after: null });
  }),
  "preview-receipt": asking<"preview-receipt", ReceiptPreview>((till, settings, { store, columns, language }) => {
    const header = headerOf(savable(store, storeFieldsOf(till.deps.config.store)), language);
    const lines = sampleReceipt(header, language, factsOf(till), { columns, marked: false });
    const dots = settings.logoDots(columns * dotsPerColumn);
    return ok({
      ...{ columns, lines },
      logo: dots === null ? null : logoView(dots),
    });
  }),
  "print-sample": {
    needs: "signed-in",
    run: (till: TillContext, args: IntentArgs<"print-sample">) => withSettings(till, () => printSample(till, args)),
  },
  "save-day": changing<"save-day">((till, settings, wanted) => {
    const nowMs = till.deps.clock.now();
    const before = scheduleOf(settings);
    const rule = ruleAt(before, nowMs);
    const isSame =
      rule.utcOffsetMinutes === wanted.utcOffsetMinutes && rule.dayCutOffMinutes === wanted.dayCutOffMinutes;
    const fromMs = changeOver(rule, wanted, nowMs);
    if (fromMs === null) return refuse("day-would-go-back");
    const after = { rule, next: isSame ? null : { ...wanted, fromMs } };
    return ok({ next: { ...settings.current(), day: after }, page: "day", before, after });
  }),
  "save-language": changing<"save-language">(saveLanguage),
  "save-look": changing<"save-look">((_till, settings, wanted) => {
    const now = settings.current();
    const { theme = null, textPercent = 100, volumePercent = 100 } = now;
    const before = { theme, textPercent, volumePercent };
    const after = { ...before, ...wanted };
    return ok({ next: { ...now, ...wanted }, page: "look", before, after });
  }),
  "save-screens": changing<"save-screens">((_till, settings, wanted) => {
    const there = new Set<unknown>(settings.screens().map(({ id }) => id));
    const isThere = (id: unknown): boolean => id === null || id === "none" || there.has(id);
    if (!isThere(wanted.till) || !isThere(wanted.customer)) return refuse("no-such-screen");
    const { screens = null, ...others } = settings.current();
    return ok({ next: { ...others, screens: wanted }, page: "screens", before: screens, after: wanted });
  }),
  "identify-screens": asking<"identify-screens", null>((_till, settings) => {
    settings.identifyScreens();
    return done;
  }),
  "save-kiosk": {
    needs: "signed-in",
    run: (till: TillContext, args: IntentArgs<"save-kiosk">) =>
      withSettings(till, (settings) => saveKiosk(till, settings, args)),
  },
  "open-kiosk": {
    needs: "signed-in",
    run: (till: TillContext, { approvalPin }: IntentArgs<"open-kiosk">) =>
      withSettings(till, (settings) => openKiosk(till, settings, approvalPin)),
  },
  "lock-kiosk": asking<"lock-kiosk", SettingsPageView>((till, settings) => {
    settings.machine.lockKiosk();
    return ok(settingsPageView(till, settings));
  }),
  "save-autostart": changing<"save-autostart">((_till, settings, { isOn }) => {
    const before = settings.machine.view().startsItself;
    if (before === null) return refuse("not-allowed");
    const set = settings.machine.setStartsItself(isOn);
    return set.ok ? ok({ next: settings.current(), page: "autostart", before, after: isOn }) : refuse(set.fault);
  }),
  "set-key": changing<"set-key">((_till, settings, args) => setKey(settings, args)),
  "reset-keys": changing<"reset-keys">((_till, settings) => resetKeys(settings)),
} as const;

const dotsPerColumn = 12;

function asking<N extends Settings, T>(
  work: (till: TillContext, settings: TillSettings, args: IntentArgs<N>) => Outcome<T>,
) {
  return {
    needs: "signed-in" as const,
    run: (till: TillContext, args: IntentArgs<N>): Outcome<T> | Promise<Outcome<T>> =>
      withSettings(till, (settings) => work(till, settings, args)),
  };
}

function changing<N extends Settings>(work: Work<N>) {
  return asking<N, SettingsPageView>((till, settings, args) => {
    const change = work(till, settings, args);
    return change.ok ? apply(till, settings, change.value) : change;
  });
}

function withSettings<T>(
  till: TillContext,
  work: (settings: TillSettings) => Outcome<T> | Promise<Outcome<T>>,
): Outcome<T> | Promise<Outcome<T>> {
  if (till.state.cashier === null) return refuse("not-signed-in");
  const { settings } = till.deps;
  if (settings === undefined || permissionFor(till, { kind: "change-settings" }) !== "yes")
    return refuse("not-allowed");
  return work(settings);
}

/** In force with everything that shows it. What is the same as before is neither written nor told. */
function apply(till: TillContext, settings: TillSettings, change: SettingsChange): Outcome<SettingsPageView> {
  const { page, before, after } = change;
  if (JSON.stringify(before) === JSON.stringify(after)) return ok(settingsPageView(till, settings));
  const saved = settings.save(change.next);
  if (!saved.ok) return refuse(saved.fault);
  const { state, deps } = till;
  // For whoever asks one day who changed what: it has happened, so a disk that refuses the note undoes nothing.
  const body = { page, before, after, cashierId: state.cashier?.id ?? null };
  withoutFail(till, "note the settings", () => deps.store.appendJournal({ kind: "settings-changed", body }));
  if (page === "language") takeUpLanguage(till);
  till.changed("shop", "status", "sale", "payment", "lastSales");
  return ok(settingsPageView(till, settings));
}

/** The window speaks the till's language at once, and a sale that has not begun is rounded as the shop begins one. */
function takeUpLanguage({ state, deps }: TillContext): void {
  state.locale = deps.config.locale;
  if (!isBegun(state.draft)) {
    state.draft = { ...state.draft, cart: { ...state.draft.cart, rounding: deps.config.rounding ?? "none" } };
  }
}

/** What head office has set stays its own; what is as terminal.json has it is not kept twice. */
function saveStore(till: TillContext, settings: TillSettings, wanted: StoreWords): Outcome<SettingsChange> {
  const now = storeFieldsOf(till.deps.config.store);
  const usual = storeFieldsOf(settings.base.store);
  const ofOffice = new Set<string>(settings.ofOffice());
  const fields = Object.keys(now) as StoreWord[]; // its own
  const changed = fields.filter((field) => wanted[field] !== now[field]);
  if (changed.some((field) => ofOffice.has(field))) return refuse("set-by-office");
  const store: Partial<Record<StoreWord, string | undefined>> = { ...settings.current().store };
  for (const field of changed) {
    if (wanted[field] === usual[field]) delete store[field];
    else store[field] = wanted[field];
  }
  const of = (from: StoreWords) => Object.fromEntries(changed.map((field) => [field, from[field]]));
  return ok({ next: { ...settings.current(), store }, page: "store", before: of(now), after: of(wanted) });
}

/** Another language of the till leaves the receipts in theirs. */
function saveLanguage(
  till: TillContext,
  settings: TillSettings,
  wanted: IntentArgs<"save-language">,
): Outcome<SettingsChange> {
  const { locale, rounding = "none" } = till.deps.config;
  const before = { locale, receiptLanguage: paperLanguage(till), rounding };
  const after = { ...before, ...wanted };
  return ok({ next: { ...settings.current(), ...after }, page: "language", before, after });
}

/** Whoever is signed in may lock the machine; taking the lock off takes a PIN, as going through the door does. */
async function saveKiosk(
  till: TillContext,
  settings: TillSettings,
  { isKiosk, approvalPin }: IntentArgs<"save-kiosk">,
): Promise<Outcome<SettingsPageView>> {
  // In training the machine is the till's, as it was set there.
  if (till.deps.isTraining === true) return refuse("not-allowed");
  if (!isKiosk && approvalPin === undefined) return refuse("approval-needed");
  const manager = isKiosk ? ok(null) : await approveByPin(till, approvalPin ?? "");
  if (!manager.ok) return manager;
  const now = settings.current();
  return apply(till, settings, {
    ...{ next: { ...now, isKiosk }, page: "kiosk", before: now.isKiosk ?? false, after: isKiosk },
  });
}

async function openKiosk(till: TillContext, settings: TillSettings, pin: string): Promise<Outcome<SettingsPageView>> {
  const manager = await approveByPin(till, pin);
  if (!manager.ok) return manager;
  const body = { page: "kiosk-door", before: "locked", after: "open", cashierId: manager.value.id };
  withoutFail(till, "note the door", () => till.deps.store.appendJournal({ kind: "settings-changed", body }));
  settings.machine.openKiosk();
  return ok(settingsPageView(till, settings));
}

async function chooseLogo(till: TillContext, settings: TillSettings): Promise<Outcome<SettingsPageView>> {
  const manager = till.state.cashier;
  const chosen = await settings.chooseLogo();
  if (!chosen.ok) return refuse(chosen.fault);
  // Whoever is signed in by now may be somebody else.
  if (till.state.cashier !== manager) return refuse("not-allowed");
  const now = settings.current();
  if (chosen.value === null) return ok(settingsPageView(till, settings));
  const before = now.logo ?? null;
  return apply(till, settings, { next: { ...now, logo: chosen.value }, page: "logo", before, after: chosen.value });
}

function logoView({ widthDots, heightDots, bits }: Dots): LogoView {
  return { widthDots, heightDots, bitsBase64: Buffer.from(bits).toString("base64") };
}

function factsOf(till: TillContext): SampleFacts {
  const { config, clock, isTraining = false } = till.deps;
  return {
    terminalId: config.terminalId,
    cashierName: till.state.cashier?.name ?? "",
    at: localIso(clock.now(), config.store.utcOffsetMinutes),
    isTraining,
  };
}

/** True paper, past the queue: nothing of it is worth keeping for a printer that comes back tomorrow. */
function printSample(till: TillContext, { store, language }: IntentArgs<"print-sample">): Promise<Outcome> | Outcome {
  const { devices, clock, newId, config } = till.deps;
  const { print } = devices;
  if (!hasPrinter(till) || print === undefined) return refuse("no-printer");
  const header = headerOf(savable(store, storeFieldsOf(config.store)), language);
  const columns = config.devices.printer?.columns ?? 48;
  const lines = sampleReceipt(header, language, factsOf(till), { columns, marked: true });
  const jobId = newId();
  return new Promise((resolve) => {
    const giveUp = clock.after(printWithinMs, () => devices.cancelPrint?.(jobId));
    devices.print?.(jobId, lines, ({ state }) => {
      if (state === "waiting" || state === "sending") return;
      giveUp();
      resolve(state === "not-sent" ? fail({ kind: "sample-not-printed" }) : done);
    });
  });
}
