import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wechatPaySchema } from "#contract/config/terminal.ts";
import {
  emptyMerchantFields,
  fieldProblem,
  type FieldProblem,
  type MerchantFields,
  tidyField,
  type TypedField,
  typedFields,
} from "./merchant-fields.ts";

const good: MerchantFields = {
  ...emptyMerchantFields,
  ...{ mchid: "1900000001", appid: "wx0123456789abcdef", storeOutId: "S01", publicKeyId: "PUB_KEY_ID_0123" },
  notifyUrl: "https://pay.example.com/notify",
};

const cases: readonly (readonly [TypedField, string, FieldProblem | null])[] = [
  ["mchid", "", "missing"],
  ["mchid", "   ", "missing"],
  ["mchid", " 1900000001 ", null],
  ["mchid", "1900", "not-a-merchant-number"],
  ["mchid", "19000000０1", "not-a-merchant-number"],
  ["appid", "0123456789abcdef", "not-an-app-id"],
  ["appid", "wx0123", "not-an-app-id"],
  ["certSerial", "", null],
  ["certSerial", "5f:47:39:4c B8 C9", null],
  ["certSerial", "5F47394G", "not-a-serial"],
  ["subMchid", "", null],
  ["subMchid", "19", "not-a-merchant-number"],
  ["subAppid", "wx", "not-an-app-id"],
  ["storeOutId", "", "needs-a-store"],
  ["storeOutId", "x".repeat(33), "too-long"],
  ["notifyUrl", "", "missing"],
  ["notifyUrl", "http://pay.example.com/notify", "not-an-https-address"],
  ["notifyUrl", "https://pay.example.com/notify?shop=1", "has-a-query"],
  ["notifyUrl", "https://pay.example.com/notify#a", "has-a-query"],
  ["notifyUrl", "https://192.168.1.20/notify", "not-public"],
  ["notifyUrl", "https://localhost/notify", "not-public"],
  ["notifyUrl", "https://shop/notify", "not-an-https-address"],
  ["notifyUrl", "https://pay.example.com:70000/", "not-an-https-address"],
  ["notifyUrl", `https://pay.example.com/${"a".repeat(255)}`, "too-long"],
  ["publicKeyId", "", "missing"],
  ["publicKeyId", "0123", "not-a-public-key-id"],
  ["publicKeyId", "PUB_KEY_ID_", "not-a-public-key-id"],
  ["baseUrl", "", "missing"],
  ["baseUrl", "https://api.mch.weixin.qq.com/", null],
  ["baseUrl", "https://api.mch.weixin.qq.com/v3", "not-a-gateway-address"],
  ["baseUrl", "http://api.mch.weixin.qq.com", "not-a-gateway-address"],
  ["baseUrl", "http://127.0.0.1:8080", null],
  ["baseUrl", "http://127.0.0.1.evil.example", "not-a-gateway-address"],
];

describe("a field of a merchant", () => {
  it.each(cases)("%s %j is judged %s", (field, text, problem) => {
    expect(fieldProblem(field, { ...good, [field]: text })).toBe(problem);
  });

  it("is judged beside the others", () => {
    expect(typedFields.map((field) => fieldProblem(field, good))).toEqual(typedFields.map(() => null));
    expect(fieldProblem("subMchid", { ...good, subAppid: "wx0123456789abcdef" })).toBe("needs-sub-merchant");
    expect(fieldProblem("storeId", { ...good, storeOutId: "", storeId: "1001" })).toBeNull();
    expect(fieldProblem("publicKeyId", { ...good, answersSignedBy: "certificates", publicKeyId: "" })).toBeNull();
  });

  it("is written by people with blanks and colons, and read without", () => {
    expect(tidyField("certSerial", " 5f:47 39 ")).toBe("5F4739");
    expect(tidyField("mchid", " 1900000001\n")).toBe("1900000001");
  });

  it("that passes is never refused by the schema of terminal.json", () => {
    const piece = fc.constantFrom(
      "https://",
      "http://",
      "pay.",
      "example.com",
      ":8443",
      "/a",
      "wx",
      "PUB_KEY_ID_",
      "é",
    );
    const digits = fc.stringMatching(/^[0-9a-fA-F]{0,40}$/u);
    const text = fc.oneof(
      fc.array(fc.oneof(piece, digits), { maxLength: 5 }).map((parts) => parts.join("")),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...typedFields), text, (field, typed) => {
        const fields = { ...good, [field]: typed };
        fc.pre(fieldProblem(field, fields) === null && fieldProblem("subMchid", fields) === null);
        expect(wechatPaySchema.safeParse(sectionOf(fields)).error?.issues ?? []).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });
});

/** The section as terminal.json would hold it. */
function sectionOf(fields: MerchantFields): object {
  const text = (field: TypedField): string => tidyField(field, fields[field]);
  const some = (name: string, value: string): object => (value === "" ? {} : { [name]: value });
  return {
    ...{ mchid: text("mchid"), appid: text("appid"), keptKeys: "some-set-of-keys" },
    certSerial: text("certSerial") === "" ? "0123456789ABCDEF" : text("certSerial"),
    ...(text("subMchid") === ""
      ? {}
      : { partner: { subMchid: text("subMchid"), ...some("subAppid", text("subAppid")) } }),
    ...{ publicKeyId: text("publicKeyId"), notifyUrl: text("notifyUrl"), baseUrl: text("baseUrl") },
    storeInfo: { ...some("id", text("storeId")), ...some("outId", text("storeOutId")) },
  };
}
