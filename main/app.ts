import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { app, clipboard, powerMonitor, safeStorage } from "electron";
import { displayChannel, soundChannel, viewChannel } from "#contract/ipc/channels.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import { defaultLabelTemplates } from "#core/barcode/label-template.ts";
import { qrOn } from "#main/demo-phone/phone-control.ts";
import { demoUtcOffsetMinutes } from "#main/bench-link/demo-config.ts";
import type { DemoOffice } from "#main/demo-office/open-demo-office.ts";
import { spawnUtilityOffice } from "#main/demo-office/utility-office.ts";
import { finishRestore } from "#main/backup/put-back.ts";
import { uuidV7 } from "#main/ids/uuid-v7.ts";
import { registerDisplay } from "#main/ipc/display-channel.ts";
import { registerIntents } from "#main/ipc/register-intents.ts";
import { openLog, type Log } from "#main/log/open-log.ts";
import { createPrintQueue } from "#main/printing/print-queue.ts";
import type { LiveLatency } from "#main/latency/create-latency.ts";
import { openPepper } from "#main/secret/open-pepper.ts";
import { pinMarkOf } from "#main/secret/pin-mark.ts";
import { createPinVault } from "#main/secret/pin-vault.ts";
import type { LiveSettings } from "#main/settings/create-settings.ts";
import { parseCommandLine } from "#main/settings/command-line.ts";
import { demoPeople, firstPeople, seedPeople } from "#main/settings/first-people.ts";
import { createOfficeSetup } from "#main/setup/create-office-setup.ts";
import { readTerminalConfig } from "#main/settings/read-terminal-config.ts";
import { spawnUtilityWriter } from "#main/catalog-writer/utility-writer.ts";
import { createEndings } from "#main/start/endings.ts";
import { openAudit } from "#main/start/open-audit.ts";
import { openBackups } from "#main/start/open-backups.ts";
import { openCatalog } from "#main/start/open-catalog.ts";
import { openDevices, startHost } from "#main/start/open-devices.ts";
import { openBench, type OpenBench } from "#main/start/open-bench.ts";
import { steadyClock } from "#main/start/steady-clock.ts";
import { createLiveSync, type LiveSync } from "#main/start/live-sync.ts";
import { saveTable } from "#main/start/save-table.ts";
import { settleHome } from "#main/start/settle-home.ts";
import { createDiskTrouble, diskTroubleOption } from "#main/start/disk-trouble.ts";
import { openOtherSystems } from "#main/start/open-other-systems.ts";
import { openHealth } from "#main/start/open-health.ts";
import { openReports } from "#main/start/open-reports.ts";
import { followSurroundings } from "#main/start/follow-surroundings.ts";
import { openGoods } from "#main/start/open-goods.ts";
import { openItemImages } from "#main/start/open-item-images.ts";
import { openSettings } from "#main/start/open-settings.ts";
import { endFailedTrial, openUpdates } from "#main/start/open-updates.ts";
import { openWechat } from "#main/start/open-wechat.ts";
import { refuseStart } from "#main/start/refuse-start.ts";
import { StartRefused } from "#main/start/start-refused.ts";
import { asTraining } from "#main/start/training/open-training.ts";
import { trainingDoor } from "#main/start/training/training-door.ts";
import { isTrainingNext, tellLeft, trainingFolder } from "#main/start/training/training-folder.ts";
import { tellOpen } from "#main/start/tell-open.ts";
import { tellingOfUpdate } from "#main/start/tell-update.ts";
import { whenOpen, whenTried } from "#main/start/when-tried.ts";
import { configFaultWords, storeFaultWords } from "#main/start/start-fault-words.ts";
import type { OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import { openSalesStore, type OpenSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { Devices } from "#main/till/ports/devices.ts";
import type { TillDeps } from "#main/till/context.ts";
import { createTill, type Till } from "#main/till/till.ts";
import type { TillListeners } from "#main/till/view/view-sender.ts";
import type { OfficeSetup } from "#main/till/ports/office-setup.ts";
import { askWhereToSave } from "#main/window/ask-where-to-save.ts";
import { registerAppScheme, serveApp } from "#main/window/app-scheme.ts";
import { givenFiles } from "#main/window/given-files.ts";
import { hardenApp } from "#main/window/harden.ts";
import { machineHasSound } from "#main/window/machine-sound.ts";
import { openPrintWindows } from "#main/window/print-window.ts";
import { openTillWindows, type TillWindows } from "#main/window/till-windows.ts";

/**
 * The till's main process and its only composition root: everything real is made here and handed on. One till per data
 * directory; a second start shows the first.
 */
const out = fileURLToPath(new URL("..", import.meta.url));
const commandLine = parseCommandLine(process.argv, process.cwd());
const homeDir = commandLine.dataDir ?? app.getPath("userData");
const isSettled = settleHome(homeDir);
/** Training has everything in a folder of its own: nothing below knows another. */
const isTraining = isTrainingNext(homeDir);
const dataDir = isTraining ? trainingFolder(homeDir) : homeDir;

const clock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
/** What an empty catalogue is filled with, the demo till's and its head office's. */
const demoFolder = join(app.getAppPath(), "resources", "demo-store");
/** What the demo store speaks at first; the sign-in screen switches it. */
const demoLocale = "zh-CN";
const restartAfterMs = 300;
const newId = (): string => uuidV7(clock.now());

const endings = createEndings(() => app.exit());
/** A disk that failed is asked anew, by another start. */
const diskFailed = createDiskTrouble({
  ...{ clock, uptimeMs: () => process.uptime() * 1_000, isSupervised: commandLine.isSupervised },
  ...{ lastMs: commandLine.afterDiskTroubleMs, tell: () => till?.diskFailed() },
  restart: (nowMs) => restart([`${diskTroubleOption}=${nowMs}`]),
});
let windows: TillWindows | null = null;
const tillWindow = () => windows?.till ?? null;
const images = openItemImages(dataDir, tillWindow);
const printing = openPrintWindows(() => windows?.till.webContents ?? null);
const page = givenFiles("/index.html", clock.after);
/** Parts made before the till call it back only while it is there. */
let till: Till | null = null;
/** Null where there is no head office; the store tells it of every entry from its first on. */
let office: LiveSync | null = null;
/** The demo store's own; null in a real shop. */
let demoOffice: DemoOffice | null = null;

const toWindows: TillListeners = {
  onView: (patch) => windows?.sendToTill(viewChannel, patch),
  onDisplay: (view) => windows?.sendToDisplay(displayChannel, view),
};

// Sales and PIN hashes are for this user's eyes.
process.umask(0o077);

if (isSettled && app.requestSingleInstanceLock()) {
  registerAppScheme();
  app.on("second-instance", () => windows?.focus());
  app.on("window-all-closed", () => app.quit());
  app.on("will-quit", endings.endOnce);
  // Not awaited at the top level: Electron draws nothing until the entry module has ended.
  void app.whenReady().then(start);
} else if (isSettled) {
  console.log(`the till is already open on ${dataDir}; it was brought to the front`);
  app.quit();
}

async function start(): Promise<void> {
  hardenApp();
  const log = openLog(join(dataDir, "logs", "till.log"), clock.now);
  try {
    const setAside = finishRestore(homeDir);
    if (setAside !== null) log.warn("restored from a backup", { setAside });
    await endFailedTrial(open(log), log);
  } catch (cause) {
    log.error("start refused", { cause });
    await refuseStart(cause, { homeDir, out, keyStore: safeStorage, clock, log, isTraining, restart });
    windows?.destroy();
    process.exitCode = 1;
  }
}

async function open(log: Log): Promise<void> {
  serveApp(join(out, "renderer"), printing.page, images.kept, page.gave);
  const spawnHost = startHost(out);
  const updates = openUpdates({ dataDir, clock, log, endings });
  const read = readTerminalConfig(homeDir);
  if (!read.ok) throw new StartRefused(configFaultWords(read.fault));
  // The pages load while the stores open; what they ask meanwhile is answered when the till is there.
  const opening = Promise.withResolvers<Till>();
  const isDemo = read.value === null;
  windows = openWindows(log, isDemo || isTraining, opening.promise);
  const { bench, config, settings } = await openShop(read.value, windows, log);

  const { devices, deviceSetup } = openDevices(bench, settings, {
    ...{ dataDir, spawnHost, isTraining, printing, clock, newId, log: log.child("devices"), till: windows.till },
  });
  // The page is put together and drawn in its own process while the stores open in this one.
  await page.whenGiven();
  const { store, catalog, pins, pinMark, added } = await openBooks(config, isDemo, log);

  // Ended before the store is: a job under way still writes how it ended.
  endings.push(() => devices.close());
  const doors = openDoors(settings, { isDemo, pinMark }, store, log);
  const health = openHealth({ dataDir, out, settings, store, clock, log, endings, backups: doors.backups });
  const receipts = openReceipts(store, devices, health.latency);
  const { live, officeSetup } = await openHeadOffice(bench, store, catalog, log);
  settings.followOffice(live.officeStore);
  const { payments, setup } = await openWechat({
    ...{ config, dataDir, out, store, clock, newId, log, endings, isDemo: bench.ready !== null, demoLocale },
    ...{ keyStore: safeStorage, clipboard, window: tillWindow, till: () => till, latency: health.latency },
  });

  till = createTill(
    {
      // Read at every use: devices may have been changed, and head office may have set something.
      get config() {
        return { ...settings.config(), devices: deviceSetup.configured(), legacy: doors.legacyDoors?.configured() };
      },
      labelTemplates: config.labelTemplates ?? defaultLabelTemplates,
      ...{ ...health, catalog, devices, receipts, pins, settings, saveTable, newId, clock: endings.whileOpen(clock) },
      // Read at every use: another merchant may have taken over.
      get attempts() {
        return payments.attempts();
      },
      get refunds() {
        return payments.refunds();
      },
      get reconciler() {
        return payments.reconciler();
      },
      get inquiry() {
        return payments.merchant()?.gateway ?? null;
      },
      get isWechatBroken() {
        return payments.isBroken();
      },
      // Training is set up by nobody: what it is comes from the till.
      ...(isTraining ? {} : { merchantSetup: setup, deviceSetup, officeSetup }),
      ...{ isTraining, ...doors, ...updates.told, audit: openAudit({ config, dataDir, out, clock, log, endings }) },
      goods: openGoods({
        ...{ catalog, images, out, clock, log, endings, indexWords: live.indexWords },
        ...{ window: tillWindow, till: () => till, config, files: doors.legacyFiles },
      }),
      get sync() {
        return live.current();
      },
      ...{ reports: openReports({ dataDir, out, clock, log, endings }), ...thisMachine(isDemo, log) },
    },
    toWindows,
  );
  const around = { machine: powerMonitor, files: doors.legacyFiles, dataDir, out, clock, endings };
  followSurroundings({ ...around, config, store, devices, log }, till);
  await updates.pass(till, windows.tillPainted);
  till.start();
  live.start();
  opening.resolve(till);

  await whenOpen({ window: windows.tillPainted, devices: whenTried(devices) }, { clock, log });
  tellOpen(dataDir, isDemo ? demoPeople : added, bench, catalog);
  // Last: the till is open by now, and no slower for it.
  demoOffice?.start();
}

/** What the till asks of the machine it runs on. */
function thisMachine(isDemo: boolean, log: Log) {
  const sounds: TillDeps["playSound"] = (sound) => windows?.sendToTill(soundChannel, sound);
  return {
    askWhereToSave: (name: string) => askWhereToSave(tillWindow(), name),
    demoPins: new Map(isDemo ? demoPeople.map(({ cashier, pin }) => [cashier.id, pin]) : []),
    locksItself: true,
    isAfterDiskTrouble: commandLine.afterDiskTroubleMs !== null,
    playSound: machineHasSound(process.env) ? sounds : () => {},
    logFault: (what: string, cause: unknown) => log.error(what, { cause }),
  };
}

/** What ends in another start of the till, training and a restore; and where old tills come in. */
function openDoors(
  settings: LiveSettings,
  of: { readonly isDemo: boolean; readonly pinMark: string },
  store: OpenSalesStore,
  log: Log,
) {
  const config = (): TerminalConfig => settings.config();
  const { terminalId } = config();
  const training = trainingDoor({
    ...{ isTraining, dataDir: homeDir, terminalId, store, now: clock.now, newId, log, restart },
  });
  const parts = { dataDir, out, clock, log, endings, config, store, window: tillWindow, restart };
  const desk = () => till?.legacyDesk ?? null;
  const others = openOtherSystems({ ...parts, ...of, isTraining, keyStore: safeStorage, desk });
  return { training, ...others, backups: isTraining ? null : openBackups({ ...parts, ...of }) };
}

/** Papers on their way to the printer; one that is dead costs no sale. */
function openReceipts(store: OpenSalesStore, devices: Devices, latency: LiveLatency) {
  const onPrinted = (ms: number): void => latency.took("print", ms);
  const receipts = createPrintQueue({ store, devices, clock, onPrinted, onChange: () => till?.receiptsChanged() });
  endings.push(() => receipts.stop());
  return receipts;
}

/** What is on the disk. Whoever is new there gets their first PIN. */
async function openBooks(config: TerminalConfig, isDemo: boolean, log: Log) {
  const store = await tellingOfUpdate(join(dataDir, "sales.db"), log, () => openSales(config, log));
  // What head office has given once, it gives again.
  const comesAgain = config.headOffice !== undefined && store.sync.office() !== null;
  const catalog = await openCatalog({ dataDir, demoFolder, comesAgain, now: clock.now, log });
  endings.push(() => catalog.close());
  const pepper = await openPepper(dataDir, safeStorage, log);
  const pins = createPinVault(pepper);
  const added = await seedPeople(store, pins, isDemo ? demoPeople : firstPeople());
  if (!isTraining) tellLeft(homeDir, (left) => store.appendJournal({ kind: "training-left", body: left }));
  return { store, catalog, pins, pinMark: pinMarkOf(pepper), added };
}

/** What goes up to head office and comes down, ended before the stores it reads and writes; and where head office is. */
async function openHeadOffice(
  { config, ready }: OpenBench,
  store: OpenSalesStore,
  catalog: OpenCatalogStore,
  log: Log,
): Promise<{ readonly live: LiveSync; readonly officeSetup: OfficeSetup }> {
  const live = await createLiveSync({
    ...{ config, dataDir, keyStore: safeStorage, store, catalog, clock, log: log.child("sync") },
    spawnWriter: spawnUtilityWriter(join(out, "main", "catalog-writer.js")),
    onChange(what) {
      till?.syncChanged(what);
      demoOffice?.noteChange();
    },
    onCarried: (orders) => till?.carriedHeard(orders),
  });
  office = live;
  endings.push(() => demoOffice?.close());
  endings.push(() => live.stop());
  const officeSetup = createOfficeSetup({
    ...{ dataDir, shop: ready === null ? "real" : "demo", configured: config.headOffice },
    ...{ goOver: live.goOver, log },
  });
  return { live, officeSetup };
}

/** The cashier's, the customer's and in demo mode the bench's window, and what they may say. */
function openWindows(log: Log, isDemo: boolean, opened: Promise<Till>): TillWindows {
  const shown = openTillWindows({
    preloadDir: join(out, "preload"),
    allowDevTools: commandLine.allowDevTools && !app.isPackaged,
    displayAt: commandLine.displayAt,
    isDemo,
    locale: demoLocale,
    utcOffsetMinutes: demoUtcOffsetMinutes,
    log: (what, facts) => log.child("window").warn(what, facts),
  });
  registerIntents({
    tillContents: () => shown.till.webContents,
    perform: async (intent, args) => (await opened).perform(intent, args),
    logRefused: (intent, why) => log.child("ipc").warn("refused a message", { intent, why }),
  });
  registerDisplay(
    () => shown.display?.webContents ?? null,
    async () => (await opened).displayView(),
  );
  return shown;
}

/** The shop as it is configured, with what a manager has set over it. */
async function openShop(config: TerminalConfig | null, shown: TillWindows, log: Log) {
  const attached = await attachBench(config, shown, log);
  const settings = openSettings({
    ...{ dataDir, homeDir, commandLine, base: attached.config, now: clock.now, windows: shown, log },
  });
  const bench = { ...attached, config: settings.config() };
  return { bench, config: bench.config, settings };
}

/** terminal.json's shop, or the demo store on the twins where there is none. */
async function attachBench(config: TerminalConfig | null, shown: TillWindows, log: Log): Promise<OpenBench> {
  const bench = await openBench({
    config: isTraining ? null : config,
    entry: join(out, "main", "simulators.js"),
    stateDir: join(dataDir, "simulators"),
    office: isTraining
      ? null
      : {
          ...{
            dataDir: join(dataDir, "head-office"),
            storeFolder: demoFolder,
            clock,
            sync: () => office?.current() ?? null,
          },
          spawn: (args) => spawnUtilityOffice(join(out, "main", "headoffice.js"), args),
        },
    locale: demoLocale,
    contents: () => shown.bench?.webContents ?? null,
    phonePreload: join(out, "preload", "phone.cjs"),
    displayQr: () => qrOn(till?.displayView() ?? null),
    log: log.child("bench"),
  });
  demoOffice = bench.office;
  endings.push(() => bench.close());
  return isTraining ? asTraining(bench, config, dataDir) : bench;
}

function openSales(config: TerminalConfig, log: Log): OpenSalesStore {
  const opened = openSalesStore({
    path: join(dataDir, "sales.db"),
    terminalId: config.terminalId,
    now: clock.now,
    newId,
    log: ({ event, ...facts }) => log.child("store").info(event, facts),
    sign: (hash) => office?.current()?.sign(hash) ?? null,
    clockWatch: { steady: steadyClock(powerMonitor), onJump: (jump) => till?.clockJumped(jump) },
    onBroken: diskFailed,
    onJournal() {
      office?.current()?.noteJournal();
      demoOffice?.noteChange();
    },
  });
  if (!opened.ok) throw new StartRefused(storeFaultWords(opened.fault));
  endings.push(() => opened.value.close());
  return opened.value;
}

/** On the other side of training's door, or on this one again; a machine's service may do it instead. */
function restart(told: readonly string[] = []): void {
  const args = process.argv.slice(1).filter((arg) => !arg.startsWith(diskTroubleOption));
  if (!commandLine.isSupervised) app.relaunch({ args: [...args, ...told] });
  // The window hears first that it is done.
  clock.after(restartAfterMs, () => app.quit());
}
