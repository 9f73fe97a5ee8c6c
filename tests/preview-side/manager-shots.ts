import type { AttemptView, NoticeView, TillView } from "#contract/ipc/till-view.ts";
import { fen, zeroFen } from "#core/money/fen.ts";
import { sampleDay, sampleDetail, sampleRows } from "./sample-day.ts";
import type { Shot } from "./shot.ts";

interface Situation {
  readonly isEmpty?: boolean;
  readonly needsDecisions?: boolean;
  readonly columns?: 48 | 32;
  readonly isDark?: boolean;
  readonly steps?: readonly string[];
}

const openRow = "[data-sale-number=T01-000204]";
const situations: Readonly<Record<string, Situation>> = {
  day: {},
  table: { steps: [".manager-choice button:last-child"] },
  empty: { isEmpty: true },
  decisions: { needsDecisions: true },
  sale: { steps: [openRow, "[data-testid=reprint]:not([disabled])"] },
  "sale-narrow": { columns: 32, steps: [openRow] },
  dark: { isDark: true, needsDecisions: true },
  close: { steps: ["[data-testid=shift-close]"] },
};

const sizes = [
  [1280, 800],
  [1024, 768],
  [1920, 1080],
] as const;

const rows = sampleRows(209);

export const managerShots: readonly Shot[] = Object.entries(situations).flatMap(([name, situation]) =>
  (["zh-CN", "en"] as const).flatMap((locale) =>
    sizes.map(([width, height]) => ({
      name: `manager-${name}-${locale}-${width}x${height}`,
      page: "manager" as const,
      width,
      height,
      locale,
      isDark: situation.isDark ?? false,
      steps: ["[data-testid=manager]", ...(situation.steps ?? [])],
      answer: (intent: string, args: unknown) => answer(situation, locale, intent, args),
    })),
  ),
);

function answer(situation: Situation, locale: "zh-CN" | "en", intent: string, args: unknown): unknown {
  const { isEmpty = false, columns = 48 } = situation;
  switch (intent) {
    case "look":
      return { ok: true, value: tillView(situation, locale) };
    case "day":
      return { ok: true, value: sampleDay(isEmpty) };
    case "day-sales": {
      const { before, limit } = args as { before: string | null; limit: number };
      const from = before === null ? 0 : rows.findIndex((row) => row.saleNumber === before) + 1;
      return { ok: true, value: isEmpty ? [] : rows.slice(from, from + limit) };
    }
    case "sale-detail":
      return { ok: true, value: sampleDetail(columns) };
    default:
      return { ok: true, value: null };
  }
}

const attempt: AttemptView = {
  outTradeNo: "T0120261122A1B2C3",
  saleId: "s-9",
  kind: "codepay",
  amountFen: fen(4_406),
  word: "not-known",
  phase: "needs-manager",
  refusedReason: null,
  unknownCause: "timeout",
  wasRefunded: false,
  startedAtMs: Date.parse("2026-11-22T14:02:00+08:00"),
  deadlineAtMs: null,
  canCancel: false,
};

const print: NoticeView = { id: "n1", atMs: 0, kind: "print-unknown", jobId: "j1", saleNumber: "T01-000041" };

function tillView({ needsDecisions = false }: Situation, locale: "zh-CN" | "en"): TillView {
  return {
    shop: {
      nameZh: "蜂鸟便利 · 人民路店",
      nameEn: "Hummingbird Mart · Renmin Road",
      terminalId: "T01",
      locale,
      isDemo: true,
      takesWechat: true,
      hasDrawer: true,
    },
    session: { cashierId: "m1", name: "陈静", role: "manager" },
    people: [],
    shift: {
      shiftId: "shift-7",
      openedAtMs: 0,
      openedByName: "王芳",
      businessDate: "2026-11-22",
      floatFen: fen(30_000),
    },
    sale: {
      saleId: "s-43",
      lines: [],
      currentLineId: null,
      multiplier: null,
      scanCount: 0,
      pieceCount: 0,
      grossFen: zeroFen,
      lineDiscountFen: zeroFen,
      saleDiscount: null,
      saleDiscountFen: zeroFen,
      rounding: "none",
      roundingFen: zeroFen,
      totalFen: zeroFen,
    },
    payment: null,
    notices: needsDecisions ? [print] : [],
    held: [],
    lastSales: [],
    status: { devices: [], receiptsWaiting: 0, gateway: { state: "online", sinceMs: null }, journalWaiting: 209 },
    openAttempts: needsDecisions ? [attempt] : [],
  };
}
