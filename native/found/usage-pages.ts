/** What follows an item's prefix, by the low two bits of it (HID 1.11, 6.2.2.2). */
const dataSizes = [0, 1, 2, 4] as const;
const LONG_ITEM = 0xfe;
/** Usage Page, a global item: tag 0, type 1. The size bits are masked off. */
const USAGE_PAGE = 0x04;
/** Usage, a local item; with four bytes its upper two name a page of their own. */
const USAGE = 0x08;

/** The usage pages a HID report descriptor speaks of. Reads whatever bytes it is given; half an item at the end is none. */
export function usagePages(descriptor: Uint8Array): ReadonlySet<number> {
  const pages = new Set<number>();
  const view = new DataView(descriptor.buffer, descriptor.byteOffset, descriptor.byteLength);
  let at = 0;
  while (at < descriptor.length) {
    const prefix = descriptor[at] ?? 0;
    if (prefix === LONG_ITEM) {
      at += 3 + (descriptor[at + 1] ?? 0);
      continue;
    }
    const size = dataSizes[prefix & 0b11] ?? 0;
    if (at + 1 + size > descriptor.length) break;
    const value =
      size === 0
        ? 0
        : size === 1
          ? view.getUint8(at + 1)
          : size === 2
            ? view.getUint16(at + 1, true)
            : view.getUint32(at + 1, true);
    const tag = prefix & 0b1111_1100;
    if (tag === USAGE_PAGE) pages.add(value);
    else if (tag === USAGE && size === 4) pages.add(value >>> 16);
    at += 1 + size;
  }
  return pages;
}
