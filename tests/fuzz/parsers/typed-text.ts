import { fieldProblem, emptyMerchantFields } from "#core/merchant/merchant-fields.ts";
import { readPhone } from "#core/members/phone.ts";
import { isFen } from "#core/money/fen.ts";
import { formatYuan, parseYuan } from "#core/money/yuan.ts";
import { gramsOf } from "#core/quantity/weight-text.ts";
import { assert } from "#core/result.ts";
import { readOfficeAddress, readRelayAddress } from "#main/setup/office-address.ts";
import { shownNumber } from "#tables/read-table.ts";
import type { FuzzParser } from "../parser.ts";

const fields = ["mchid", "appid", "certSerial", "subMchid", "storeId", "notifyUrl", "publicKeyId", "baseUrl"] as const;
const units = ["kg", "g", "lb", "oz", "t"] as const;
const samples = [
  "12.30",
  "￥1,234.5",
  "0.500",
  "138 0013 8000",
  "https://api.mch.weixin.qq.com",
  "1900007291",
  "6.9E12",
];

export const typedText: FuzzParser = {
  name: "typed-text",
  reads: "what people type or paste: amounts, weights, numbers, addresses (core/money, quantity, members, merchant)",
  seeds: () => samples.map((text) => Buffer.from(text)),
  words: ["￥", "元", ",", "．", "１", "+86", "E+9", "%", "://", "@", "[::1]", "\u200b"],
  mostBytes: 1_024,
  read(input) {
    const text = Buffer.from(input).toString();
    const yuan = parseYuan(text);
    if (yuan.ok) {
      assert(isFen(yuan.value), "whole fen");
      const again = parseYuan(formatYuan(yuan.value));
      assert(again.ok && again.value === yuan.value, "an amount as it is written is the same amount");
    }
    const grams = units.map((unit) => gramsOf(text, unit));
    for (const one of grams) assert(!one.ok || Number.isSafeInteger(one.value), "whole grams");
    const phone = readPhone(text);
    const problems = fields.map((field) => fieldProblem(field, { ...emptyMerchantFields, [field]: text }));
    const addresses = [readOfficeAddress(text), readRelayAddress(text)];
    return {
      isTaken: yuan.ok || phone !== null || problems.includes(null),
      told: { yuan, grams, phone, problems, addresses, shown: shownNumber(text) },
    };
  },
};
