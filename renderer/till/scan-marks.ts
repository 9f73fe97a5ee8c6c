import { useEffect, useRef } from "react";
import { send, useFromSection } from "../till-client.ts";

/** Marks older than this many scans are dropped: a day's thousand scans must not pile up. */
const marksKept = 1_000;

/**
 * Tells main that a scan's answer is on the screen, and leaves `scan-painted:<count>` on the performance timeline: a message
 * posted from an animation frame is delivered right after that frame's style, layout and paint.
 */
export function useScanMarks(): void {
  const scanCount = useFromSection("sale", (sale) => sale.scanCount);
  const marked = useRef(scanCount);
  useEffect(() => {
    const from = marked.current;
    marked.current = scanCount;
    if (scanCount <= from) return;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => mark(from, scanCount), { once: true });
      port1.start();
      port2.postMessage(null);
    });
  }, [scanCount]);
}

function mark(from: number, to: number): void {
  for (let count = from + 1; count <= to; count += 1) {
    performance.mark(`scan-painted:${count}`);
    performance.clearMarks(`scan-painted:${count - marksKept}`);
  }
  void send("scans-painted", { from: from + 1, through: to });
}
