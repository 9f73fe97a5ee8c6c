import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** Below a network packet or two there is nothing to win. Bytes. */
const leastBytes = 2_048;
/** A page of a thousand items is a tenth at level 1, and a fifteenth in three times the time at level 6. */
const level = 1;
const pack = promisify(gzip);

export interface PackedAnswer {
  /** As they leave: the digest and with it the signature are of these. */
  readonly bytes: Buffer;
  readonly isPacked: boolean;
}

/** The text as bytes, gzipped beside the event loop where it is worth it and the client has said that it takes gzip. */
export async function packAnswer(text: string, acceptEncoding: string | undefined): Promise<PackedAnswer> {
  const bytes = Buffer.from(text);
  if (bytes.length < leastBytes || !takesGzip(acceptEncoding)) return { bytes, isPacked: false };
  return { bytes: await pack(bytes, { level }), isPacked: true };
}

/** Only where gzip is named: `*` is nobody's wish, and `q=0` refuses it (RFC 9110, 12.5.3). */
function takesGzip(acceptEncoding = ""): boolean {
  return acceptEncoding.split(",").some((one) => {
    const [coding = "", ...parameters] = one.split(";").map((part) => part.trim().toLowerCase());
    return coding === "gzip" && !parameters.some((parameter) => /^q=0(?:\.0{0,3})?$/.test(parameter));
  });
}
