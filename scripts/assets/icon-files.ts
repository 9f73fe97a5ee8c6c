/** A picture as a PNG file, and the length of its sides in pixels. */
export type IconPicture = { readonly sidePx: number; readonly png: Uint8Array };

/** Sizes in which systems ask for an icon, from a list of files to the desktop of a sharp screen. */
export const iconSidesPx = [16, 24, 32, 48, 64, 128, 256, 512, 1_024] as const;
/** What Windows looks for in one file; 256 is the most its format can say. */
const windowsSidesPx = [16, 24, 32, 48, 64, 128, 256] as const;
/** As freedesktop's themes name their folders. */
export const linuxSidesPx = [16, 32, 48, 64, 128, 256, 512] as const;

/** Apple's names for a PNG of so many pixels: each size, then the same for sharp screens. */
const appleTypes = [
  ...([
    { type: "icp4", sidePx: 16 },
    { type: "ic11", sidePx: 32 },
  ] as const),
  ...([
    { type: "icp5", sidePx: 32 },
    { type: "ic12", sidePx: 64 },
  ] as const),
  ...([
    { type: "ic07", sidePx: 128 },
    { type: "ic13", sidePx: 256 },
  ] as const),
  ...([
    { type: "ic08", sidePx: 256 },
    { type: "ic14", sidePx: 512 },
  ] as const),
  ...([
    { type: "ic09", sidePx: 512 },
    { type: "ic10", sidePx: 1_024 },
  ] as const),
];

/**
 * An .ico of PNG pictures. Throws where one of its sizes was not drawn. Source: the ICONDIR and ICONDIRENTRY structures of
 * Microsoft's "Icons" (Win32 UI), whose picture may be a PNG since Windows Vista.
 */
export function icoFile(drawn: readonly IconPicture[]): Buffer {
  const pictures = windowsSidesPx.map((sidePx) => ({ sidePx, png: pngOf(drawn, sidePx) }));
  const directory = Buffer.alloc(6 + pictures.length * 16);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pictures.length, 4);
  let at = directory.length;
  for (const [index, { sidePx, png }] of pictures.entries()) {
    const entry = 6 + index * 16;
    // 0 is 256.
    directory.writeUInt8(sidePx % 256, entry);
    directory.writeUInt8(sidePx % 256, entry + 1);
    directory.writeUInt16LE(1, entry + 4);
    directory.writeUInt16LE(32, entry + 6);
    directory.writeUInt32LE(png.length, entry + 8);
    directory.writeUInt32LE(at, entry + 12);
    at += png.length;
  }
  return Buffer.concat([directory, ...pictures.map(({ png }) => png)]);
}

/** An .icns of PNG pictures. Throws where one of its sizes was not drawn. Source: the icon families of Apple's IconStorage.h. */
export function icnsFile(drawn: readonly IconPicture[]): Buffer {
  const parts = appleTypes.map(({ type, sidePx }) => chunk(type, [pngOf(drawn, sidePx)]));
  return chunk("icns", parts);
}

function chunk(type: string, parts: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, "latin1");
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([head, ...parts]);
}

function pngOf(drawn: readonly IconPicture[], sidePx: number): Uint8Array {
  const found = drawn.find((picture) => picture.sidePx === sidePx);
  if (found === undefined) throw new Error(`the icon was not drawn at ${sidePx} px`);
  return found.png;
}
