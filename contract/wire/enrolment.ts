import { z } from "zod";
import { epochSchema } from "./journal.ts";

/**
 * `POST /v1/enrolments`, signed with the key it brings (proof that the till holds it), keyid = its terminal key. The code
 * is shown once at head office, is good for ten minutes and one terminal, and is typed or scanned at the till.
 */

/** Ten characters of a code without 0, O, 1, I and L; dashes and case do not count. */
export const enrolmentCodeSchema = z.string().regex(/^[2-9A-HJKMNP-Z]{10}$/);
/** Raw Ed25519 public key, 32 bytes base64url. */
export const publicKeySchema = z.string().regex(/^[\w-]{43}$/);

export const enrolSchema = z.strictObject({
  code: enrolmentCodeSchema,
  storeCode: z.string().regex(/^[A-Z0-9]{2,4}$/),
  terminalId: z.string().regex(/^[A-Z0-9]{2,4}$/),
  publicKey: publicKeySchema,
  /** The epoch that is open at the till: what was sold before enrolling is sent too. */
  epoch: epochSchema,
});
export type Enrol = z.infer<typeof enrolSchema>;

/** 201. The same request again (its answer was lost) is answered the same: code, name and key are the same. */
export const enrolledSchema = z.strictObject({
  /** Signs feeds and answers; pinned by the till from now on. */
  officeKey: publicKeySchema,
  officeName: z.string().min(1).max(80),
  storeNameZh: z.string().max(80),
  storeNameEn: z.string().max(80),
});
export type Enrolled = z.infer<typeof enrolledSchema>;
