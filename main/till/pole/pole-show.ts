import type { PoleShow } from "#contract/devices/pole.ts";
import type { DisplayView } from "#contract/ipc/display-view.ts";
import type { Fen } from "#core/money/fen.ts";
import { formatYuan } from "#core/money/yuan.ts";
import { formatQuantity } from "#core/quantity/text.ts";
import { milli } from "#core/quantity/quantity.ts";
import type { TillContext } from "#main/till/context.ts";
import { saleView } from "#main/till/view/sale-view.ts";
import { weighingView } from "#main/till/weighing/weighing-view.ts";
import en from "../../../resources/locales/en/pole.json" with { type: "json" };
import zh from "../../../resources/locales/zh-CN/pole.json" with { type: "json" };

/** Columns of the widest display; a row is laid out for it, and every kind cuts what it cannot show. */
const columns = 20;

export interface PoleTongue {
  readonly words: typeof zh;
  readonly name: (named: { readonly nameZh: string; readonly nameEn: string }) => string;
}

/** What the customer reads off the pole, by the stage of the customer's window: the two never contradict each other. */
export function poleShow(till: TillContext, display: DisplayView): PoleShow {
  const tongue = poleTongue(till);
  return onTheScale(till, tongue) ?? atStage(till, display, tongue);
}

/** Chinese where the firmware has it and the shop speaks it, English otherwise. */
export function poleTongue(till: TillContext): PoleTongue {
  const { config } = till.deps;
  const isChinese = config.devices.poleDisplay?.chinese === "gb18030" && config.locale === "zh-CN";
  return isChinese
    ? { words: zh, name: ({ nameZh, nameEn }) => (nameZh === "" ? nameEn : nameZh) }
    : { words: en, name: ({ nameZh, nameEn }) => (nameEn === "" ? nameZh : nameEn) };
}

/** Goods that may be taken off the scale: the customer sees their weight and what they cost before they are rung up. */
function onTheScale(till: TillContext, { name }: PoleTongue): PoleShow | null {
  const weighing = weighingView(till);
  if (weighing === null || weighing.netGrams === null || weighing.amountFen === null) return null;
  const weight = `${formatQuantity(milli(weighing.netGrams), "kg")}kg`;
  return {
    upper: name(weighing),
    lower: row(weight, weighing.amountFen),
    digits: digitsOf(weighing.amountFen),
    lamp: "price",
  };
}

function atStage(till: TillContext, { stage, shop }: DisplayView, { words, name }: PoleTongue): PoleShow {
  switch (stage.kind) {
    case "idle":
      return { upper: name(shop), lower: "", digits: "", lamp: "none" };
    case "selling": {
      const { lines, currentLineId } = saleView(till);
      const line = lines.find(({ lineId }) => lineId === currentLineId) ?? lines.at(-1);
      const total = row(words.total, stage.totalFen);
      if (line === undefined) return { upper: total, lower: "", digits: digitsOf(stage.totalFen), lamp: "total" };
      const upper = row(name(line), line.amountFen);
      return { upper, lower: total, digits: digitsOf(line.amountFen), lamp: "price" };
    }
    case "choose-payment":
      return {
        upper: row(words.total, stage.totalFen),
        lower: row(words.left, stage.leftFen),
        digits: digitsOf(stage.leftFen),
        lamp: "total",
      };
    case "qr":
    case "carried-qr":
    case "paying":
    case "not-paid":
      return {
        upper: row(words.left, stage.amountFen),
        lower: "WeChat Pay",
        digits: digitsOf(stage.amountFen),
        lamp: "total",
      };
    case "paid": {
      const hasChange = stage.changeFen > 0;
      return {
        upper: hasChange ? row(words.change, stage.changeFen) : row(words.total, stage.totalFen),
        lower: words.thanks,
        digits: digitsOf(hasChange ? stage.changeFen : stage.totalFen),
        lamp: hasChange ? "change" : "collect",
      };
    }
  }
}

/** Words on the left, the amount on the right; the amount is never cut, the words are. */
function row(text: string, amountFen: Fen): string {
  const amount = formatYuan(amountFen);
  const room = columns - amount.length - 1;
  let shown = "";
  let width = 0;
  for (const character of text) {
    const wide = isWide(character) ? 2 : 1;
    if (width + wide > room) break;
    shown += character;
    width += wide;
  }
  return `${shown}${" ".repeat(room - width + 1)}${amount}`;
}

/** Chinese takes two columns where the firmware has it, and so do the signs that go with it. */
function isWide(character: string): boolean {
  return (character.codePointAt(0) ?? 0) > 0x2e7f;
}

function digitsOf(amountFen: Fen): string {
  return formatYuan(amountFen).replaceAll(",", "");
}
