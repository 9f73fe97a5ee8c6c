import type { DisplayView } from "#contract/ipc/display-view.ts";
import { fen } from "#core/money/fen.ts";
import { milli, pieces } from "#core/quantity/quantity.ts";
import type { Shot } from "./shot.ts";

type Stage = DisplayView["stage"];

const line = (number: number, nameZh: string, nameEn: string, amountFen: number, quantity = pieces(1)) => ({
  lineId: `l${number}`,
  nameZh,
  nameEn,
  unit: "piece" as const,
  quantity,
  amountFen: fen(amountFen),
});

const lines = [
  line(1, "农夫山泉饮用天然水 550ml", "Nongfu Spring Natural Water 550 ml", 200),
  line(2, "金枪鱼饭团 110g", "Tuna Rice Ball 110 g", 590),
  line(3, "康师傅红烧牛肉面 桶装", "Master Kong Braised Beef Noodles", 1_000, pieces(2)),
  line(4, "乐事原味薯片 75g", "Lay's Potato Chips Original 75 g", 650),
  line(
    5,
    "一个名字特别特别长的商品用来看看四十个汉字在顾客屏上会不会把金额挤出画面之外去",
    "An item whose very long name must not push its amount off screen",
    99_999_999,
  ),
  line(6, "维达手帕纸超韧 1包", "Vinda Pocket Tissues Ultra Strong 1 pack", 150),
  { ...line(7, "红富士苹果", "Fuji Apple", 1_166, milli(845)), unit: "kg" as const },
  line(8, "可口可乐 500ml", "Coca-Cola 500 ml", 700, pieces(2)),
];

const stages: Readonly<Record<string, () => Stage>> = {
  idle: () => ({ kind: "idle" }),
  "selling-1": () => ({
    kind: "selling",
    lines: lines.slice(7),
    pieceCount: 2,
    discountFen: fen(0),
    totalFen: fen(700),
  }),
  "selling-8": () => ({ kind: "selling", lines, pieceCount: 12, discountFen: fen(325), totalFen: fen(99_999_999) }),
  choose: () => ({ kind: "choose-payment", leftFen: fen(4_406), totalFen: fen(4_406) }),
  "choose-part": () => ({ kind: "choose-payment", leftFen: fen(4_406), totalFen: fen(14_406) }),
  qr: () => ({
    kind: "qr",
    amountFen: fen(4_406),
    codeUrl: "weixin://wxpay/bizpayurl/up?pr=AbCd3f_x&groupid=00",
    startedAtMs: Date.now() - 40_000,
    deadlineAtMs: Date.now() + 110_000,
  }),
  "qr-late": () => ({
    kind: "qr",
    amountFen: fen(99_999_999),
    codeUrl: "weixin://wxpay/bizpayurl/up?pr=AbCd3f_x&groupid=00",
    startedAtMs: Date.now() - 140_000,
    deadlineAtMs: Date.now() + 12_000,
  }),
  paying: () => ({ kind: "paying", amountFen: fen(4_406), isPasswordAsked: false, isCancelling: false }),
  password: () => ({ kind: "paying", amountFen: fen(4_406), isPasswordAsked: true, isCancelling: false }),
  "not-paid": () => ({ kind: "not-paid", amountFen: fen(4_406) }),
  paid: () => ({ kind: "paid", totalFen: fen(4_406), changeFen: fen(0) }),
  "paid-change": () => ({ kind: "paid", totalFen: fen(4_406), changeFen: fen(5_594) }),
};

const sizes = [
  [800, 480],
  [1024, 600],
  [1920, 1080],
] as const;

const shop = { nameZh: "蜂鸟便利 · 人民路店", nameEn: "Hummingbird Mart · Renmin Road" };

export const displayShots: readonly Shot[] = Object.entries(stages).flatMap(([name, stage]) =>
  (["zh-CN", "en"] as const).flatMap((locale) =>
    sizes.map(([width, height]) => ({
      name: `display-${name}-${locale}-${width}x${height}`,
      page: "display" as const,
      width,
      height,
      locale,
      display: () => ({ shop, locale, stage: stage() }),
    })),
  ),
);
