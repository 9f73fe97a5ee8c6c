import type { KeyProblem, KeySlot } from "#contract/ipc/setup-view.ts";
import { fail, ok, type Result } from "#core/result.ts";

/** The largest key file of any merchant platform is a few KiB. */
export const mostKeyFileBytes = 65_536;

/** What a person may hand over by mistake, told by its first bytes or its PEM label. */
type FileKind =
  | "private-key"
  | "certificate"
  | "public-key"
  | Extract<
      KeyProblem,
      "empty" | "too-large" | "is-a-request" | "is-p12" | "is-zip" | "is-der" | "has-a-passphrase" | "no-pem"
    >
  | "is-a-key-of-another-kind";

/**
 * The text of a key file as the merchant platform hands it out: with a byte-order mark or without, lines ending either
 * way, also as Windows' "Unicode". A file that is something else than the slot wants is told what it is.
 */
export function readKeyFile(slot: KeySlot, bytes: Uint8Array): Result<string, KeyProblem> {
  if (bytes.length > mostKeyFileBytes) return fail("too-large");
  if (bytes.length === 0) return fail("empty");
  const text = plainText(bytes);
  if (slot === "api-v3-key" || slot === "v2-key")
    return text === null ? fail(textProblem[slot]) : readTextKey(slot, text);
  const kind = text === null ? binaryKind(bytes) : pemKind(text);
  if (kind === slot) return ok(text ?? "");
  return fail(problemOf(kind));
}

/** A key of 32 characters from a file, the clipboard or a field; a line end and blanks around it do not count. */
export function readTextKey(slot: "api-v3-key" | "v2-key", text: string): Result<string, KeyProblem> {
  const key = text.trim();
  if (key === "") return fail("empty");
  if (key.includes("-----BEGIN ")) return fail(problemOf(pemKind(key)));
  const isGood = slot === "api-v3-key" ? Buffer.byteLength(key) === 32 : /^[0-9A-Za-z]{32}$/u.test(key);
  return isGood ? ok(key) : fail(textProblem[slot]);
}

const textProblem = { "api-v3-key": "not-32-bytes", "v2-key": "not-32-characters" } as const;

function problemOf(kind: FileKind): KeyProblem {
  switch (kind) {
    case "private-key":
    case "certificate":
    case "public-key":
      return `is-a-${kind}`;
    default:
      return kind;
  }
}

/** Null for bytes that are no text. */
function plainText(bytes: Uint8Array): string | null {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    const hasControls = /[^\P{Cc}\t\r\n]/u.test(text);
    return hasControls ? null : text.replaceAll(/\r\n?/gu, "\n");
  } catch {
    return null;
  }
}

/** One PEM block decides; a private key beside its certificate is a private key. */
function pemKind(text: string): FileKind {
  const labels = [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/gu)].map((match) => match[1] ?? "");
  const isLocked = labels.includes("ENCRYPTED PRIVATE KEY") || text.includes("Proc-Type: 4,ENCRYPTED");
  if (isLocked) return "has-a-passphrase";
  if (labels.some((label) => label === "PRIVATE KEY" || label === "RSA PRIVATE KEY")) return "private-key";
  if (labels.some((label) => label.endsWith("PRIVATE KEY"))) return "is-a-key-of-another-kind";
  if (labels.includes("CERTIFICATE")) return "certificate";
  if (labels.includes("PUBLIC KEY")) return "public-key";
  if (labels.some((label) => label.endsWith("PUBLIC KEY"))) return "is-a-key-of-another-kind";
  if (labels.some((label) => label.endsWith("CERTIFICATE REQUEST"))) return "is-a-request";
  return text.trim() === "" ? "empty" : "no-pem";
}

/** The object identifier of PKCS#7 data, which stands at the head of every PKCS#12 file: 1.2.840.113549.1.7.1. */
const p12Mark = Buffer.from("2a864886f70d010701", "hex");

function binaryKind(bytes: Uint8Array): FileKind {
  const buffer = Buffer.from(bytes);
  if (buffer.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004"))) return "is-zip";
  if (bytes[0] !== 0x30) return "no-pem";
  return buffer.subarray(0, 64).includes(p12Mark) ? "is-p12" : "is-der";
}
