import { z } from "zod";

const text = z.string().max(400);
const slot = z.enum(["private-key", "certificate", "public-key", "api-v3-key", "v2-key"]);
const textSlot = z.enum(["api-v3-key", "v2-key"]);

const step = z.enum(["merchant", "merchant-key", "gateway-key", "protocol", "test"]);

/** What is typed and chosen while WeChat Pay is set up; each message carries what changed. */
const fields = z
  .strictObject({
    ...{ mchid: text, appid: text, certSerial: text, subMchid: text, subAppid: text, storeId: text, storeOutId: text },
    ...{ notifyUrl: text, publicKeyId: text, baseUrl: text },
    answersSignedBy: z.enum(["public-key", "certificates", "both"]),
    codepayProtocol: z.enum(["v3", "v2"]),
    v2SignType: z.enum(["HMAC-SHA256", "MD5"]),
  })
  .partial();

const none = z.strictObject({});

/** Setting WeChat Pay up: a manager's business, asked again in main for every one of them. */
export const setupSchemas = {
  setup: none,
  /** Begins with what the till is set up with, or goes on with what was begun. */
  "setup-begin": none,
  "setup-discard": none,
  "setup-fields": z.strictObject({ step, fields }),
  /** Main asks for the file: the window sees neither path nor content. */
  "setup-choose-file": z.strictObject({ slot }),
  /** Main reads the clipboard and empties it. */
  "setup-clipboard": z.strictObject({ slot: textSlot }),
  /** The one secret that passes through the window: typed there, sent once. */
  "setup-type-key": z.strictObject({ slot: textSlot, text: z.string().min(1).max(256) }),
  /** Answers when the test has ended; how far it is comes with the view. */
  "setup-test": z.strictObject({ of: z.enum(["now", "draft"]) }),
  "setup-cancel-test": none,
  "setup-save": none,
  /** Keeps the keys of terminal.json's files sealed, and takes the files out of terminal.json. */
  "setup-import": none,
  /** Payments are off because of the keys: tries them again. */
  "setup-reopen": none,
} as const;
