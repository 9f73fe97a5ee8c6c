import type { Locale } from "#contract/config/terminal.ts";
import type { AttemptView, NoticeView, PaymentView, TillView, TillViewPatch } from "#contract/ipc/till-view.ts";
import type { SyncView } from "#contract/ipc/sync-view.ts";
import { fen, zeroFen } from "#core/money/fen.ts";
import { quickCashFen } from "#core/tender/quick-cash.ts";
import { baseView, longNameSale, sale, saleOf, thousandsSale } from "./fixtures.ts";

export type Step =
  | { readonly keys: readonly string[] }
  | { readonly type: string }
  | { readonly click: string }
  | { readonly focus: string }
  | { readonly shows: string }
  | { readonly patch: TillViewPatch };

export interface Scene {
  readonly view: (locale: Locale) => TillView;
  readonly steps?: readonly Step[];
}

const nowMs = Date.now();

const attempt: AttemptView = {
  outTradeNo: "T01260302143207k3",
  saleId: "sale-1",
  kind: "codepay",
  amountFen: fen(2650),
  word: "not-known",
  phase: "sending",
  refusedReason: null,
  unknownCause: null,
  wasRefunded: false,
  startedAtMs: nowMs - 3_000,
  deadlineAtMs: nowMs + 42_000,
  canAsk: true,
  canGiveBack: false,
  canCancel: true,
  codeUrl: null,
};

function choosing(totalFen = fen(2650)): PaymentView {
  return {
    stage: "choose",
    totalFen,
    tenders: [],
    leftFen: totalFen,
    codeAmountFen: null,
    offersCarried: false,
    quickCashFen: quickCashFen(totalFen),
    attempt: null,
    done: null,
  };
}

function trying(change: Partial<AttemptView>): PaymentView {
  return { ...choosing(), stage: "wechat", attempt: { ...attempt, ...change } };
}

const done: PaymentView = {
  ...choosing(zeroFen),
  stage: "done",
  done: {
    saleId: "s9",
    saleNumber: "T01-000123",
    totalFen: fen(2650),
    changeFen: fen(2350),
    staticCodeFen: fen(0),
    receipt: "printed",
  },
};

function notice(words: object): NoticeView {
  return { id: JSON.stringify(words), atMs: nowMs, ...words } as NoticeView; // the callers below write whole notices
}

function scene(patch: TillViewPatch, steps: readonly Step[] = []): Scene {
  return { view: (locale) => ({ ...baseView(locale), ...patch }), steps };
}

const selling = { sale: saleOf(3) };

const officeOnline: SyncView = {
  state: "online",
  sinceMs: nowMs - 5_400_000,
  waiting: 0,
  lastAgreedAtMs: nowMs - 1_800_000,
  disagreedDates: [],
  withRelay: null,
  trouble: null,
  alarm: null,
  officeName: "蜂鸟便利总部",
  officeHost: "hq.hummingbird.example.com",
  keyGuard: "account",
};
const officeOffline: SyncView = { ...officeOnline, state: "offline", sinceMs: nowMs - 2_700_000, waiting: 128 };
const officeNew: SyncView = {
  ...officeOnline,
  ...{ state: "not-enrolled", officeName: null, keyGuard: null, lastAgreedAtMs: null, waiting: 1_204 },
};
const officeAlarm: SyncView = {
  ...officeOnline,
  waiting: 3,
  alarm: { kind: "fork", atMs: nowMs - 600_000, epoch: "e1", seq: 10_482 },
};

/** The sale screen with head office as it stands. */
/** One that may be given, one that is being given and one that is being taken. */
const heldOnTheirWay: TillView["held"] = [
  ...[{ saleId: "h1", label: "穿红衣的顾客", lineCount: 4, totalFen: fen(5_680), move: null }],
  ...[{ saleId: "h2", label: "", lineCount: 2, totalFen: fen(1_990), move: "giving" as const }],
  ...[{ saleId: "h3", label: "", lineCount: 12, totalFen: fen(23_450), move: "taking" as const }],
].map((sale) => ({ ...sale, heldAtMs: nowMs - 900_000, cashierName: "李娜", paidFen: zeroFen, hasOpenAttempt: false }));

function withOffice(sync: SyncView, ...steps: readonly Step[]): Scene {
  return scene({ ...selling, sync }, steps);
}

const toSyncPage: readonly Step[] = [{ click: "[data-testid=status-office]" }, { shows: "[data-testid=sync-page]" }];
const toOfficeSettings: readonly Step[] = [
  { keys: ["F12"] },
  { click: "[data-testid=more-settings]" },
  { click: "[data-testid=settings-office]" },
  { shows: "[data-testid=office-address]" },
];

/** Every situation of the till window that somebody should have looked at. */
export const scenes: Readonly<Record<string, Scene>> = {
  "sign-in": scene({ session: null, shift: null }),
  "sign-in-wrong": scene({ session: null }, [{ keys: ["1", "2", "3", "4", "Enter"] }]),
  "sign-in-locked": {
    view: (locale) => {
      const view = baseView(locale);
      const people = view.people.map((one, index) => (index === 0 ? { ...one, lockedUntilMs: nowMs + 247_000 } : one));
      return { ...view, session: null, people };
    },
  },
  "open-shift": scene({ shift: null }, [{ type: "300" }]),
  "close-shift": scene({}, [{ keys: ["F12"] }, { click: "[data-testid=more-close-shift]" }, { type: "1230" }]),
  "shift-result": scene({}, [
    { keys: ["F12"] },
    { click: "[data-testid=more-close-shift]" },
    { type: "1230" },
    { click: "[data-testid=close-shift-confirm]" },
  ]),
  "sale-empty": scene({}),
  "sale-first": scene({ lastSales: [], held: [] }),
  "sale-3": scene(selling),
  "sale-200": scene({ sale: saleOf(200) }),
  "sale-long-names": scene({ sale: longNameSale }),
  "sale-thousands": scene({ sale: thousandsSale }),
  "sale-entry": scene({ sale: { ...saleOf(3), multiplier: sale.times3 } }, [{ keys: [..."692053601"] }]),
  "sale-search": scene(selling, [{ keys: ["F2"] }, { type: "可乐" }]),
  "sale-search-none": scene(selling, [{ keys: ["F2"] }, { type: "zzzz" }]),
  "sale-search-none-yet": scene(selling, [{ keys: ["F2"] }, { type: "新到的茶" }]),
  "sale-notice": scene({ ...selling, notices: [notice({ kind: "unknown-barcode", text: "6901234567892" })] }),
  "sale-notices": scene({
    sale: saleOf(12),
    notices: [
      notice({ kind: "payment-code-too-early" }),
      notice({ kind: "print-unknown", jobId: "j", saleNumber: "T01-000122" }),
      notice({ kind: "unknown-barcode", text: "6901234567892" }),
    ],
  }),
  "sale-troubled": {
    view: (locale) => {
      const view = baseView(locale);
      return {
        ...view,
        ...selling,
        openAttempts: [attempt],
        notices: [notice({ kind: "printer-trouble", trouble: "paper-out", waiting: 2 })],
        status: {
          devices: view.status.devices.map((one) =>
            one.role === "printer" ? { ...one, trouble: "paper-out" as const } : { ...one, state: "back-off" as const },
          ),
          drawer: null,
          receiptsWaiting: 2,
          gateway: { state: "offline", sinceMs: nowMs - 600_000, clockOffsetMs: null },
          journalWaiting: 128,
        },
      };
    },
  },
  "dialog-quantity": scene(selling, [{ keys: ["F3"] }, { type: "12" }]),
  "dialog-discount": scene(selling, [{ keys: ["F4"] }, { type: "10" }]),
  "dialog-rounding": scene(selling, [{ keys: ["F10"] }]),
  "dialog-hold": scene(selling, [{ keys: ["F5"] }]),
  "dialog-held": scene({}, [{ keys: ["F6"] }]),
  "dialog-held-moves": scene({ held: heldOnTheirWay, sync: officeOnline }, [{ keys: ["F6"] }]),
  "dialog-hold-everywhere": scene({ ...selling, sync: officeOnline }, [{ keys: ["F5"] }, { type: "红衣服" }]),
  "dialog-held-lost": scene({ held: [], sync: officeOnline }, [
    { keys: ["F6"] },
    { click: "[data-testid=shared-held-sale]" },
    { shows: "[data-testid=trouble]" },
  ]),
  "dialog-more": scene(selling, [{ keys: ["F12"] }]),
  "dialog-void-sale": scene(selling, [{ keys: ["F12"] }, { click: "[data-testid=more-void-sale]" }]),
  "dialog-approval": scene(selling, [
    { keys: ["F12"] },
    { click: "[data-testid=more-void-sale]" },
    { click: "[data-testid=void-sale-confirm]" },
    { keys: ["1", "2", "3", "4"] },
  ]),
  "dialog-open-price": scene({ ...selling, notices: [notice({ kind: "unknown-barcode", text: "6901234567892" })] }, [
    { click: "[data-testid=notice-open-price]" },
    { type: "3.5" },
  ]),
  "dialog-attempts": scene(
    {
      ...selling,
      openAttempts: [
        { ...attempt, phase: "cancelling", canCancel: false, unknownCause: "network" },
        { ...attempt, outTradeNo: "T01260302143207k4" },
      ],
    },
    [{ click: "[data-testid=status-attempts]" }],
  ),
  "pay-choose": scene({ ...selling, payment: choosing() }),
  "pay-cash": scene({ ...selling, payment: choosing() }, [{ keys: ["5", "0"] }]),
  "pay-cash-short": scene({ ...selling, payment: choosing() }, [{ keys: ["5"] }]),
  "pay-thousands": scene({ sale: thousandsSale, payment: choosing(fen(99_999_999)) }),
  "pay-split": scene({
    ...selling,
    payment: {
      ...choosing(),
      leftFen: fen(1650),
      quickCashFen: quickCashFen(fen(1650)),
      tenders: [
        { kind: "cash", tenderId: "t1", amountFen: fen(500), receivedFen: fen(500), changeFen: zeroFen },
        { kind: "wechat", tenderId: "t2", amountFen: fen(500), method: "codepay" },
      ],
    },
  }),
  "pay-split-dialog": scene({ ...selling, payment: choosing() }, [{ keys: ["/"] }, { type: "10" }]),
  "pay-offline": {
    view: (locale) => {
      const view = baseView(locale);
      const status = {
        ...view.status,
        gateway: { state: "offline" as const, sinceMs: nowMs - 600_000, clockOffsetMs: null },
      };
      return { ...view, ...selling, payment: choosing(), status };
    },
  },
  "pay-no-wechat": {
    view: (locale) => {
      const view = baseView(locale);
      return { ...view, ...selling, payment: choosing(), shop: { ...view.shop, takesWechat: false } };
    },
  },
  "pay-sending": scene({ ...selling, payment: trying({}) }),
  "pay-password": scene({ ...selling, payment: trying({ phase: "customer-enters-password" }) }),
  "pay-qr": scene({
    ...selling,
    payment: trying({
      phase: "qr-shown",
      kind: "native",
      codeUrl: "weixin://wxpay/bizpayurl?pr=7kQ2mXw",
      deadlineAtMs: nowMs + 140_000,
    }),
  }),
  "pay-waiting": scene({ ...selling, payment: trying({ phase: "waiting-for-answer", unknownCause: "timeout" }) }),
  "pay-cancelling": scene({ ...selling, payment: trying({ phase: "cancelling", canCancel: false }) }),
  "pay-needs-manager": scene({
    ...selling,
    payment: trying({ phase: "needs-manager", canCancel: false, deadlineAtMs: null }),
  }),
  "pay-refused": scene({
    ...selling,
    payment: trying({ word: "not-paid", phase: "refused", refusedReason: "not-enough-money", canCancel: false }),
  }),
  "pay-done": scene({ payment: done }),
  "pay-done-waiting": scene({
    payment: { ...done, done: { ...done.done!, changeFen: zeroFen, receipt: "waiting" } },
  }),
  "office-online": withOffice(officeOnline),
  "office-sending": withOffice({ ...officeOnline, waiting: 3 }),
  "office-offline": withOffice(officeOffline),
  "office-stopped": withOffice({ ...officeOnline, state: "stopped", trouble: "revoked" }),
  "office-alarm": withOffice(officeAlarm),
  "office-disagreed": withOffice({ ...officeOnline, disagreedDates: ["2026-03-01"] }),
  "office-new": withOffice(officeNew),
  "sync-online": withOffice({ ...officeOnline, disagreedDates: [] }, ...toSyncPage),
  "sync-disagreed": withOffice({ ...officeOnline, disagreedDates: ["2026-03-01"] }, ...toSyncPage),
  "sync-offline": withOffice(officeOffline, ...toSyncPage),
  "sync-stopped": withOffice({ ...officeOnline, state: "stopped", trouble: "revoked", waiting: 12 }, ...toSyncPage),
  "sync-alarm": withOffice(officeAlarm, ...toSyncPage),
  "sync-cashier": {
    view: (locale) => {
      const view = baseView(locale);
      return {
        ...view,
        sync: officeOffline,
        session: { cashierId: "c1", name: "李娜", role: "cashier", isLocked: false, seesReports: false },
      };
    },
    steps: toSyncPage,
  },
  "settings-office": withOffice(officeOnline, ...toOfficeSettings),
  "settings-office-enrol": withOffice(officeNew, ...toOfficeSettings),
  "settings-office-code": withOffice(
    officeNew,
    ...toOfficeSettings,
    { focus: "[data-testid=office-code]" },
    { type: "AB2CD3EF40" },
  ),
  "settings-office-address": withOffice(officeOnline, ...toOfficeSettings, {
    click: "[data-testid=office-address-change]",
  }),
  "settings-office-revoked": withOffice(
    { ...officeOnline, state: "stopped", trouble: "revoked", waiting: 12 },
    ...toOfficeSettings,
  ),
  "settings-office-people": {
    view: (locale) => ({ ...baseView(locale), sync: officeOnline, people: withNewPeople(locale) }),
    steps: toOfficeSettings,
  },
  "settings-office-pin": {
    view: (locale) => ({ ...baseView(locale), sync: officeOnline, people: withNewPeople(locale) }),
    steps: [...toOfficeSettings, { click: "[data-testid=give-pin]" }, { keys: ["1", "2", "3", "4", "Enter"] }],
  },
  "sign-in-new-people": {
    view: (locale) => ({ ...baseView(locale), session: null, people: withNewPeople(locale) }),
  },
};

function withNewPeople(locale: Locale): TillView["people"] {
  const added = {
    id: "n1",
    name: "王小燕",
    role: "cashier",
    demoPin: null,
    lockedUntilMs: 0,
    hasPin: false,
    hasShownBadge: false,
  } as const;
  return [...baseView(locale).people, added, { ...added, id: "n2", name: "Gulnara Aitmatova", role: "manager" }];
}
