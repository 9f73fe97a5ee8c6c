import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";

/*
 * The gateway's half of WeChat Pay V3 signing, written from the documentation (4012365342, 4013053249, 4012071382) and
 * from nothing else: it shares no line with the till's client, so that a misreading there cannot pass here.
 */

/** The parts a request signature covers, exactly as they travelled. */
export interface SignedRequest {
  readonly method: string;
  /** Path with query, percent-encoding untouched. */
  readonly target: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: Uint8Array;
}

const newline = Buffer.from("\n");

/** True when `signature` (base64) is the merchant's over the five lines of `request`. Never throws on a bad signature. */
export function isRequestSignedBy(publicKeyPem: string, request: SignedRequest, signature: string): boolean {
  const head = [request.method, request.target, request.timestamp, request.nonce, ""].join("\n");
  return verifyBase64(publicKeyPem, Buffer.concat([Buffer.from(head), request.body, newline]), signature);
}

/** The parts an answer's signature covers; a 204 has an empty body and keeps its line. */
export interface SignedAnswer {
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: Uint8Array;
}

/** Base64 RSA-SHA256 (PKCS#1 v1.5) of the answer's three lines. */
export function signAnswer(privateKeyPem: string, answer: SignedAnswer): string {
  return sign("RSA-SHA256", answerMessage(answer), createPrivateKey(privateKeyPem)).toString("base64");
}

export function isAnswerSignedBy(publicKeyPem: string, answer: SignedAnswer, signature: string): boolean {
  return verifyBase64(publicKeyPem, answerMessage(answer), signature);
}

/**
 * Opens an AEAD_AES_256_GCM text: base64 of the cipher text with its 16-byte tag at the end.
 * Throws when the key is not 32 bytes, the nonce not 12, or the tag does not match.
 */
export function openSealed(sealed: {
  readonly apiV3Key: string;
  readonly nonce: string;
  readonly associatedData: string;
  readonly ciphertext: string;
}): string {
  const key = Buffer.from(sealed.apiV3Key, "utf8");
  const nonce = Buffer.from(sealed.nonce, "utf8");
  if (key.length !== 32) throw new Error(`the APIv3 key must have 32 bytes, this one has ${key.length}`);
  if (nonce.length !== 12) throw new Error(`the nonce must have 12 bytes, this one has ${nonce.length}`);
  const bytes = Buffer.from(sealed.ciphertext, "base64");
  if (bytes.length < 16) throw new Error("the cipher text is shorter than its tag");
  const decipher = createDecipheriv("aes-256-gcm", key, nonce);
  decipher.setAAD(Buffer.from(sealed.associatedData, "utf8"));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString("utf8");
}

/** The other way round: base64 of the cipher text with its tag behind it. */
export function sealText(text: string, by: Omit<Parameters<typeof openSealed>[0], "ciphertext">): string {
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(by.apiV3Key, "utf8"), Buffer.from(by.nonce, "utf8"));
  cipher.setAAD(Buffer.from(by.associatedData, "utf8"));
  return Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]).toString("base64");
}

function answerMessage(answer: SignedAnswer): Buffer {
  return Buffer.concat([Buffer.from(`${answer.timestamp}\n${answer.nonce}\n`), answer.body, newline]);
}

function verifyBase64(publicKeyPem: string, message: Uint8Array, signature: string): boolean {
  // Node's base64 decoder skips what it does not know; a signature with foreign characters is not one.
  if (!/^[0-9A-Za-z+/]+={0,2}$/.test(signature)) return false;
  return verify("RSA-SHA256", message, createPublicKey(publicKeyPem), Buffer.from(signature, "base64"));
}
