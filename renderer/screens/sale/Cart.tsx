import "./cart.css";
import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { LineView, SaleView } from "#contract/ipc/till-view.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { useSection } from "../../till-client.ts";
import { NoticeStrip } from "../notices/NoticeStrip.tsx";
import { ExchangeStrip } from "../returns/ExchangeStrip.tsx";
import { savingRowsOf } from "../pricing/LineSavings.tsx";
import { CartLine } from "./CartLine.tsx";
import { CartTotals } from "./CartTotals.tsx";
import { EmptyCart } from "./EmptyCart.tsx";

/** Heights of a line in pixels: alone, and with its pack's lot and dates and its discount below it. */
const lineHeight = 56;
const discountHeight = 20;
const packHeight = 20;

/** The page itself: what the customer is about to buy. */
export function Cart() {
  const sale = useSection("sale");
  const text = useTillText();
  return (
    <section
      className="cart"
      aria-label={text("cart.title")}
      data-testid="cart"
      data-scan-count={sale.scanCount}
      data-line-count={sale.lines.length}
    >
      <h1 className="visually-hidden">{text("cart.title")}</h1>
      {sale.lines.length === 0 ? <EmptyCart /> : <Lines sale={sale} />}
      <ExchangeStrip sale={sale} />
      <NoticeStrip />
      <CartTotals sale={sale} />
    </section>
  );
}

/** Only the lines in sight exist; the current one is always among them. */
function Lines({ sale }: { readonly sale: SaleView }) {
  const text = useTillText();
  const frame = useRef<HTMLDivElement>(null);
  const { lines, currentLineId, scanCount } = sale;
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    getItemKey: (index) => lines[index]?.lineId ?? index,
    estimateSize: (index) => heightOf(lines[index]),
    overscan: 4,
  });
  const currentIndex = lines.findIndex((line) => line.lineId === currentLineId);
  const currentHeight = heightOf(lines[currentIndex]);
  // Notices take their height from the list, so the current line may leave its sight without having moved.
  const sightHeight = virtualizer.scrollRect?.height ?? 0;

  // Heights change with discounts; the virtualizer keeps what it measured until told otherwise.
  const heights = lines.map(heightOf).join(" ");
  useEffect(() => virtualizer.measure(), [virtualizer, heights]);
  useEffect(() => {
    const offset = offsetToSee(virtualizer.measurementsCache[currentIndex], virtualizer.scrollOffset ?? 0, sightHeight);
    if (offset !== null) virtualizer.scrollToOffset(offset);
  }, [virtualizer, currentIndex, currentHeight, scanCount, sightHeight]);

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a list that scrolls must scroll without a mouse
    <div ref={frame} className="cart-lines" role="list" tabIndex={0} aria-label={text("cart.title")}>
      <div className="cart-lines-all" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((row) => {
          const line = lines[row.index];
          return (
            line !== undefined && (
              <CartLine
                key={row.key}
                line={line}
                top={row.start}
                height={row.size}
                isCurrent={line.lineId === currentLineId}
                isOdd={line.lineId === currentLineId && scanCount % 2 === 1}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

/**
 * How far to scroll to have a line in sight; null when it is. Works on what is known: asking the page where it stands
 * would lay it out in the middle of a scan.
 */
function offsetToSee(line: VirtualItem | undefined, offset: number, sightHeight: number): number | null {
  // Before the list was measured once there is nothing to go by; it says so when it is.
  if (line === undefined || sightHeight === 0) return null;
  if (line.start < offset) return line.start;
  return line.end > offset + sightHeight ? line.end - sightHeight : null;
}

function heightOf(line: LineView | undefined): number {
  if (line === undefined) return lineHeight;
  const below = (line.pack === undefined ? 0 : packHeight) + (line.discountFen === 0 ? 0 : discountHeight);
  return lineHeight + below + savingRowsOf(line) * discountHeight;
}
