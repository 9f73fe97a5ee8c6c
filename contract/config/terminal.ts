import { z } from "zod";
import { paymentsSchema } from "./payments.ts";
import { goodsConfig } from "./goods.ts";
import { shiftConfig } from "./shift.ts";
import { devicesSchema } from "./devices.ts";
import { taxesConfig } from "./taxes.ts";

/**
 * terminal.json: what one till is and what hangs on it. Strict: an unknown key stops the start with its path.
 * Every key is described here; docs/CONFIG.md and resources/terminal.schema.json are generated from these descriptions.
 */

const wechatTiming = z.strictObject({
  requestTimeoutMs: z.int().min(500).max(30_000).default(30_000).describe("Longest wait for one answer"),
  queryIntervalMs: z.int().min(100).max(30_000).default(5_000).describe("Between two queries of an open attempt"),
  codepayDeadlineMs: z.int().min(500).max(120_000).default(45_000).describe("Waiting for the customer's password"),
  nativeDeadlineMs: z.int().min(500).max(600_000).default(150_000).describe("How long the QR stays on the display"),
  reverseNotBeforeMs: z.int().min(0).max(60_000).default(15_000).describe("A reverse leaves no earlier after the pay"),
  undoBackoffFirstMs: z.int().min(100).max(60_000).default(5_000).describe("Before the second try to reverse or close"),
  undoBackoffMostMs: z
    .int()
    .min(1_000)
    .max(3_600_000)
    .default(600_000)
    .describe("Longest pause between two such tries"),
  undoWindowMs: z.int().min(60_000).max(604_800_000).default(604_800_000).describe("After this a person must look"),
});

const wechatPartner = z.strictObject({
  subMchid: z
    .string()
    .regex(/^\d{8,32}$/)
    .describe("The shop's own merchant number (sub_mchid)"),
  subAppid: z
    .string()
    .regex(/^wx[0-9a-z]{8,30}$/i)
    .optional()
    .describe("The shop's own app id (sub_appid), if any"),
});

/** The keys of terminal.json that name files with keys in them. */
export const keyFiles = ["privateKeyFile", "certificateFile", "publicKeyFile", "apiV3KeyFile", "v2KeyFile"] as const;

const wechatPay = z
  .strictObject({
    baseUrl: z.url().max(256).default("https://api.mch.weixin.qq.com").describe("Gateway, without a path"),
    backupBaseUrl: z
      .url()
      .max(256)
      .optional()
      .describe("Asked when the first cannot be reached; absent: api2.mch.weixin.qq.com beside the standard address"),
    mchid: z
      .string()
      .regex(/^\d{8,32}$/)
      .describe("Merchant number; a partner's own (sp_mchid) with `partner`"),
    appid: z
      .string()
      .regex(/^wx[0-9a-z]{8,30}$/i)
      .describe("App id bound to it; a partner's own with `partner`"),
    partner: wechatPartner.optional().describe("Present when a service provider takes payments for this shop"),
    certSerial: z
      .string()
      .regex(/^[0-9A-Fa-f]{8,64}$/)
      .describe("Serial of the merchant API certificate"),
    keptKeys: z
      .string()
      .regex(/^(?:[0-9a-z-]{8,40})?$/)
      .default("")
      .describe("Written by the set-up page: names the keys the till keeps sealed. With it no key file is named"),
    privateKeyFile: z
      .string()
      .max(1024)
      .default("")
      .describe("Merchant private key, PEM; relative to the data directory. Empty only with `keptKeys`"),
    certificateFile: z
      .string()
      .max(1024)
      .default("")
      .describe("Merchant API certificate, PEM; needed for v2, otherwise only checked. Empty: none"),
    answersSignedBy: z
      .enum(["public-key", "certificates", "both"])
      .default("public-key")
      .describe("How the gateway's answers are checked; certificates are downloaded, both is for changing over"),
    publicKeyId: z
      .string()
      .regex(/^(?:PUB_KEY_ID_\d{1,64})?$/)
      .default("")
      .describe("Id of the gateway's public key; empty only with certificates"),
    publicKeyFile: z
      .string()
      .max(1024)
      .default("")
      .describe("The gateway's public key, PEM; empty only with certificates"),
    apiV3KeyFile: z
      .string()
      .max(1024)
      .default("")
      .describe("File with the APIv3 key of 32 bytes, needed for certificates. Empty: none"),
    codepayProtocol: z.enum(["v3", "v2"]).default("v3").describe("Wire protocol of payment-code pay"),
    v2KeyFile: z.string().max(1024).default("").describe("File with the API v2 key of 32 characters. Empty: none"),
    v2SignType: z.enum(["HMAC-SHA256", "MD5"]).default("HMAC-SHA256").describe("How v2 messages are signed"),
    storeInfo: z
      .strictObject({
        id: z.string().min(1).max(32).optional().describe("Offline-place id given by WeChat Pay"),
        outId: z.string().min(1).max(32).optional().describe("The shop's own code"),
      })
      .refine((info) => info.id !== undefined || info.outId !== undefined, { message: "needs id or outId" }),
    notifyUrl: z.url().max(255).describe("Required by the gateway for QR orders; the till itself polls"),
    timing: wechatTiming.prefault({}).describe("Waits of the payment rules, in milliseconds"),
  })
  .superRefine((pay, refused) => {
    for (const [path, message] of keyProblems(pay)) refused.addIssue({ code: "custom", path: [path], message });
  });

/** What a merchant's section lacks or has too much of, where the keys are concerned. */
function keyProblems(pay: {
  readonly keptKeys: string;
  readonly answersSignedBy: "public-key" | "certificates" | "both";
  readonly codepayProtocol: "v3" | "v2";
  readonly publicKeyId: string;
  readonly privateKeyFile: string;
  readonly publicKeyFile: string;
  readonly certificateFile: string;
  readonly apiV3KeyFile: string;
  readonly v2KeyFile: string;
}): readonly (readonly [path: string, message: string])[] {
  const needsPublicKey = pay.answersSignedBy !== "certificates";
  const needsApiV3Key = pay.answersSignedBy !== "public-key";
  if (pay.keptKeys !== "") {
    const named = keyFiles.filter((key) => pay[key] !== "");
    const id: readonly (readonly [string, string])[] =
      needsPublicKey && pay.publicKeyId === "" ? [["publicKeyId", "needs publicKeyId"]] : [];
    return [...id, ...named.map((key) => [key, "must be empty where the till keeps the keys (keptKeys)"] as const)];
  }
  const problems: (readonly [string, string])[] = [];
  if (pay.privateKeyFile === "") problems.push(["privateKeyFile", "needs privateKeyFile"]);
  if (needsPublicKey && (pay.publicKeyId === "" || pay.publicKeyFile === "")) {
    problems.push(["publicKeyFile", "needs publicKeyId and publicKeyFile, or answersSignedBy certificates"]);
  }
  if (needsApiV3Key && pay.apiV3KeyFile === "") problems.push(["apiV3KeyFile", "certificates need apiV3KeyFile"]);
  if (pay.codepayProtocol === "v2" && (pay.v2KeyFile === "" || pay.certificateFile === "")) {
    problems.push(["codepayProtocol", "v2 needs v2KeyFile and certificateFile"]);
  }
  return problems;
}

const labelTemplate = z.strictObject({
  name: z.string().min(1).max(32).describe("For messages and logs"),
  pattern: z
    .string()
    .regex(/^F{1,3}[IEWK]{6,20}C?$/)
    .describe("A letter a digit: F flag, I scale code, E amount, W weight, K verifier, C check digit"),
  prefixes: z
    .array(z.string().regex(/^\d{1,3}$/))
    .min(1)
    .max(16)
    .describe("What the F digits may be"),
  amountDecimals: z
    .union([z.literal(0), z.literal(1), z.literal(2)])
    .default(2)
    .describe("Decimals of E in yuan"),
  weightDecimals: z
    .union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])
    .default(3)
    .describe("Decimals of W in kilograms"),
  hasCheckDigit: z.boolean().default(true).describe("False for scales that print no valid check digit"),
});

/** Sales cross a network only where nobody on the way can read them. */
function isPrivateWay(url: string): boolean {
  return /^(?:https:\/\/|http:\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])(?::\d+)?(?:\/|$))/.test(url);
}

/** A relay is a machine of the shop: no public name, and seldom a certificate for one. */
function isShopWay(url: string): boolean {
  const inShop =
    /^http:\/\/(?:10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+)(?::\d+)?(?:\/|$)/;
  return isPrivateWay(url) || inShop.test(url);
}

/** A few lines of the shop's own. */
const receiptWords = z.string().max(200);

export const terminalConfigSchema = z.strictObject({
  store: z.strictObject({
    code: z
      .string()
      .regex(/^[A-Z0-9]{2,4}$/)
      .describe("Shop code, part of every payment number"),
    nameZh: z.string().min(1).max(40).describe("Shop name in Chinese"),
    nameEn: z.string().min(1).max(60).describe("Shop name in English"),
    address: z.string().max(120).default("").describe("On the receipt; empty leaves the line out"),
    phone: z.string().max(40).default("").describe("On the receipt; empty leaves the line out"),
    taxNumber: z.string().max(32).optional().describe("The shop's tax number (税号), on the receipt; absent: none"),
    headerZh: receiptWords.optional().describe("Lines below the shop's name on a Chinese receipt"),
    headerEn: receiptWords.optional().describe("The same on an English receipt"),
    footerZh: z.string().max(200).default("谢谢惠顾，欢迎再次光临").describe("Last words of a Chinese receipt"),
    footerEn: z.string().max(200).default("Thank you, see you again").describe("Last words of an English receipt"),
    utcOffsetMinutes: z.int().min(-720).max(840).default(480).describe("The shop's time zone, 480 is China"),
    dayCutOffMinutes: z.int().min(0).max(720).default(0).describe("Minutes after midnight when a business day begins"),
  }),
  terminalId: z
    .string()
    .regex(/^[A-Z0-9]{2,4}$/)
    .describe("This till, unique in the shop; part of every receipt number"),
  locale: z
    .enum(["zh-CN", "en"])
    .default("zh-CN")
    .describe("Language of the customer display and of receipts; the cashier's screen starts with it"),
  receiptLanguage: z
    .enum(["zh-CN", "en", "both"])
    .optional()
    .describe("Language of receipts where it is another than `locale`, or both on one paper"),
  rounding: z
    .enum(["none", "jiao", "yuan"])
    .optional()
    .describe("抹零 that every new sale begins with; the cashier may change it. Absent: none"),
  goods: goodsConfig,
  shift: shiftConfig,
  taxes: taxesConfig,
  labelTemplates: z.array(labelTemplate).max(16).optional().describe("How the shop's scale writes its labels"),
  devices: devicesSchema.prefault({}).describe("What hangs on this till"),
  wechatPay: wechatPay.optional().describe("Absent: the till takes cash only"),
  payments: paymentsSchema.optional().describe("Limits of single ways to pay; absent: as below"),
  headOffice: z
    .strictObject({
      url: z
        .url()
        .max(256)
        .refine(isPrivateWay, { message: "needs https, or http on this machine" })
        .describe("Where entries are sent: https, or http on this machine alone"),
      relayUrl: z
        .url()
        .max(256)
        .refine(isShopWay, { message: "needs https, or http to an address inside the shop" })
        .optional()
        .describe(
          "The shop's relay, where entries go while head office is out of reach: https, or http inside the shop",
        ),
      offlineRefunds: z
        .enum(["cash-and-wechat", "cash", "none"])
        .optional()
        .describe(
          "Money back for another till's sale by its receipt alone, while nobody can be asked: both ways (as if left out), from the drawer only, or not at all",
        ),
    })
    .optional()
    .describe("Head office of the shop; the journal keeps what waits for it"),
});

/** The merchant's section by itself, as the set-up page writes it. */
export const wechatPaySchema = wechatPay;

export type TerminalConfig = z.infer<typeof terminalConfigSchema>;
export type WechatPayConfig = NonNullable<TerminalConfig["wechatPay"]>;
export type Locale = TerminalConfig["locale"];
export type ReceiptLanguage = NonNullable<TerminalConfig["receiptLanguage"]>;
