/** Parts of a PNG, and markers of a JPEG, that are looked at; real files have some hundred at most. */
const mostParts = 100_000;
const mostMarkers = 1_000;

/** Whether a PNG has all its chunks up to its end. Source: PNG specification 5.3, 11.2.5. */
export function isWholePng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 8;
  for (let parts = 0; parts < mostParts && at + 12 <= view.byteLength; parts += 1) {
    const isEnd = view.getUint32(at + 4) === 0x49454e44;
    at += 12 + view.getUint32(at);
    if (isEnd) return at <= view.byteLength;
  }
  return false;
}

/**
 * Whether a JPEG has its end of image behind the beginning of its scan: one inside it, of a preview, lies before, and what
 * is compressed has none. Cameras put more behind it. Source: ITU-T T.81 B.1.1.2, B.2.1.
 */
export function isWholeJpeg(bytes: Uint8Array): boolean {
  const scan = scanOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (scan === null) return false;
  for (let at = bytes.lastIndexOf(0xd9); at > scan; at = bytes.lastIndexOf(0xd9, at - 1)) {
    if (bytes[at - 1] === 0xff) return true;
  }
  return false;
}

/** Where the first scan begins. */
function scanOf(view: DataView): number | null {
  let at = 2;
  for (let markers = 0; markers < mostMarkers && at + 4 <= view.byteLength; markers += 1) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xda) return at + 2;
    if (marker === 0xd9) return null;
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}
