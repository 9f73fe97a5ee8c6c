import { readBadge } from "#core/access/badge.ts";
import { readEnrolmentCode } from "#core/barcode/enrolment-code.ts";
import { barsFor } from "#core/label/label-code.ts";
import { readMemberCode } from "#core/members/member-code.ts";
import { isCouponCode } from "#core/promotion/promotion.ts";
import { assert } from "#core/result.ts";
import { parseSaleNumber } from "#core/sale/sale-number.ts";
import type { FuzzParser } from "../parser.ts";

const coupons = [
  { kind: "shared", code: "SPRING" },
  { kind: "numbered", prefix: "C26" },
] as const;

export const smallCodes: FuzzParser = {
  name: "small-codes",
  reads: "members' cards, badges, coupons, codes of head office, sale numbers (core/members, access, promotion, sale)",
  seeds: () =>
    ["TWM123456789012", "TWB1234567890123456", "ab2cd-3ef4g", "T01-000042", "6901234567892"].map((text) =>
      Buffer.from(text),
    ),
  words: ["TWM", "TWB", "-", "\u2010", "C26", "SPRING", "İ", "ß"],
  mostBytes: 512,
  read(input) {
    const text = Buffer.from(input).toString();
    const [member, badge, code, sale] = [
      readMemberCode(text),
      readBadge(text),
      readEnrolmentCode(text),
      parseSaleNumber(text),
    ];
    assert(member === null || /^TWM\d{12}$/.test(member), "a member's code in one spelling");
    assert(badge === null || /^TWB\d{16}$/.test(badge), "a badge in one spelling");
    assert(code === null || /^[2-9A-HJKMNP-Z]{10}$/.test(code), "ten characters");
    const bars = barsFor(text);
    const isCoupon = coupons.map((coupon) => isCouponCode(coupon, text));
    const isTaken = [member, badge, code, sale].some((one) => one !== null) || bars === "ean13";
    return { isTaken, told: { member, badge, code, sale, bars, isCoupon } };
  },
};
