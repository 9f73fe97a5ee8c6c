import type { ReceiptDocument, ReceiptElement, TextStyle } from "#core/receipt/document.ts";
import { pick, pickOne, type Random } from "#tests/support/random.ts";

/** Pieces names are made of: what a shop, a careless import or a malicious supplier puts into an item's name. */
const pieces: readonly ((random: Random) => string)[] = [
  (random) =>
    pickOne(random, [
      "农夫山泉饮用天然水",
      "可口可乐",
      "康师傅红烧牛肉面",
      "旺旺雪饼",
      "青島啤酒",
      "臺灣鳳梨酥",
      "〇零",
    ]),
  (random) => hanzi(random, 1 + pick(random, 12)),
  (random) => pickOne(random, ["Water 550ml", "Coke", "x", "Extra-Long-Life Milk 3.5% 1L", "A4 Paper"]),
  (random) => pickOne(random, ["¥", "￥8.80", "€", "£", "±", "×", "½", "℃", "№", "①", "…", "·", "—"]),
  (random) => pickOne(random, ["Café", "jalapeño", "Müsli", "Smørrebrød", "Ελλάδα", "Квас", "Ñandú ß", "cre\u0301me"]),
  (random) => pickOne(random, ["😀", "🧋", "👨‍👩‍👧", "☕️", "🇨🇳", "👍🏽", "🍜"]),
  (random) => pickOne(random, ["𠮷", "䶮", "㐂", "𨋢", "㙍", "鿫"]),
  (random) => pickOne(random, ["שלום", "مرحبا", "\u202e00.1\u202c", "\u200b", "\ufeff", "ｱｲｽ", "한국", "Ａ１"]),
  (random) => pickOne(random, ["e\u0301\u0327\u0302", "a\u0300\u0300\u0300", "\u0301", "\ud83e", "\udc00x", "\uFFFD"]),
  (random) =>
    pickOne(random, [
      "\x1bp\x00\x19\xfa",
      "\x1b@",
      "\x1dV\x00",
      "\x10\x14\x01\x00\x05",
      "\x10\x04\x01",
      "\x1c.",
      "\x1ct",
      "\0",
    ]),
  (random) => pickOne(random, ["\n", "\r\n", "\t", "  ", "\u00a0", "\u3000", "\u2028", "\u0085", ""]),
  (random) => "W".repeat(1 + pick(random, 90)),
  (random) => hanzi(random, 40),
  (random) => String.fromCodePoint(anyPoint(random)),
  (random) => pickOne(random, ["\ue000", "\uf8ff", "\ufdd0", "\u{10ffff}", "\u{e0001}", "\u9fff", "\u3400"]),
];

const styles: readonly TextStyle[] = [
  {},
  {},
  {},
  { bold: true },
  { heightTimes: 2 },
  { bold: true, widthTimes: 2, heightTimes: 2 },
  { widthTimes: 2 },
];

/** A receipt nobody would print on purpose. */
export function randomDocument(random: Random): ReceiptDocument {
  const elements: ReceiptElement[] = [];
  if (pick(random, 3) === 0) elements.push({ kind: "logo" });
  elements.push({ kind: "text", text: name(random), align: "center", style: pickOne(random, styles) });
  for (let line = pick(random, 8); line > 0; line -= 1) {
    elements.push({
      kind: "text",
      text: name(random),
      align: pickOne(random, ["left", "left", "center", "right"]),
      style: {},
    });
    elements.push(row(`  ${1 + pick(random, 99)} × ${amount(random)}`, amount(random), {}));
    if (pick(random, 4) === 0) elements.push(row(name(random), amount(random), pickOne(random, styles)));
  }
  elements.push(
    { kind: "rule" },
    row(pickOne(random, ["合计", "Total", "Café"]), `￥${amount(random)}`, pickOne(random, styles)),
  );
  if (pick(random, 4) === 0) elements.push({ kind: "blank" });
  if (pick(random, 2) === 0) elements.push({ kind: "barcode", text: barcode(random) });
  if (pick(random, 2) === 0) elements.push({ kind: "qr", text: qrText(random) });
  elements.push({ kind: "text", text: name(random), align: "center", style: {} });
  return { elements };
}

function row(left: string, right: string, style: TextStyle): ReceiptElement {
  return { kind: "row", left, right, style };
}

function name(random: Random): string {
  let text = "";
  for (let part = pick(random, 5); part > 0; part -= 1) text += pickOne(random, pieces)(random);
  return text;
}

function amount(random: Random): string {
  const fen = pick(random, pickOne(random, [1_000, 100_000, 999_999_999]));
  return `${Math.floor(fen / 100).toLocaleString("en-US")}.${String(fen % 100).padStart(2, "0")}`;
}

function barcode(random: Random): string {
  return pickOne<() => string>(random, [
    () => `T01-${String(pick(random, 1_000_000)).padStart(6, "0")}`,
    () => String(pick(random, 1_000_000_000)),
    () => `1616${pick(random, 100)}{a}`,
    () => name(random).slice(0, 20),
    () => "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  ])();
}

function qrText(random: Random): string {
  return pickOne<() => string>(random, [
    () => `tillway:T01-${pick(random, 1_000_000)}:${pick(random, 100_000)}:0123456789abcdef`,
    () => signedReceipt(random),
    () => `https://example.test/回执/${hanzi(random, 6)}`,
    () => name(random),
    () => hanzi(random, 1 + pick(random, 60)),
    () => "a".repeat(1 + pick(random, 400)),
  ])();
}

/** As long as a till of a shop with several prints them (core/receipt/receipt-code.ts): up to 251 characters. */
function signedReceipt(random: Random): string {
  const letters = (count: number): string => Array.from({ length: count }, () => base64url[pick(random, 64)]).join("");
  const payment = `w${pick(random, 100_000)}.~${letters(22)}.BJ01T01260302091500A${pick(random, 10)}`;
  const cash = pick(random, 2) === 0 ? "" : `,c${pick(random, 10_000)}.~${letters(22)}`;
  return `tillway:T01-000042:BJ01:${pick(random, 100_000)}:20260302:~${letters(22)}:${payment}${cash}:${letters(86)}`;
}

const base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function hanzi(random: Random, count: number): string {
  return Array.from({ length: count }, () => String.fromCodePoint(0x4e00 + pick(random, 0x51a6))).join("");
}

function anyPoint(random: Random): number {
  const point = pickOne<() => number>(random, [
    () => pick(random, 0x3000),
    () => pick(random, 0x10000),
    () => pick(random, 0x20000),
  ])();
  return point >= 0xd800 && point <= 0xdfff ? 0x4e00 : point;
}
